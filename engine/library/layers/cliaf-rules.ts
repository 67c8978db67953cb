/** The parameters of constant-leak cells as the step needs them: whole steps, ranges of numbers, checked together. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, ok } from '../../base/result.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { numberRange, type NumberRange } from './number-range.ts';

/** Subtract as often as needed, subtract once, or reset. */
export type SpikeRule = 'often' | 'once' | 'reset';

export interface CliafRules {
  readonly rule: SpikeRule;
  /** Undefined for any numbers. */
  readonly range: NumberRange | undefined;
  readonly delaySteps: number;
  readonly sharedDelay: boolean;
  readonly biasPeriod: number;
  /** Undefined where no cell is ever refractory. */
  readonly refractorySteps: Float64Array | undefined;
  readonly firesWhileRefractory: boolean;
  readonly subtracted: Float64Array;
}

/** A time that is whole up to a millionth of a step counts as whole. */
const slack = 1e-6;

export function cliafRules(builder: ElementBuilder, cells: number): Result<CliafRules> {
  const range = numberRange(builder.text('state_type'));
  const stepsOf = (seconds: number): number =>
    Math.floor(seconds / builder.timeStepSeconds + (builder.flag('truncated_times') ? 0 : slack));
  return andThen(builder.vector('refractory', cells), (seconds) =>
    andThen(builder.vector('v_subtract', cells), (subtracted) =>
      andThen(wholeSteps(builder, 'delay', stepsOf), (delaySteps) =>
        andThen(wholeSteps(builder, 'bias_period', stepsOf), (biasPeriod) => {
          const refractory = seconds.map(stepsOf);
          const refractorySteps = refractory.some((steps) => steps > 0) ? refractory : undefined;
          const rule = ruleOf(builder, refractorySteps !== undefined);
          const endless = rule === 'often' && isWhole(range) && subtracted.some((value) => value < 1);
          if (endless) return failed(endlessProblem(builder, subtracted));
          return ok({
            ...{ rule, range, delaySteps, biasPeriod, refractorySteps, subtracted },
            sharedDelay: builder.flag('shared_delay') && rule === 'often',
            firesWhileRefractory: builder.flag('fires_while_refractory'),
          });
        }),
      ),
    ),
  );
}

/** Whether a membrane holds whole numbers only. */
export function isWhole(range: NumberRange | undefined): boolean {
  return range !== undefined && range.digits === undefined;
}

function ruleOf(builder: ElementBuilder, refractory: boolean): SpikeRule {
  if (builder.text('after_spike') === 'reset') return 'reset';
  return refractory ? 'once' : 'often';
}

/** Steps of a time that is 0 (one step) or at least one step. */
function wholeSteps(builder: ElementBuilder, name: string, stepsOf: (seconds: number) => number): Result<number> {
  const seconds = builder.number(name);
  if (seconds === 0) return ok(1);
  const steps = stepsOf(seconds);
  if (steps >= 1) return ok(steps);
  const message = `${name} of "${builder.name}" is ${seconds * 1e3} ms; it must be at least the time step, ${builder.timeStepSeconds * 1e3} ms.`;
  return failed(
    problem('model/parameter-range', message, {
      hint: `Give a longer ${name}, or 0 for one step.`,
      at: { element: builder.id, path: `parameters.${name}` },
    }),
  );
}

function endlessProblem(builder: ElementBuilder, subtracted: Float64Array) {
  const message = `v_subtract of "${builder.name}" is ${Math.min(...subtracted)}; with whole numbers it must be at least 1, or a spike subtracts nothing.`;
  return problem('model/parameter-range', message, {
    hint: 'Give at least 1, or choose real numbers for the membrane.',
    at: { element: builder.id, path: 'parameters.v_subtract' },
  });
}
