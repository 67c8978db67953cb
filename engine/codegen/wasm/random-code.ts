/** Random draws as stack code: of consecutive or any indices in lanes, and one by one. */
import type { Operation, Value, ValueType } from '../ir/value.ts';
import type { Emission } from './emission.ts';
import { push, stepLocal } from './emission.ts';
import { emitUniforms, normalKey, poissonKey } from './math/index.ts';
import { laneTypeOf } from './math-library.ts';
import { opcodes } from './opcodes.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

export type Draw = Extract<Operation, { kind: 'draw' }>;

/** Pushes uniforms or normals in lanes. */
export function drawLanes(value: Value, { draw, key }: Draw, emission: Emission): void {
  const { body, library } = emission;
  const lanes = laneTypeOf(value.type);
  const indices = value.inputs[0] as Value;
  if (draw === 'uniform') {
    pushIndices(indices, emission);
    return emitUniforms(lanes, body, { key: { value: key }, step: stepLocal });
  }
  body.i32(normalKey(key >>> 0));
  body.indexed(opcodes.localGet, stepLocal);
  pushIndices(indices, emission);
  body.indexed(opcodes.call, library.drawOf('normal', lanes));
}

/** One index stands for consecutive ones. */
function pushIndices(indices: Value, emission: Emission): void {
  push(indices, emission);
  if (indices.lanes > 1) return;
  emission.body.simd(vectorOpcodes.i32x4Splat);
  emission.body.v128([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
  emission.body.simd(vectorOpcodes.i32x4Add);
}

/** Pops an index, for counts a mean above it, and pushes one number. */
export function drawNumber({ draw, key }: Draw, type: ValueType, emission: Emission): void {
  if (draw === 'poisson') return drawCount(key, type, emission);
  const { body, library } = emission;
  const lanes = laneTypeOf(type);
  const index = body.acquire('i32');
  body.indexed(opcodes.localSet, index);
  body.i32(draw === 'normal' ? normalKey(key >>> 0) : key);
  body.indexed(opcodes.localGet, stepLocal);
  body.indexed(opcodes.localGet, index);
  body.simd(vectorOpcodes.i32x4Splat);
  body.indexed(opcodes.call, library.drawOf(draw, lanes));
  body.simd(type === 'f64' ? vectorOpcodes.f64x2ExtractLane : vectorOpcodes.f32x4ExtractLane, 0);
  body.release('i32', index);
}

function drawCount(key: number, type: ValueType, { body, library }: Emission): void {
  if (type === 'f32') body.plain(opcodes.f64PromoteF32);
  const [index, mean] = [body.acquire('i32'), body.acquire('f64')];
  body.indexed(opcodes.localSet, mean);
  body.indexed(opcodes.localSet, index);
  body.i32(poissonKey(key >>> 0));
  body.indexed(opcodes.localGet, stepLocal);
  body.indexed(opcodes.localGet, index);
  body.indexed(opcodes.localGet, mean);
  body.indexed(opcodes.call, library.drawOf('poisson', 'f64x2'));
  if (type === 'f32') body.plain(opcodes.f32DemoteF64);
  body.release('i32', index);
  body.release('f64', mean);
}
