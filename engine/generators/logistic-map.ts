/** The logistic map, the simplest chaotic series (reservoirpy's logistic_map). */
import { failed, ok, type Result } from '../base/result.ts';
import { between, refusedArgument, whole } from './arguments.ts';

export interface LogisticOptions {
  /** Number of values, the first of which is `initial`. */
  readonly steps: number;
  /** Between 0 and 4, where the series stays between 0 and 1. Default 3.9. */
  readonly r?: number;
  /** Between 0 and 1. Default 0.5. */
  readonly initial?: number;
}

/** x' = r·x·(1 − x). Source: May, Nature 261 (1976). */
export function logisticMap({ steps, r = 3.9, initial = 0.5 }: LogisticOptions): Result<Float64Array> {
  const refusal = refusedArgument({
    steps: [steps, whole(0)],
    r: [r, between(0, 4)],
    initial: [initial, between(0, 1)],
  });
  if (refusal !== undefined) return failed(refusal);
  const values = new Float64Array(steps);
  let x = initial;
  for (let step = 0; step < steps; step += 1) {
    values[step] = x;
    x = r * x * (1 - x);
  }
  return ok(values);
}
