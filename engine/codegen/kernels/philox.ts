/** Philox 2×32 with 7 rounds (Salmon et al. 2011) in plain numbers, in one WebAssembly call, and in four calls side by side. */
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { Assembler } from './assembler.ts';

const rounds = 7;
const multiplier = 0xd256d193;
const weyl = 0x9e3779b9;

/** The two words of a counter of two words. */
export function philox(low: number, high: number, key: number): readonly [number, number] {
  let [left, right, roundKey] = [low >>> 0, high >>> 0, key >>> 0];
  for (let round = 0; round < rounds; round += 1) {
    const product = BigInt(multiplier) * BigInt(left);
    left = (Number(product >> 32n) ^ roundKey ^ right) >>> 0;
    right = Number(product & 0xffffffffn);
    roundKey = (roundKey + weyl) >>> 0;
  }
  return [left, right];
}

/** Where the words go (i32 or v128 locals), the key, and the local with the upper word of the counter. */
export interface PhiloxCall {
  readonly left: number;
  readonly right: number;
  readonly key: number;
  readonly stepLocal: number;
}

/** Pops a counter; the words of it and the three that follow come to be in the vectors `left` and `right`. */
export function emitVectorPhilox(asm: Assembler, { left, right, key, stepLocal }: PhiloxCall): void {
  const { body } = asm;
  const upper = asm.local('v128');
  asm.simd(vectorOpcodes.i32x4Splat);
  body.v128([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
  asm.simd(vectorOpcodes.i32x4Add);
  asm.set(left);
  asm.get(stepLocal);
  asm.simd(vectorOpcodes.i32x4Splat);
  asm.set(right);
  const halves = [
    vectorOpcodes.i64x2ExtendMultiplyLowI32x4Unsigned,
    vectorOpcodes.i64x2ExtendMultiplyHighI32x4Unsigned,
  ] as const;
  for (let round = 0; round < rounds; round += 1) {
    for (const half of halves) {
      asm.get(left);
      body.i32x4(multiplier | 0);
      asm.simd(half);
    }
    asm.simd(vectorOpcodes.i8x16Shuffle, ...oddWords);
    body.i32x4((key + Math.imul(round, weyl)) | 0);
    asm.get(right);
    asm.simd(vectorOpcodes.v128ExclusiveOr);
    asm.simd(vectorOpcodes.v128ExclusiveOr);
    asm.set(upper);
    // A multiplication of its own is cheaper than a second shuffle for the lower words of the products.
    asm.get(left);
    body.i32x4(multiplier | 0);
    asm.simd(vectorOpcodes.i32x4Multiply);
    asm.set(right);
    asm.get(upper);
    asm.set(left);
  }
}

/** Lanes of a shuffle that takes the upper words of the numbers of two vectors. */
const oddWords = [1, 3, 5, 7].flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte));

/** Pops the counter; the words come to be in the locals `left` and `right`. */
export function emitScalarPhilox(asm: Assembler, { left, right, key, stepLocal }: PhiloxCall): void {
  const next = asm.local('i32');
  asm.set(left);
  asm.get(stepLocal);
  asm.set(right);
  for (let round = 0; round < rounds; round += 1) {
    asm.get(left);
    asm.op(opcodes.i64ExtendI32Unsigned);
    asm.i32(multiplier | 0);
    asm.op(opcodes.i64ExtendI32Unsigned, opcodes.i64Multiply);
    asm.body.i64(32n);
    asm.op(opcodes.i64ShiftRightUnsigned, opcodes.i32WrapI64);
    asm.i32((key + Math.imul(round, weyl)) | 0);
    asm.op(opcodes.i32ExclusiveOr);
    asm.get(right);
    asm.op(opcodes.i32ExclusiveOr);
    asm.set(next);
    asm.get(left);
    asm.i32(multiplier | 0);
    asm.op(opcodes.i32Multiply);
    asm.set(right);
    asm.get(next);
    asm.set(left);
  }
}
