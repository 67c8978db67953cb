/** Kernel `dense-product`, plain version: sums over inputs in ascending order, in the precision of the result. */
import { defined } from '../../base/assert.ts';
import type { SignalView } from '../layout.ts';
import { panelsOf, placeInPanels } from './dense-panels.ts';
import type { KernelNumbers, KernelViews } from './implementation.ts';

/** result[j] = start + Σ x[i]·W[i, j], or the sum of the listed rows. */
export function denseProductPlain(views: KernelViews, numbers: KernelNumbers): void {
  const { outputs = 0, accumulate = 0, from = 0, to = outputs } = numbers;
  const matrix = defined(views['matrix'], 'matrix');
  const result = defined(views['result'], 'result');
  const placeOf = placesOf(numbers);
  const round = rounding(result);
  const terms = termsOf(views, numbers, round);
  for (let column = from; column < to; column += 1) {
    let sum = accumulate === 0 ? 0 : (result[column] as number);
    for (const [row, factor] of terms) {
      sum = round(sum + round(factor * (matrix[placeOf(row, column)] as number)));
    }
    result[column] = sum;
  }
}

type PlaceOf = (row: number, column: number) => number;

/** How the matrix lies. */
function placesOf(numbers: KernelNumbers): PlaceOf {
  const { inputs = 0, outputs = 0, transposed = 0 } = numbers;
  const panels = panelsOf(numbers);
  if (panels !== undefined) return (row, column) => placeInPanels(panels, inputs, row, column);
  if (transposed === 1) return (row, column) => column * inputs + row;
  return (row, column) => row * outputs + column;
}

type Round = (value: number) => number;

/** Rounds to the precision of the result. */
function rounding(result: SignalView): Round {
  return result instanceof Float32Array ? Math.fround : (value) => value;
}

function termsOf(views: KernelViews, { inputs = 0, scale = 1 }: KernelNumbers, round: Round): Terms {
  const used = views['matrix'] instanceof Int8Array ? round(scale) : 1;
  return views['vector'] === undefined ? listed(views, used) : weighted(views['vector'], inputs, used, round);
}

type Terms = readonly (readonly [row: number, factor: number])[];

function weighted(vector: SignalView, inputs: number, scale: number, round: Round): Terms {
  return Array.from({ length: inputs }, (_, row) => [row, round(round(vector[row] as number) * scale)] as const);
}

function listed({ list, count }: KernelViews, scale: number): Terms {
  const length = defined(count, 'count')[0] as number;
  return Array.from(defined(list, 'list').subarray(0, length), (row) => [row, scale] as const);
}
