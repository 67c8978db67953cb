/** Philox 2×32 on vectors: two or four counters at once, with the bits of `base/random.ts`. */
import type { FunctionBody } from '../function-body.ts';
import { opcodes } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import type { LaneType } from './vector-instructions.ts';

const rounds = 10;
const multiplier = 0xd256d193 | 0;
const keyStep = 0x9e3779b9 | 0;

/** A stream at a step: `key` is a number known beforehand or a local (i32), `step` a local (i32). */
export interface Stream {
  readonly key: { readonly value: number } | { readonly local: number };
  readonly step: number;
}

/** Pops i32x4 indices (f64x2: in the two lower lanes) and pushes their uniforms. */
export function emitUniforms(lanes: LaneType, body: FunctionBody, stream: Stream): void {
  const locals = Array.from({ length: 5 }, () => body.acquire('v128'));
  const [low, high, product, other, key] = locals as [number, number, number, number, number];
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const set = (local: number): void => body.indexed(opcodes.localSet, local);
  set(low);
  get(stream.step);
  body.simd(vectorOpcodes.i32x4Splat);
  set(high);
  if ('local' in stream.key) {
    get(stream.key.local);
    body.simd(vectorOpcodes.i32x4Splat);
    set(key);
  }
  for (let round = 0; round < rounds; round += 1) {
    multiplyLow(body, low, product);
    if (lanes === 'f32x4') multiplyHigh(body, low, other);
    const second = lanes === 'f32x4' ? other : product;
    words(body, product, second, 1);
    pushKey(body, stream, key, round);
    body.simd(vectorOpcodes.v128ExclusiveOr);
    get(high);
    body.simd(vectorOpcodes.v128ExclusiveOr);
    set(low);
    words(body, product, second, 0);
    set(high);
  }
  if (lanes === 'f64x2') toDouble(body, low, high);
  else toSingle(body, low);
  for (const local of locals) body.release('v128', local);
}

function multiplyLow(body: FunctionBody, low: number, product: number): void {
  body.indexed(opcodes.localGet, low);
  body.i32x4(multiplier);
  body.simd(vectorOpcodes.i64x2ExtendMultiplyLowI32x4Unsigned);
  body.indexed(opcodes.localSet, product);
}

function multiplyHigh(body: FunctionBody, low: number, product: number): void {
  body.indexed(opcodes.localGet, low);
  body.i32x4(multiplier);
  body.simd(vectorOpcodes.i64x2ExtendMultiplyHighI32x4Unsigned);
  body.indexed(opcodes.localSet, product);
}

/** Pushes the lower (0) or upper (1) words of four products. */
function words(body: FunctionBody, first: number, second: number, upper: 0 | 1): void {
  body.indexed(opcodes.localGet, first);
  body.indexed(opcodes.localGet, second);
  const starts = [0, 8, 16, 24].map((start) => start + 4 * upper);
  body.simd(vectorOpcodes.i8x16Shuffle, ...starts.flatMap((start) => [start, start + 1, start + 2, start + 3]));
}

function pushKey(body: FunctionBody, stream: Stream, key: number, round: number): void {
  const distance = Math.imul(round, keyStep);
  if ('value' in stream.key) return body.i32x4((stream.key.value + distance) | 0);
  body.indexed(opcodes.localGet, key);
  body.i32x4(distance);
  body.simd(vectorOpcodes.i32x4Add);
}

/** (26 bits of the one word, 26 of the other, and a half) / 2^52, exactly. */
function toDouble(body: FunctionBody, low: number, high: number): void {
  body.indexed(opcodes.localGet, low);
  body.simd(vectorOpcodes.i64x2ExtendLowI32x4Unsigned);
  body.i64x2(0xffffffc0n);
  body.simd(vectorOpcodes.v128And);
  body.i32(20);
  body.simd(vectorOpcodes.i64x2ShiftLeft);
  body.indexed(opcodes.localGet, high);
  body.simd(vectorOpcodes.i64x2ExtendLowI32x4Unsigned);
  body.i32(6);
  body.simd(vectorOpcodes.i64x2ShiftRightUnsigned);
  body.simd(vectorOpcodes.v128Or);
  body.f64x2(1);
  body.simd(vectorOpcodes.v128Or);
  body.f64x2(1 - 2 ** -53);
  body.simd(vectorOpcodes.f64x2Subtract);
}

/** (23 bits and a half) / 2^23, exactly. */
function toSingle(body: FunctionBody, low: number): void {
  body.indexed(opcodes.localGet, low);
  body.i32(9);
  body.simd(vectorOpcodes.i32x4ShiftRightUnsigned);
  body.f32x4(1);
  body.simd(vectorOpcodes.v128Or);
  body.f32x4(1 - 2 ** -24);
  body.simd(vectorOpcodes.f32x4Subtract);
}
