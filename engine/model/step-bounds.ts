/** Parameters that may not be shorter than some time steps (a time constant under forward Euler, a delay). */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { siNumber } from '../units/convert.ts';
import { printQuantity } from '../units/quantity.ts';
import type { KindDescriptor, ParameterSpec } from './kind.ts';
import type { ResolvedValue } from './validated.ts';

/** An element or connection with its parameters in SI units. */
export interface Stepped {
  /** Id, and what people call it. */
  readonly id: string;
  readonly name: string;
  readonly kind: KindDescriptor;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
}

/** `model/parameter-range` for each parameter below `minimumSteps` steps; values drawn by chance are not known here. */
export function stepBoundDefects({ id, name, kind, parameters }: Stepped, timeStepSeconds: number): Problem[] {
  return kind.parameters.flatMap((spec) => {
    const shortest = shortestOf(parameters[spec.name]);
    const steps = spec.minimumSteps;
    // Decimal times are not exact in binary: the last bits may not decide.
    if (steps === undefined || shortest === undefined || shortest >= steps * timeStepSeconds * (1 - 1e-9)) return [];
    const [given, allowed] = [shortest, steps * timeStepSeconds].map((seconds) => inUnit(spec, seconds));
    const limit = steps === 1 ? `the time step, ${allowed}` : `${steps} time steps, ${allowed}`;
    const enough = inUnit(spec, shortest / steps);
    return [
      problem('model/parameter-range', `${spec.name} of ${name} is ${given}; it has to be at least ${limit}.`, {
        hint: `Choose a longer ${spec.name}, or a time step of at most ${enough}.`,
        at: { element: id, path: `parameters.${spec.name}` },
      }),
    ];
  });
}

function shortestOf(value: ResolvedValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null || !('values' in value)) return undefined;
  return value.values.reduce((least, each) => Math.min(least, each), Infinity);
}

function inUnit({ unit = '1' }: ParameterSpec, seconds: number): string {
  return printQuantity({ value: Number((seconds / siNumber(1, unit)).toPrecision(6)), unit });
}
