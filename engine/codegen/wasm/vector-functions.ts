/** Functions on all lanes at once: the shorter ones where they are used, the others as functions of the module. */
import type { FunctionName } from '../../build/ir/types.ts';
import type { ValueType } from '../ir/value.ts';
import type { Emission } from './emission.ts';
import { inlineVector } from './math/index.ts';
import { laneTypeOf } from './math-library.ts';
import { opcodes } from './opcodes.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

/** Pops vectors and pushes the function of them. */
export function callOnLanes(name: FunctionName, type: ValueType, { body, library }: Emission): void {
  const lanes = laneTypeOf(type);
  if (!inlineVector(name, lanes, body, library.addressOf)) body.indexed(opcodes.call, library.indexOf(name, lanes));
}

/** Pops numbers and pushes the function of them: the first lane of what vectors would give. */
export function callOnNumbers(name: FunctionName, type: 'f64' | 'f32', emission: Emission): void {
  const { body, library } = emission;
  const splat = type === 'f64' ? vectorOpcodes.f64x2Splat : vectorOpcodes.f32x4Splat;
  if (name === 'pow' || name === 'mod' || name === 'floorDivide') {
    const second = body.acquire(type);
    body.indexed(opcodes.localSet, second);
    body.simd(splat);
    body.indexed(opcodes.localGet, second);
    body.release(type, second);
  }
  body.simd(splat);
  body.indexed(opcodes.call, library.indexOf(name, laneTypeOf(type)));
  body.simd(type === 'f64' ? vectorOpcodes.f64x2ExtractLane : vectorOpcodes.f32x4ExtractLane, 0);
}
