/** The one place where code of every target gets its functions and random numbers. */
import type { FunctionName } from '../build/ir/types.ts';
import { functionTable } from '../math/function-table.ts';
import { normalAt } from '../math/normal.ts';
import { singleFunctionTable } from '../math/single/single-function-table.ts';

/** Functions by name; those of one argument ignore the second. */
export const functions: Readonly<Record<FunctionName, (first: number, second: number) => number>> = functionTable;

/** Functions in a precision: those of single precision take and give f32 numbers. */
export function functionsIn(precision: 'f64' | 'f32'): typeof functions {
  return precision === 'f64' ? functions : singleFunctionTable;
}

/** Standard normal of a stream; `key` may come as a signed 32-bit number. */
export function normalOf(key: number, step: number, index: number): number {
  return normalAt(key >>> 0, step, index);
}
