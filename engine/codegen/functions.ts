/** Functions that generated code calls: one table for both targets, so that their bits agree. */
import { uniformAt } from '../base/random.ts';
import { functionTable } from '../math/function-table.ts';
import { normalAt } from '../math/normal.ts';

/** Remainder of f64 with the sign of the dividend. */
function remainder(dividend: number, divisor: number): number {
  return dividend % divisor;
}

/** i32 division truncating toward zero; 0 when the divisor is 0. */
function divideInteger(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : (dividend / divisor) | 0;
}

/** i32 remainder with the sign of the dividend; 0 when the divisor is 0. */
function remainderInteger(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : (dividend % divisor) | 0;
}

/** `uniformAt` with a key passed as signed 32 bits. */
function uniform(key: number, step: number, index: number): number {
  return uniformAt(key >>> 0, step, index);
}

/** `normalAt` with a key passed as signed 32 bits. */
function normal(key: number, step: number, index: number): number {
  return normalAt(key >>> 0, step, index);
}

/** Everything the targets share besides plain arithmetic. */
export const sharedFunctions = { ...functionTable, remainder, divideInteger, remainderInteger, uniform, normal } as const;

export type SharedFunctionName = keyof typeof sharedFunctions;
