/** The functions that expressions may call, by name; every target uses these or gives the same bits. */
import {
  arccos, arcsin, arctan, cos, cosh, exp, expm1, exprel, floorDivide, log, log10, log1p, mod, pow, roundHalfEven, sign, sin, sinh, tan, tanh,
} from './elementary.ts';

/** Implementation of each function by its name in the intermediate representation. All take and give numbers. */
export const functionTable = {
  exp, expm1, log, log1p, log10, sqrt: Math.sqrt, sin, cos, tan, sinh, cosh, tanh, arcsin, arccos, arctan, pow,
  floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, roundHalfEven, abs: Math.abs, sign, exprel, mod, floorDivide,
} as const satisfies Record<string, (first: number, second: number) => number>;

/** Name of a function of the table. */
export type TableFunctionName = keyof typeof functionTable;
