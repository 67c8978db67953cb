/** Conditions that lie in memory as bytes: compared with 0 as bytes, then widened to lanes. */
import { defined } from '../../base/assert.ts';
import type { Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import { elementBytes, placeOf } from '../layout.ts';
import type { Emission } from './emission.ts';
import { emitAddress } from './memory-code.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

/** Bytes that one load brings. */
const loaded = 4;

/** Whether a condition in lanes compares consecutive bytes of memory, needed for nothing else, with 0. */
export function isByteTest({ operation, inputs, lanes }: Value, { inlined, layout }: Emission): boolean {
  if (operation.kind !== 'binary' || (operation.operator !== 'equal' && operation.operator !== 'notEqual'))
    return false;
  const [left, right] = inputs as [Value, Value];
  return constantOf(right) === 0 && inlined.has(left) && isByteLoad(left, lanes, layout);
}

function isByteLoad({ operation, type, inputs }: Value, lanes: number, layout: Emission['layout']): boolean {
  if (operation.kind !== 'load' || type !== 'i32' || inputs[0]?.lanes !== 1) return false;
  return hasBytes(operation.signal, lanes, layout);
}

/** Bytes, and what a load brings beyond the last of them lies in memory, too. */
function hasBytes(signal: string, lanes: number, layout: Emission['layout']): boolean {
  const { type, offset, length } = placeOf(layout, signal);
  return elementBytes[type] === 1 && offset + length + loaded - lanes <= layout.totalBytes;
}

/** Pushes the lanes whose byte is 0, or with `equal` false is not 0. */
export function emitByteTest(condition: Value, equal: boolean, emission: Emission): void {
  const { body } = emission;
  const load = defined(condition.inputs[0], 'load');
  if (load.operation.kind !== 'load') throw new Error('Bug: bytes that are not loaded');
  const { offset } = emitAddress(load.operation.signal, defined(load.inputs[0], 'index'), emission);
  body.simdAccess(vectorOpcodes.v128Load32Zero, 0, offset);
  body.i32x4(0);
  body.simd(vectorOpcodes.i8x16Equal);
  if (!equal) body.simd(vectorOpcodes.v128Not);
  body.simd(vectorOpcodes.i16x8ExtendLowI8x16);
  body.simd(vectorOpcodes.i32x4ExtendLowI16x8);
  if (condition.lanes === 2) body.simd(vectorOpcodes.i64x2ExtendLowI32x4);
}
