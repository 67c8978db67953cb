/** Instructions and bit layout of the two lane types. */
import { vectorOpcodes as v } from '../vector-opcodes.ts';

/** Two lanes of double precision, or four of single. */
export type LaneType = 'f64x2' | 'f32x4';

export interface VectorInstructions {
  readonly add: number;
  readonly subtract: number;
  readonly multiply: number;
  readonly divide: number;
  readonly squareRoot: number;
  readonly negate: number;
  readonly absolute: number;
  readonly floor: number;
  readonly ceil: number;
  readonly truncate: number;
  readonly nearest: number;
  readonly smaller: number;
  readonly larger: number;
  readonly less: number;
  readonly lessEqual: number;
  readonly equal: number;
  readonly addIntegers: number;
  readonly subtractIntegers: number;
  readonly equalIntegers: number;
  readonly shiftLeft: number;
  readonly shiftRight: number;
  /** Bits of a lane. */
  readonly width: number;
  /** Bits after the point of a normal number. */
  readonly fraction: number;
  /** Exponent bits of 1. */
  readonly bias: number;
  /** Bits that `upperHalf` clears. */
  readonly lowerHalf: number;
}

export const vectorInstructions: Readonly<Record<LaneType, VectorInstructions>> = {
  f64x2: {
    add: v.f64x2Add,
    subtract: v.f64x2Subtract,
    multiply: v.f64x2Multiply,
    divide: v.f64x2Divide,
    squareRoot: v.f64x2Sqrt,
    negate: v.f64x2Negate,
    absolute: v.f64x2Abs,
    floor: v.f64x2Floor,
    ceil: v.f64x2Ceil,
    truncate: v.f64x2Trunc,
    nearest: v.f64x2Nearest,
    smaller: v.f64x2PseudoMinimum,
    larger: v.f64x2PseudoMaximum,
    less: v.f64x2Less,
    lessEqual: v.f64x2LessEqual,
    equal: v.f64x2Equal,
    addIntegers: v.i64x2Add,
    subtractIntegers: v.i64x2Subtract,
    equalIntegers: v.i64x2Equal,
    shiftLeft: v.i64x2ShiftLeft,
    shiftRight: v.i64x2ShiftRightUnsigned,
    width: 64,
    fraction: 52,
    bias: 1023,
    lowerHalf: 27,
  },
  f32x4: {
    add: v.f32x4Add,
    subtract: v.f32x4Subtract,
    multiply: v.f32x4Multiply,
    divide: v.f32x4Divide,
    squareRoot: v.f32x4Sqrt,
    negate: v.f32x4Negate,
    absolute: v.f32x4Abs,
    floor: v.f32x4Floor,
    ceil: v.f32x4Ceil,
    truncate: v.f32x4Trunc,
    nearest: v.f32x4Nearest,
    smaller: v.f32x4PseudoMinimum,
    larger: v.f32x4PseudoMaximum,
    less: v.f32x4Less,
    lessEqual: v.f32x4LessEqual,
    equal: v.f32x4Equal,
    addIntegers: v.i32x4Add,
    subtractIntegers: v.i32x4Subtract,
    equalIntegers: v.i32x4Equal,
    shiftLeft: v.i32x4ShiftLeft,
    shiftRight: v.i32x4ShiftRightUnsigned,
    width: 32,
    fraction: 23,
    bias: 127,
    lowerHalf: 12,
  },
};
