/** Weights of a dense product on the stack: neighbours of a row in vectors, or one. */
import type { ElementType } from '../../build/program.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { DenseEmitter } from './dense-arithmetic.ts';

/** Lanes of a shuffle that moves the upper half down. */
const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];

/** Weights that are loaded at a time: bytes come in eights. */
export function weightsAtOnce(matrix: ElementType, lanes: number): number {
  return matrix === 'i8' ? 8 : lanes;
}

/**
 * The function pushes vector number `part` of the weights from a byte address on. Bytes are loaded beforehand, as many
 * vectors of results as are `wanted`.
 */
export function emitWeights(emitter: DenseEmitter, pointer: number, wanted: number): (part: number) => void {
  const { asm, matrix, result, lanes } = emitter;
  const { body } = asm;
  const load = (instruction: number, ahead: number): void => {
    asm.get(pointer);
    body.simdAccess(instruction, 0, matrix.offset + ahead);
  };
  if (matrix.type === 'i8') {
    const parts = 8 / lanes;
    const eights = Array.from({ length: Math.ceil(wanted / parts) }, (_, eight) =>
      convertedBytes(emitter, pointer, 8 * eight),
    );
    return (part) => eights[Math.floor(part / parts)]?.(part % parts);
  }
  if (matrix.type === result.type) return (part) => load(vectorOpcodes.v128Load, part * 16);
  return (part) => {
    load(vectorOpcodes.v128Load64Zero, part * 8);
    asm.simd(vectorOpcodes.f64x2PromoteLowF32x4);
  };
}

function convertedBytes({ asm, matrix, result }: DenseEmitter, pointer: number, ahead: number): (part: number) => void {
  const words = asm.local('v128');
  asm.get(pointer);
  asm.body.simdAccess(vectorOpcodes.v128Load8x8Signed, 0, matrix.offset + ahead);
  asm.set(words);
  const extend = (upper: boolean): void => {
    asm.get(words);
    asm.simd(upper ? vectorOpcodes.i32x4ExtendHighI16x8 : vectorOpcodes.i32x4ExtendLowI16x8);
  };
  if (result.type === 'f32') {
    return (part) => {
      extend(part === 1);
      asm.simd(vectorOpcodes.f32x4ConvertI32x4);
    };
  }
  return (part) => {
    extend(part >= 2);
    if (part % 2 === 1) {
      const whole = asm.local('v128');
      asm.tee(whole);
      asm.get(whole);
      asm.simd(vectorOpcodes.i8x16Shuffle, ...upperHalf);
    }
    asm.simd(vectorOpcodes.f64x2ConvertLowI32x4);
  };
}

/** Pushes the weight at a byte address in the precision of the result; int8 without its scale. */
export function emitWeightLoad({ asm, matrix, result }: DenseEmitter, pointer: number, ahead: number): void {
  const { body } = asm;
  const shift = shiftOf(matrix.type);
  const offset = matrix.offset + (ahead << shift);
  asm.get(pointer);
  if (matrix.type === 'i8') {
    body.access(opcodes.i32Load8Signed, shift, offset);
    asm.op(result.type === 'f64' ? opcodes.f64ConvertI32 : opcodes.f32ConvertI32);
    return;
  }
  body.access(matrix.type === 'f64' ? opcodes.f64Load : opcodes.f32Load, shift, offset);
  if (matrix.type === 'f32' && result.type === 'f64') asm.op(opcodes.f64PromoteF32);
}
