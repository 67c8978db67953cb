/** Further contacts from cells anywhere (Rockpool's add_random_long_range). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, whole } from './arguments.ts';
import { chooseBelow } from './choices.ts';
import { choosePlaces } from './sparse-matrix.ts';

export interface LongRangeOptions {
  /** Contacts added to every cell. */
  readonly contacts: number;
  /** Only from cells that it has no contact from yet. Default false. */
  readonly avoidExisting?: boolean;
  /** Whether several may come from the same cell. Default true. */
  readonly repeated?: boolean;
}

/** The weights [from, to] with `contacts` of strength 1 added to every column, none to the diagonal. The given matrix stays as it is. */
export function addLongRange(matrix: Matrix, options: LongRangeOptions, uniform: UniformSource): Result<Matrix> {
  const { contacts, avoidExisting = false, repeated = true } = options;
  const size = matrix.columns;
  const refusal = refusedArgument({ contacts: [contacts, whole(0)] });
  if (refusal !== undefined) return failed(refusal);
  if (matrix.rows !== size)
    return failed(badArgument('weights', `${matrix.rows} × ${size}`, 'as high as they are wide'));
  const added = createMatrix(size, size, matrix.values.slice());
  for (let to = 0; to < size; to += 1) {
    const open = openSources(matrix, to, avoidExisting);
    const most = repeated && open.length > 0 ? contacts : open.length;
    if (contacts > most)
      return failed(badArgument('contacts', contacts, `at most ${most}, the cells that can still reach cell ${to}`));
    for (const index of chosenAmong(open.length, contacts, repeated, uniform)) {
      const place = (open[index] as number) * size + to;
      added.values[place] = (added.values[place] as number) + 1;
    }
  }
  return ok(added);
}

function openSources({ values, columns }: Matrix, to: number, avoidExisting: boolean): number[] {
  const all = Array.from({ length: columns }, (_, from) => from);
  return all.filter((from) => from !== to && !(avoidExisting && values[from * columns + to] !== 0));
}

function chosenAmong(
  total: number,
  count: number,
  repeated: boolean,
  uniform: UniformSource,
): ArrayLike<number> & Iterable<number> {
  if (!repeated) return choosePlaces(total, count, uniform);
  return Int32Array.from({ length: count }, () => chooseBelow(total, uniform));
}
