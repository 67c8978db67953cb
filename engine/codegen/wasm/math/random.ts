/** Normal and Poisson random numbers as functions of a module. */
import { normalOfUniforms } from '../../../math/normal.ts';
import { attemptCount, drawDistance, searchedBelow, searchLimit } from '../../../math/poisson.ts';
import { exponential } from '../../../math/exponential.ts';
import type { FunctionBody } from '../function-body.ts';
import { opcodes, typeBytes } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import { emitUniforms, type Stream } from './philox.ts';
import type { LaneType } from './vector-instructions.ts';
import { createVectorLanes, type AddressOf } from './vector-lanes.ts';

/** Body of (key i32, step i32, indices v128) → v128: the normals of a stream whose key went through `normalKey`. */
export function emitNormals(lanes: LaneType, body: FunctionBody, addressOf: AddressOf): void {
  const [key, step, indices] = [0, 1, 2];
  const stream: Stream = { key: { local: key }, step };
  if (lanes === 'f64x2') {
    emitPair(body, addressOf, stream, indices);
    return;
  }
  const [half, upper] = [body.acquire('v128'), body.acquire('v128')];
  emitPair(body, addressOf, stream, indices);
  body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
  body.indexed(opcodes.localSet, half);
  for (const _ of [0, 1]) body.indexed(opcodes.localGet, indices);
  body.simd(vectorOpcodes.i8x16Shuffle, ...[8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
  body.indexed(opcodes.localSet, upper);
  body.indexed(opcodes.localGet, half);
  emitPair(body, addressOf, stream, upper);
  body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
  body.simd(vectorOpcodes.i8x16Shuffle, ...[0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
}

/** Pushes the normals (f64x2) of the two lower indices. */
function emitPair(body: FunctionBody, addressOf: AddressOf, stream: Stream, indices: number): void {
  const [u, v, even] = [body.acquire('v128'), body.acquire('v128'), body.acquire('v128')];
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  emitIfPair(body, indices);
  get(indices);
  emitUniforms('f64x2', body, stream);
  body.indexed(opcodes.localTee, v);
  for (const _ of [0, 1]) get(v);
  body.simd(vectorOpcodes.i8x16Shuffle, ...[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]);
  body.indexed(opcodes.localSet, u);
  body.simd(vectorOpcodes.f64x2ExtractLane, 1);
  body.simd(vectorOpcodes.f64x2Splat);
  body.indexed(opcodes.localSet, v);
  body.plain(opcodes.else);
  get(indices);
  body.i32x4(-2);
  body.simd(vectorOpcodes.v128And);
  emitUniforms('f64x2', body, stream);
  body.indexed(opcodes.localSet, u);
  get(indices);
  body.i32x4(1);
  body.simd(vectorOpcodes.v128Or);
  emitUniforms('f64x2', body, stream);
  body.indexed(opcodes.localSet, v);
  body.plain(opcodes.end);
  pushShift(body, indices);
  body.indexed(opcodes.localSet, even);
  const lanes = createVectorLanes(body, 'f64x2', addressOf);
  lanes.push(normalOfUniforms(lanes, u, v, even));
  lanes.release();
  for (const local of [u, v, even]) body.release('v128', local);
}

/** if the first index is even and the second follows it: one uniform each is enough for both. */
function emitIfPair(body: FunctionBody, indices: number): void {
  const lane = (index: number): void => {
    body.indexed(opcodes.localGet, indices);
    body.simd(vectorOpcodes.i32x4ExtractLane, index);
  };
  lane(0);
  body.i32(1);
  body.plain(opcodes.i32Or);
  lane(1);
  body.plain(opcodes.i32Equal);
  lane(1);
  lane(0);
  body.plain(opcodes.i32NotEqual, opcodes.i32And, opcodes.if, typeBytes.empty);
}

/** Pushes 1/4 for even indices and 0 for odd ones. */
function pushShift(body: FunctionBody, indices: number): void {
  body.i32x4(1);
  body.indexed(opcodes.localGet, indices);
  body.i32x4(1);
  body.simd(vectorOpcodes.v128And);
  body.simd(vectorOpcodes.i32x4Subtract);
  body.simd(vectorOpcodes.f64x2ConvertLowI32x4);
  body.f64x2(0.25);
  body.simd(vectorOpcodes.f64x2Multiply);
}

/** Body of (key i32, step i32, index i32, mean f64) → f64: the count of a stream whose key went through `poissonKey`. */
export function emitPoisson(body: FunctionBody, addressOf: AddressOf): void {
  const mean = 3;
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const returnIf = (condition: () => void, value: () => void): void => {
    condition();
    body.plain(opcodes.if, typeBytes.empty);
    value();
    body.plain(opcodes.return, opcodes.end);
  };
  const compare = (instruction: number, value: number): void => {
    get(mean);
    body.f64(value);
    body.plain(instruction);
  };
  returnIf(
    () => compare(opcodes.f64LessEqual, 0),
    () => body.f64(0),
  );
  returnIf(
    () => {
      compare(opcodes.f64Less, Infinity);
      body.plain(opcodes.i32IsZero);
    },
    () => get(mean),
  );
  compare(opcodes.f64Less, searchedBelow);
  body.plain(opcodes.if, typeBytes.f64);
  emitSearch(body, addressOf, mean);
  body.plain(opcodes.else);
  emitAttempts(body, addressOf, mean);
  body.plain(opcodes.end);
}

/** Draws the uniform of the key in local 0 into a new vector and moves the key on. */
function drawInto(body: FunctionBody, vector: number): void {
  body.indexed(opcodes.localGet, 2);
  body.simd(vectorOpcodes.i32x4Splat);
  emitUniforms('f64x2', body, { key: { local: 0 }, step: 1 });
  body.indexed(opcodes.localSet, vector);
  body.indexed(opcodes.localGet, 0);
  body.i32(drawDistance | 0);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localSet, 0);
}

/** Pushes the smallest count whose cumulated probability reaches a uniform. */
function emitSearch(body: FunctionBody, addressOf: AddressOf, mean: number): void {
  const drawn = body.acquire('v128');
  const [u, probability, sum, count] = [0, 1, 2, 3].map(() => body.acquire('f64')) as [number, number, number, number];
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const set = (local: number): void => body.indexed(opcodes.localSet, local);
  drawInto(body, drawn);
  get(drawn);
  body.simd(vectorOpcodes.f64x2ExtractLane, 0);
  set(u);
  get(mean);
  body.plain(opcodes.f64Negate);
  body.simd(vectorOpcodes.f64x2Splat);
  const lanes = createVectorLanes(body, 'f64x2', addressOf);
  lanes.push(exponential(lanes, lanes.pop()));
  lanes.release();
  body.simd(vectorOpcodes.f64x2ExtractLane, 0);
  body.indexed(opcodes.localTee, probability);
  set(sum);
  body.f64(0);
  set(count);
  body.plain(opcodes.block, typeBytes.empty, opcodes.loop, typeBytes.empty);
  get(sum);
  get(u);
  body.plain(opcodes.f64Less);
  get(count);
  body.f64(searchLimit);
  body.plain(opcodes.f64Less, opcodes.i32And, opcodes.i32IsZero);
  body.indexed(opcodes.branchIf, 1);
  get(count);
  body.f64(1);
  body.plain(opcodes.f64Add);
  set(count);
  get(probability);
  get(mean);
  body.plain(opcodes.f64Multiply);
  get(count);
  body.plain(opcodes.f64Divide);
  body.indexed(opcodes.localTee, probability);
  get(sum);
  body.plain(opcodes.f64Add);
  set(sum);
  body.indexed(opcodes.branch, 0);
  body.plain(opcodes.end, opcodes.end);
  get(count);
}

/** Pushes the count of the first accepted attempt. */
function emitAttempts(body: FunctionBody, addressOf: AddressOf, mean: number): void {
  const [u, v, means] = [0, 1, 2].map(() => body.acquire('v128')) as [number, number, number];
  body.indexed(opcodes.localGet, mean);
  body.simd(vectorOpcodes.f64x2Splat);
  body.indexed(opcodes.localSet, means);
  body.plain(opcodes.loop, typeBytes.f64);
  drawInto(body, u);
  drawInto(body, v);
  const lanes = createVectorLanes(body, 'f64x2', addressOf);
  const { count, accepted } = attemptCount(lanes, means, u, v);
  lanes.push(count);
  body.simd(vectorOpcodes.f64x2ExtractLane, 0);
  lanes.push(accepted);
  body.simd(vectorOpcodes.v128AnyTrue);
  body.plain(opcodes.i32IsZero);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
  lanes.release();
}
