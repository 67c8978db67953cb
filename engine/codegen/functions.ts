/** The one place where code of every target gets its functions and random numbers. */
import type { FunctionName } from '../build/ir/types.ts';
import { functionTable } from '../math/function-table.ts';
import { normalAt } from '../math/normal.ts';

/** Functions by name; those of one argument ignore the second. */
export const functions: Readonly<Record<FunctionName, (first: number, second: number) => number>> = functionTable;

/** Standard normal of a stream; `key` may come as a signed 32-bit number. */
export function normalOf(key: number, step: number, index: number): number {
  return normalAt(key >>> 0, step, index);
}
