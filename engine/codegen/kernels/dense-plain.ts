/** Kernel `dense-product`, plain version: sums over inputs in ascending order, in the precision of the result. */
import { defined } from '../../base/assert.ts';
import type { SignalView } from '../layout.ts';
import { panelsOf, placeInPanels } from './dense-panels.ts';
import type { KernelNumbers, KernelViews } from './implementation.ts';

/** result[j] = start + Σ x[i]·W[i, j], or the sum of the listed rows. */
export function denseProductPlain(views: KernelViews, numbers: KernelNumbers): void {
  const { members = 1, inputs = 0, outputs = 0 } = numbers;
  if (members === 1) return productOfOne(views, numbers);
  const [vector, result] = [defined(views['vector'], 'vector'), defined(views['result'], 'result')];
  for (let member = 0; member < members; member += 1) {
    const own = { vector: vector.subarray(member * inputs), result: result.subarray(member * outputs) };
    productOfOne({ ...views, ...own }, numbers);
  }
}

function productOfOne(views: KernelViews, numbers: KernelNumbers): void {
  const { outputs = 0, accumulate = 0, from = 0, to = outputs } = numbers;
  const matrix = defined(views['matrix'], 'matrix');
  const result = defined(views['result'], 'result');
  const add = result instanceof Float32Array ? addRounded : addTerms;
  const columnAt = columnsOf(numbers);
  const terms = termsOf(views, numbers, rounding(result));
  for (let column = from; column < to; column += 1) {
    const start = accumulate === 0 ? 0 : (result[column] as number);
    result[column] = add(start, terms, matrix, columnAt(column));
  }
}

/** Where the first entry of a column lies, and how far each entry from the one before. */
interface ColumnPlace {
  readonly first: number;
  readonly stride: number;
}

/** How the matrix lies: entries of a column are equally far apart in every form. */
function columnsOf(numbers: KernelNumbers): (column: number) => ColumnPlace {
  const { inputs = 0, outputs = 0, transposed = 0 } = numbers;
  const panels = panelsOf(numbers);
  if (panels !== undefined) {
    return (column) => {
      const first = placeInPanels(panels, inputs, 0, column);
      return { first, stride: placeInPanels(panels, inputs, 1, column) - first };
    };
  }
  if (transposed === 1) return (column) => ({ first: column * inputs, stride: 1 });
  return (column) => ({ first: column, stride: outputs });
}

/** The sum of rows times factors in a column, term after term. */
function addTerms(start: number, { rows, factors }: Terms, matrix: SignalView, { first, stride }: ColumnPlace): number {
  let sum = start;
  for (let term = 0; term < rows.length; term += 1) {
    sum += (factors[term] as number) * (matrix[first + (rows[term] as number) * stride] as number);
  }
  return sum;
}

/** The same in single precision. */
function addRounded(start: number, { rows, factors }: Terms, matrix: SignalView, place: ColumnPlace): number {
  const { first, stride } = place;
  let sum = start;
  for (let term = 0; term < rows.length; term += 1) {
    const weight = matrix[first + (rows[term] as number) * stride] as number;
    sum = Math.fround(sum + Math.fround((factors[term] as number) * weight));
  }
  return sum;
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

/** Rows of the matrix in the order in which they are added, and what each is multiplied by. */
interface Terms {
  readonly rows: Int32Array;
  readonly factors: Float64Array;
}

function weighted(vector: SignalView, inputs: number, scale: number, round: Round): Terms {
  const rows = Int32Array.from({ length: inputs }, (_, row) => row);
  return { rows, factors: Float64Array.from(rows, (row) => round(round(vector[row] as number) * scale)) };
}

function listed({ list, count }: KernelViews, scale: number): Terms {
  const length = defined(count, 'count')[0] as number;
  const rows = Int32Array.from(defined(list, 'list').subarray(0, length));
  return { rows, factors: new Float64Array(length).fill(scale) };
}
