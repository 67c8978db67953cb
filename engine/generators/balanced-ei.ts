/** Networks in which every cell gets the same sum of excitation and of inhibition (Rockpool's rndm_ei_net). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, notNegative, refusedArgument, whole } from './arguments.ts';
import { normalDraw } from './draws.ts';

export interface BalancedEiOptions {
  readonly excitatory: number;
  readonly inhibitory: number;
  /** Sum of the inhibition of a cell for an excitation of 1. Default 1. */
  readonly ratio?: number;
  /** Numbers [cells, cells] to take instead of normal ones. */
  readonly drawn?: Matrix;
  /** Keeps NaN in a column without an entry of a sign, as the released function does. Default false: a Problem. */
  readonly keepEmptyColumns?: boolean;
}

/**
 * Weights [from, to]: of the rows of the excitatory cells the positive numbers stay, of the inhibitory ones (which come
 * last) the negative; then each part of every column is divided so that it sums to 1 and −ratio.
 */
export function balancedEiNetwork(options: BalancedEiOptions, uniform: UniformSource): Result<Matrix> {
  const refusal = refuse(options);
  if (refusal !== undefined) return failed(refusal);
  const { excitatory, inhibitory, ratio = 1, drawn, keepEmptyColumns = false } = options;
  const cells = excitatory + inhibitory;
  const draw = normalDraw();
  const numbers = drawn?.values ?? Float64Array.from({ length: cells * cells }, () => draw(uniform));
  const signed = numbers.map((value, place) => (place < excitatory * cells ? Math.max : Math.min)(0, value));
  const matrix = createMatrix(cells, cells, signed);
  const complete = scaleParts(matrix, excitatory, ratio);
  if (complete || keepEmptyColumns) return ok(matrix);
  const allowed = 'more cells, or another seed: a cell got no input of one sign';
  return failed(badArgument('excitatory and inhibitory', `${excitatory} and ${inhibitory}`, allowed));
}

/** Divides both parts of every column; false when some has nothing in one of them. */
function scaleParts(matrix: Matrix, excitatory: number, ratio: number): boolean {
  const excited = scaleColumnParts(matrix, 0, excitatory, 1);
  return (excitatory === matrix.rows || scaleColumnParts(matrix, excitatory, matrix.rows, -ratio)) && excited;
}

function refuse({ excitatory, inhibitory, ratio, drawn }: BalancedEiOptions) {
  const cells = excitatory + inhibitory;
  const refusal = refusedArgument({
    excitatory: [excitatory, whole(1)],
    inhibitory: [inhibitory, whole(0)],
    ratio: [ratio, notNegative],
  });
  if (refusal !== undefined || drawn === undefined) return refusal;
  if (drawn.rows === cells && drawn.columns === cells) return undefined;
  return badArgument('drawn', `${drawn.rows} × ${drawn.columns}`, `${cells} × ${cells}`);
}

/**
 * Divides rows `from` … `to` − 1 of every column so that they sum to `sum`; false when some column has nothing there, which
 * becomes NaN.
 */
export function scaleColumnParts({ values, columns }: Matrix, from: number, to: number, sum: number): boolean {
  let complete = true;
  for (let column = 0; column < columns; column += 1) {
    let found = 0;
    for (let row = from; row < to; row += 1) found += values[row * columns + column] as number;
    complete &&= found !== 0;
    for (let row = from; row < to; row += 1) {
      const place = row * columns + column;
      values[place] = ((values[place] as number) / Math.abs(found)) * Math.abs(sum);
    }
  }
  return complete;
}
