/** Loads and stores of one element or of consecutive ones, with the conversion between element and value. */
import type { ElementType } from '../../build/program.ts';
import type { Store, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import { elementBytes, placeOf } from '../layout.ts';
import type { Emission } from './emission.ts';
import { push } from './emission.ts';
import type { FunctionBody } from './function-body.ts';
import { opcodes } from './opcodes.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

/** Binary logarithm of the bytes of an element. */
const shifts: Readonly<Record<ElementType, number>> = { f64: 3, f32: 2, i32: 2, u16: 1, i8: 0, u8: 0 };

const loads = {
  f64: opcodes.f64Load,
  f32: opcodes.f32Load,
  i32: opcodes.i32Load,
  u16: opcodes.i32Load16Unsigned,
  i8: opcodes.i32Load8Signed,
  u8: opcodes.i32Load8Unsigned,
} as const;

const stores = {
  f64: opcodes.f64Store,
  f32: opcodes.f32Store,
  i32: opcodes.i32Store,
  u16: opcodes.i32Store16,
  i8: opcodes.i32Store8,
  u8: opcodes.i32Store8,
} as const;

/** Pushes the address of an element and returns the offset that the access has to add. */
export function emitAddress(signal: string, index: Value, emission: Emission): { type: ElementType; offset: number } {
  const { type, offset } = placeOf(emission.layout, signal);
  const fixed = constantOf(index);
  if (fixed !== undefined) {
    emission.body.i32(0);
    return { type, offset: offset + fixed * elementBytes[type] };
  }
  push(index, emission);
  scaleIndex(type, emission.body);
  return { type, offset };
}

function scaleIndex(type: ElementType, body: FunctionBody): void {
  if (shifts[type] === 0) return;
  body.i32(shifts[type]);
  body.plain(opcodes.i32ShiftLeft);
}

/** Pushes one element whose index is on the stack. */
export function emitElement(signal: string, type: Value['type'], { body, layout }: Emission): void {
  const place = placeOf(layout, signal);
  scaleIndex(place.type, body);
  loadElement(body, place, type);
}

function loadElement(
  body: FunctionBody,
  { type: element, offset }: { type: ElementType; offset: number },
  type: Value['type'],
): void {
  body.access(loads[element], shifts[element], offset);
  if (element === 'f32' && type === 'f64') body.plain(opcodes.f64PromoteF32);
  if (element === 'f64' && type === 'f32') body.plain(opcodes.f32DemoteF64);
}

/** Pushes the element, or the consecutive elements, of a load with a single index. */
export function emitLoad(value: Value, signal: string, emission: Emission): void {
  const place = emitAddress(signal, value.inputs[0] as Value, emission);
  if (value.lanes === 1) return loadElement(emission.body, place, value.type);
  if (value.type === 'f64') return loadDoubles(emission.body, place);
  if (value.type === 'f32')
    return loadSingles(emission.body, place, () => emitAddress(signal, value.inputs[0] as Value, emission));
  if (value.lanes === 2) loadTwoWhole(emission.body, place);
  else loadFourWhole(emission.body, place);
}

interface Access {
  readonly type: ElementType;
  readonly offset: number;
}

function loadDoubles(body: FunctionBody, { type, offset }: Access): void {
  if (type === 'f64') return body.simdAccess(vectorOpcodes.v128Load, 3, offset);
  body.simdAccess(vectorOpcodes.v128Load64Zero, 2, offset);
  body.simd(vectorOpcodes.f64x2PromoteLowF32x4);
}

/** Bytes 0–7 of the first and 0–7 of the second vector. */
const lowHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
/** Bytes 8–15 of the first vector come first. */
const highHalf = [8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0];

function loadSingles(body: FunctionBody, { type, offset }: Access, address: () => unknown): void {
  if (type === 'f32') return body.simdAccess(vectorOpcodes.v128Load, 2, offset);
  body.simdAccess(vectorOpcodes.v128Load, 3, offset);
  body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
  address();
  body.simdAccess(vectorOpcodes.v128Load, 3, offset + 16);
  body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
  body.simd(vectorOpcodes.i8x16Shuffle, ...lowHalves);
}

function loadTwoWhole(body: FunctionBody, { type, offset }: Access): void {
  if (type === 'i32') return body.simdAccess(vectorOpcodes.v128Load64Zero, 2, offset);
  if (type === 'u16') {
    body.simdAccess(vectorOpcodes.v128Load32Zero, 1, offset);
    return body.simd(vectorOpcodes.i32x4ExtendLowI16x8Unsigned);
  }
  body.access(opcodes.i32Load16Unsigned, 0, offset);
  body.simd(vectorOpcodes.i32x4Splat);
  extendBytes(body, type);
}

function loadFourWhole(body: FunctionBody, { type, offset }: Access): void {
  if (type === 'i32') return body.simdAccess(vectorOpcodes.v128Load, 2, offset);
  if (type === 'u16') return body.simdAccess(vectorOpcodes.v128Load16x4Unsigned, 1, offset);
  body.simdAccess(vectorOpcodes.v128Load32Zero, 0, offset);
  extendBytes(body, type);
}

function extendBytes(body: FunctionBody, type: ElementType): void {
  const signed = type === 'i8';
  body.simd(signed ? vectorOpcodes.i16x8ExtendLowI8x16 : vectorOpcodes.i16x8ExtendLowI8x16Unsigned);
  body.simd(signed ? vectorOpcodes.i32x4ExtendLowI16x8 : vectorOpcodes.i32x4ExtendLowI16x8Unsigned);
}

/** Stores a value, or its lanes one after the other. */
export function emitStore({ signal, index, value }: Store, emission: Emission): void {
  const { body } = emission;
  const place = emitAddress(signal, index, emission);
  if (value.lanes === 1) {
    push(value, emission);
    if (place.type === 'f32' && value.type === 'f64') body.plain(opcodes.f32DemoteF64);
    if (place.type === 'f64' && value.type === 'f32') body.plain(opcodes.f64PromoteF32);
    return body.access(stores[place.type], shifts[place.type], place.offset);
  }
  if (value.type === 'i32') return storeWhole(place, value, emission);
  push(value, emission);
  if (value.type === place.type) return body.simdAccess(vectorOpcodes.v128Store, shifts[place.type], place.offset);
  if (value.type === 'f64') {
    body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
    return body.simdAccess(vectorOpcodes.v128Store64Lane, 2, place.offset, 0);
  }
  storeSinglesAsDoubles(place, () => emitAddress(signal, index, emission), body);
}

function storeSinglesAsDoubles({ offset }: Access, address: () => unknown, body: FunctionBody): void {
  const singles = body.acquire('v128');
  body.indexed(opcodes.localTee, singles);
  body.simd(vectorOpcodes.f64x2PromoteLowF32x4);
  body.simdAccess(vectorOpcodes.v128Store, 3, offset);
  address();
  for (const _ of [0, 1]) body.indexed(opcodes.localGet, singles);
  body.simd(vectorOpcodes.i8x16Shuffle, ...highHalf);
  body.simd(vectorOpcodes.f64x2PromoteLowF32x4);
  body.simdAccess(vectorOpcodes.v128Store, 3, offset + 16);
  body.release('v128', singles);
}

/** The address is on the stack. */
function storeWhole(place: Access, value: Value, emission: Emission): void {
  const { body } = emission;
  const { operation, inputs, lanes } = value;
  const [source] = inputs;
  if (elementBytes[place.type] === 1 && operation.kind === 'convert' && source?.type === 'bool')
    return storeConditions(place, source, emission);
  push(value, emission);
  if (place.type === 'i32' && lanes === 4) return body.simdAccess(vectorOpcodes.v128Store, 2, place.offset);
  if (place.type === 'i32') return body.simdAccess(vectorOpcodes.v128Store64Lane, 2, place.offset, 0);
  const whole = body.acquire('v128');
  const address = body.acquire('i32');
  body.indexed(opcodes.localSet, whole);
  body.indexed(opcodes.localSet, address);
  for (let lane = 0; lane < lanes; lane += 1) {
    body.indexed(opcodes.localGet, address);
    body.indexed(opcodes.localGet, whole);
    body.simd(vectorOpcodes.i32x4ExtractLane, lane);
    body.access(stores[place.type], shifts[place.type], place.offset + lane * elementBytes[place.type]);
  }
  body.release('v128', whole);
  body.release('i32', address);
}

/** A byte 0 or 1 per lane, written at once: the bits of the mask are spread to bytes by a product. */
function storeConditions({ offset }: Access, mask: Value, emission: Emission): void {
  const { body } = emission;
  push(mask, emission);
  const two = mask.lanes === 2;
  body.simd(two ? vectorOpcodes.i64x2BitMask : vectorOpcodes.i32x4BitMask);
  body.i32(two ? 0x81 : 0x204081);
  body.plain(opcodes.i32Multiply);
  body.i32(two ? 0x101 : 0x1010101);
  body.plain(opcodes.i32And);
  body.access(two ? opcodes.i32Store16 : opcodes.i32Store, 0, offset);
}
