/** Opcodes and type codes of WebAssembly that the emitter uses. Source: WebAssembly Core Specification, chapter 5.4. */
import type { BinaryOperator } from '../../build/ir/types.ts';

export const types = { i32: 0x7f, f64: 0x7c, empty: 0x40, function: 0x60 } as const;

export const opcodes = {
  block: 0x02, loop: 0x03, if: 0x04, else: 0x05, end: 0x0b, br: 0x0c, brIf: 0x0d, call: 0x10, select: 0x1b,
  localGet: 0x20, localSet: 0x21, localTee: 0x22,
  i32Load: 0x28, f64Load: 0x2b, i32Load8U: 0x2d, i32Store: 0x36, f64Store: 0x39, i32Store8: 0x3a,
  i32Const: 0x41, f64Const: 0x44,
  i32Eqz: 0x45, i32GeS: 0x4e, i32Add: 0x6a, i32Sub: 0x6b, i32Shl: 0x74, i32DivS: 0x6d, i32RemS: 0x6f,
  f64Lt: 0x63, f64Gt: 0x64, f64Neg: 0x9a, f64ConvertI32S: 0xb7, f64Mul: 0xa2,
  prefix: 0xfc, truncSatF64S: 0x02,
} as const;

/** f64 operators with an instruction of their own. */
export const floatInstructions: Partial<Record<BinaryOperator, number>> = {
  add: 0xa0, subtract: 0xa1, multiply: 0xa2, divide: 0xa3,
  equal: 0x61, notEqual: 0x62, less: 0x63, greater: 0x64, lessEqual: 0x65, greaterEqual: 0x66,
};

/** i32 and bool operators with an instruction of their own. */
export const integerInstructions: Partial<Record<BinaryOperator, number>> = {
  add: 0x6a, subtract: 0x6b, multiply: 0x6c, and: 0x71, or: 0x72,
  equal: 0x46, notEqual: 0x47, less: 0x48, greater: 0x4a, lessEqual: 0x4c, greaterEqual: 0x4e,
};

/** Functions of one f64 with an instruction of their own. */
export const functionInstructions: Partial<Record<string, number>> = {
  abs: 0x99, ceil: 0x9b, floor: 0x9c, trunc: 0x9d, roundHalfEven: 0x9e, sqrt: 0x9f,
};
