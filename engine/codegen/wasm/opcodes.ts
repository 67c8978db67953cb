/** Opcodes and type bytes of WebAssembly that the emitter uses. Source: WebAssembly Core Specification 2.0, §5.2–5.4. */

export const opcodes = {
  block: 0x02, loop: 0x03, if: 0x04, else: 0x05, end: 0x0b, branch: 0x0c, branchIf: 0x0d, return: 0x0f, call: 0x10,
  select: 0x1b, localGet: 0x20, localSet: 0x21, localTee: 0x22, globalGet: 0x23, globalSet: 0x24,
  i32Load: 0x28, f64Load: 0x2b, i32Load8Unsigned: 0x2d, i32Store: 0x36, f64Store: 0x39, i32Store8: 0x3a,
  i32Const: 0x41, i64Const: 0x42, f64Const: 0x44,
  i32IsZero: 0x45, i32Equal: 0x46, i32NotEqual: 0x47, i32Less: 0x48, i32Greater: 0x4a, i32LessEqual: 0x4c, i32GreaterEqual: 0x4e,
  f64Equal: 0x61, f64NotEqual: 0x62, f64Less: 0x63, f64Greater: 0x64, f64LessEqual: 0x65, f64GreaterEqual: 0x66,
  i32Add: 0x6a, i32Subtract: 0x6b, i32Multiply: 0x6c, i32Divide: 0x6d, i32Remainder: 0x6f,
  i32And: 0x71, i32Or: 0x72, i32ExclusiveOr: 0x73, i32ShiftLeft: 0x74, i32ShiftRightUnsigned: 0x76,
  i64Multiply: 0x7e, i64ShiftRightUnsigned: 0x88,
  f64Abs: 0x99, f64Negate: 0x9a, f64Ceil: 0x9b, f64Floor: 0x9c, f64Trunc: 0x9d, f64Nearest: 0x9e, f64Sqrt: 0x9f,
  f64Add: 0xa0, f64Subtract: 0xa1, f64Multiply: 0xa2, f64Divide: 0xa3,
  i32WrapI64: 0xa7, i64ExtendI32Unsigned: 0xad, f64ConvertI32: 0xb7, f64ConvertI32Unsigned: 0xb8,
  /** First byte of the saturating conversions; 2 follows for f64 → i32. */
  extended: 0xfc,
} as const;

/** Second byte of the signed saturating conversion f64 → i32. */
export const truncateSaturating = 2;

export const typeBytes = { i32: 0x7f, i64: 0x7e, f64: 0x7c, empty: 0x40, function: 0x60 } as const;

/** Type of a value in WebAssembly. */
export type WasmType = 'i32' | 'i64' | 'f64';
