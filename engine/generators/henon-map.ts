/** The Hénon map, a chaotic series in the plane (reservoirpy's henon_map). */
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, finite, refusedArgument, whole } from './arguments.ts';

export interface HenonOptions {
  /** Rows, the first of which is `initial`. */
  readonly steps: number;
  /** Default 1.4. */
  readonly a?: number;
  /** Default 0.3. */
  readonly b?: number;
  /** Default (0, 0). */
  readonly initial?: readonly [x: number, y: number];
}

/** x' = 1 − a·x² + y, y' = b·x: rows (x, y). Source: Hénon, Commun. Math. Phys. 50 (1976). */
export function henonMap({ steps, a = 1.4, b = 0.3, initial = [0, 0] }: HenonOptions): Result<Matrix> {
  const refusal = refusedArgument({
    steps: [steps, whole(0)],
    a: [a, finite],
    b: [b, finite],
    'initial x': [initial[0], finite],
    'initial y': [initial[1], finite],
  });
  if (refusal !== undefined) return failed(refusal);
  const rows = createMatrix(steps, 2);
  let [x, y] = initial;
  for (let step = 0; step < steps; step += 1) {
    rows.values.set([x, y], 2 * step);
    [x, y] = [1 - a * x * x + y, b * x];
  }
  if (rows.values.every(Number.isFinite)) return ok(rows);
  return failed(
    badArgument('a, b and initial', `${a}, ${b} and ${initial.join(', ')}`, 'such that the map stays bounded'),
  );
}
