/** Learning by gradients through time: the slopes of a loss over the whole run, taken down by an optimiser. */
import { mapResult, type Result } from '../../base/result.ts';
import type { Descent } from '../../build/program.ts';
import { batchChoice } from '../../codegen/members/which-signals.ts';
import { createGradientRun, type GradientRun, type Member } from '../gradient-run.ts';
import { clipByNorm, createAdam, createDescent, type Optimiser, type Parameters } from '../optimisers.ts';
import type { Learner } from './learner.ts';
import { lossOf, observedBy } from './objective-loss.ts';
import type { Machine } from './record-run.ts';
import type { TrainingPlan } from './training-plan.ts';
import type { TrainedParameter } from './trained-parameters.ts';

/** Differentiates and compiles the program. Problems: those of `createGradientRun`. */
export function createGradientLearner(plan: TrainingPlan, machine: Machine): Result<Learner> {
  const { program, steps, objectives, parameters } = plan;
  const { members, own, alike } = batchChoice(program);
  const request = {
    ...{ program, ...machine, steps, members, own: [...(own ?? [])] },
    ...(alike === undefined ? {} : { alike }),
    wrt: parameters.map(({ signal }) => signal),
    observed: objectives.flatMap(observedBy),
  };
  return mapResult(createGradientRun(request), (run) => learnerOf(plan, run, members));
}

function learnerOf({ parameters, descent, objectives, steps }: TrainingPlan, run: GradientRun, count: number): Learner {
  const optimiser = optimiserOf(descent);
  const strides = new Map(
    parameters.map((each) => [each.signal, each.stride ?? sizeOf(run.read(each.signal))] as const),
  );
  const loss = lossOf(objectives, steps);
  const members = Array.from({ length: count }, (): Member => ({ contents: new Map(), loss }));
  // What the optimiser sees is in strides.
  let inside: Parameters = new Map(
    parameters.map(({ signal }) => [signal, run.read(signal).map((value) => value / strideOf(strides, signal))]),
  );
  keepWithin(parameters, inside, strides);
  const held = (): Parameters =>
    new Map([...inside].map(([id, values]) => [id, values.map((value) => value * strideOf(strides, id))]));
  return {
    parameters,
    held,
    epoch: () => {
      for (const [id, values] of held()) run.write(id, values);
      return mapResult(run.evaluateBatch(members), ({ value, gradients }) => {
        const slopes = [...gradients].map(
          ([id, all]) => [id, all.map((slope) => (slope * strideOf(strides, id)) / count)] as const,
        );
        inside = optimiser.step(inside, clipped(new Map(slopes), descent.clip));
        keepWithin(parameters, inside, strides);
        return value / count;
      });
    },
    dispose: () => undefined,
  };
}

type Strides = ReadonlyMap<string, number>;

function strideOf(strides: Strides, id: string): number {
  return strides.get(id) ?? 1;
}

/** Root mean square; 1 for what is all zero. */
function sizeOf(values: Float64Array): number {
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return square > 0 ? Math.sqrt(square) : 1;
}

function optimiserOf({ optimiser, learningRate, momentum }: Descent): Optimiser {
  return optimiser === 'adam' ? createAdam({ learningRate }) : createDescent({ learningRate, momentum });
}

function clipped(slopes: Parameters, norm: number): Parameters {
  return norm === 0 ? slopes : clipByNorm(slopes, norm);
}

/** Puts values that went beyond their bounds onto them. */
function keepWithin(parameters: readonly TrainedParameter[], inside: Parameters, strides: Strides): void {
  for (const { signal, least, most } of parameters) {
    const stride = strideOf(strides, signal);
    const values = inside.get(signal);
    values?.forEach((value, place) => (values[place] = Math.min(most / stride, Math.max(least / stride, value))));
  }
}
