/**
 * Operations on vectors as stack code. f64 comes in two lanes, f32 in four; whole numbers in the low lanes of four;
 * a condition has all bits of its lane set, the lanes being as wide as 16 bytes allow. What has no vector instruction is
 * done lane by lane.
 */
import { defined } from '../../base/assert.ts';
import type { BinaryOperator } from '../../build/ir/types.ts';
import type { Value, ValueType } from '../ir/value.ts';
import { emitByteTest, isByteTest } from './byte-masks.ts';
import type { Emission } from './emission.ts';
import { push, wasmTypeOf } from './emission.ts';
import type { FunctionBody } from './function-body.ts';
import { emitElement, emitLoad } from './memory-code.ts';
import { opcodes } from './opcodes.ts';
import { drawLanes } from './random-code.ts';
import { applyScalar } from './scalar-code.ts';
import { callOnLanes } from './vector-functions.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

/** Pushes the result of an operation with lanes. */
export function emitVector(value: Value, emission: Emission): void {
  const { operation, inputs } = value;
  switch (operation.kind) {
    case 'load':
      if ((inputs[0] as Value).lanes === 1) return emitLoad(value, operation.signal, emission);
      return laneByLane(value, emission);
    case 'splat':
      return splat(inputs[0] as Value, value.lanes, emission);
    case 'iota':
      push(inputs[0] as Value, emission);
      emission.body.simd(vectorOpcodes.i32x4Splat);
      emission.body.v128([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
      return emission.body.simd(vectorOpcodes.i32x4Add);
    case 'select':
      return select(value, emission);
    case 'binary':
      return binary(value, operation.operator, emission);
    case 'convert':
      push(inputs[0] as Value, emission);
      return convert(inputs[0] as Value, value.type, emission.body);
    default:
      return other(value, emission);
  }
}

function other(value: Value, emission: Emission): void {
  const { operation, inputs, type } = value;
  const { body } = emission;
  if (operation.kind === 'call') {
    for (const input of inputs) push(input, emission);
    return callOnLanes(operation.function, type, emission);
  }
  if (operation.kind === 'draw')
    return operation.draw === 'poisson' ? laneByLane(value, emission) : drawLanes(value, operation, emission);
  push(inputs[0] as Value, emission);
  if (operation.kind === 'any') return body.simd(bitMaskOf(inputs[0] as Value));
  if (operation.kind === 'not') return body.simd(vectorOpcodes.v128Not);
  body.simd(defined(negations[type], `negation of ${type}`));
}

const negations: Readonly<Partial<Record<ValueType, number>>> = {
  f64: vectorOpcodes.f64x2Negate,
  f32: vectorOpcodes.f32x4Negate,
  i32: vectorOpcodes.i32x4Negate,
};

/** The bits of a condition as a number; where it is stored as bytes as well, both take the same instruction. */
function bitMaskOf({ lanes }: Value): number {
  return lanes === 2 ? vectorOpcodes.i64x2BitMask : vectorOpcodes.i32x4BitMask;
}

type Instructions = Readonly<Partial<Record<ValueType, number>>>;

function splat(source: Value, lanes: number, emission: Emission): void {
  const { body } = emission;
  if (source.type === 'bool') body.i32(0);
  push(source, emission);
  if (source.type === 'f64') return body.simd(vectorOpcodes.f64x2Splat);
  if (source.type === 'f32') return body.simd(vectorOpcodes.f32x4Splat);
  if (source.type === 'bool') body.plain(opcodes.i32Subtract);
  if (source.type === 'i32' || lanes === 4) return body.simd(vectorOpcodes.i32x4Splat);
  body.plain(opcodes.i64ExtendI32);
  body.simd(vectorOpcodes.i64x2Splat);
}

/** The low words of both wide lanes, twice. */
const lowWords = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11];

/** A mask of two wide lanes, on the stack, becomes one of whole numbers. */
function narrowMask(lanes: number, body: FunctionBody): void {
  if (lanes === 4) return;
  const mask = body.acquire('v128');
  body.indexed(opcodes.localTee, mask);
  body.indexed(opcodes.localGet, mask);
  body.simd(vectorOpcodes.i8x16Shuffle, ...lowWords);
  body.release('v128', mask);
}

function select(value: Value, emission: Emission): void {
  const [condition, whenTrue, whenFalse] = value.inputs as [Value, Value, Value];
  if (
    value.type !== 'i32' &&
    isUnequal(condition) &&
    emission.inlined.has(condition) &&
    isByteTest(condition, emission)
  ) {
    for (const part of [whenFalse, whenTrue]) push(part, emission);
    emitByteTest(condition, true, emission);
    return emission.body.simd(vectorOpcodes.v128Select);
  }
  for (const part of [whenTrue, whenFalse, condition]) push(part, emission);
  if (value.type === 'i32') narrowMask(value.lanes, emission.body);
  emission.body.simd(vectorOpcodes.v128Select);
}

/** Inequality of bytes takes two instructions more than equality: a choice by it is turned round. */
function isUnequal({ operation }: Value): boolean {
  return operation.kind === 'binary' && operation.operator === 'notEqual';
}

function convert(source: Value, to: ValueType, body: FunctionBody): void {
  if (source.type === 'bool') return convertCondition(source.lanes, to, body);
  if (to === 'f64') return body.simd(vectorOpcodes.f64x2ConvertLowI32x4);
  if (to === 'f32') return body.simd(vectorOpcodes.f32x4ConvertI32x4);
  const double = source.type === 'f64';
  body.simd(double ? vectorOpcodes.i32x4TruncateSaturatingF64x2Zero : vectorOpcodes.i32x4TruncateSaturatingF32x4);
}

/** 1 where the mask has its bits set, else 0. */
function convertCondition(lanes: number, to: ValueType, body: FunctionBody): void {
  if (to === 'f64') body.f64x2(1);
  else if (to === 'f32') body.f32x4(1);
  else {
    narrowMask(lanes, body);
    body.i32x4(1);
  }
  body.simd(vectorOpcodes.v128And);
}

const instructions: Readonly<Partial<Record<BinaryOperator, Instructions>>> = {
  add: { f64: vectorOpcodes.f64x2Add, f32: vectorOpcodes.f32x4Add, i32: vectorOpcodes.i32x4Add },
  subtract: { f64: vectorOpcodes.f64x2Subtract, f32: vectorOpcodes.f32x4Subtract, i32: vectorOpcodes.i32x4Subtract },
  multiply: { f64: vectorOpcodes.f64x2Multiply, f32: vectorOpcodes.f32x4Multiply, i32: vectorOpcodes.i32x4Multiply },
  divide: { f64: vectorOpcodes.f64x2Divide, f32: vectorOpcodes.f32x4Divide },
  equal: { f64: vectorOpcodes.f64x2Equal, f32: vectorOpcodes.f32x4Equal, i32: vectorOpcodes.i32x4Equal },
  notEqual: { f64: vectorOpcodes.f64x2NotEqual, f32: vectorOpcodes.f32x4NotEqual, i32: vectorOpcodes.i32x4NotEqual },
  less: { f64: vectorOpcodes.f64x2Less, f32: vectorOpcodes.f32x4Less, i32: vectorOpcodes.i32x4Less },
  lessEqual: {
    f64: vectorOpcodes.f64x2LessEqual,
    f32: vectorOpcodes.f32x4LessEqual,
    i32: vectorOpcodes.i32x4LessEqual,
  },
  greater: { f64: vectorOpcodes.f64x2Greater, f32: vectorOpcodes.f32x4Greater, i32: vectorOpcodes.i32x4Greater },
  greaterEqual: {
    f64: vectorOpcodes.f64x2GreaterEqual,
    f32: vectorOpcodes.f32x4GreaterEqual,
    i32: vectorOpcodes.i32x4GreaterEqual,
  },
  and: { bool: vectorOpcodes.v128And },
  or: { bool: vectorOpcodes.v128Or },
  minimum: {
    f64: vectorOpcodes.f64x2PseudoMinimum,
    f32: vectorOpcodes.f32x4PseudoMinimum,
    i32: vectorOpcodes.i32x4Minimum,
  },
  maximum: {
    f64: vectorOpcodes.f64x2PseudoMaximum,
    f32: vectorOpcodes.f32x4PseudoMaximum,
    i32: vectorOpcodes.i32x4Maximum,
  },
};

function binary(value: Value, operator: BinaryOperator, emission: Emission): void {
  const [left, right] = value.inputs as [Value, Value];
  if (isByteTest(value, emission)) return emitByteTest(value, operator === 'equal', emission);
  const instruction = instructions[operator]?.[left.type];
  if (instruction === undefined) return laneByLane(value, emission);
  // pmin(a, b) is b if b < a else a: turned round, it is left if left < right else right.
  const turned = operator === 'minimum' || operator === 'maximum';
  for (const operand of turned ? [right, left] : [left, right]) push(operand, emission);
  emission.body.simd(instruction);
  const widened = value.type === 'bool' && left.type === 'i32' && value.lanes === 2;
  if (widened) emission.body.simd(vectorOpcodes.i64x2ExtendLowI32x4);
}

const extract: Readonly<Record<ValueType, number>> = {
  f64: vectorOpcodes.f64x2ExtractLane,
  f32: vectorOpcodes.f32x4ExtractLane,
  i32: vectorOpcodes.i32x4ExtractLane,
  bool: vectorOpcodes.i32x4ExtractLane,
};

const replace: Readonly<Record<ValueType, number>> = {
  f64: vectorOpcodes.f64x2ReplaceLane,
  f32: vectorOpcodes.f32x4ReplaceLane,
  i32: vectorOpcodes.i32x4ReplaceLane,
  bool: vectorOpcodes.i32x4ReplaceLane,
};

/** Takes the operands apart, operates on each lane and puts the results together. A single operand counts lanes up. */
function laneByLane(value: Value, emission: Emission): void {
  const { body } = emission;
  const taken = value.inputs.map((input) => {
    const wasm = wasmTypeOf(input);
    push(input, emission);
    const local = body.acquire(wasm);
    body.indexed(opcodes.localSet, local);
    return { input, wasm, local };
  });
  const result = body.acquire('v128');
  for (let lane = 0; lane < value.lanes; lane += 1) {
    if (lane > 0) body.indexed(opcodes.localGet, result);
    for (const { input, local } of taken) pushLane(input, local, lane, body);
    operateOnLane(value, emission);
    if (lane === 0) body.simd(value.type === 'f64' ? vectorOpcodes.f64x2Splat : splatOf(value.type));
    else body.simd(replace[value.type], lane);
    body.indexed(opcodes.localSet, result);
  }
  body.indexed(opcodes.localGet, result);
  body.release('v128', result);
  for (const { wasm, local } of taken) body.release(wasm, local);
}

function splatOf(type: ValueType): number {
  return type === 'f32' ? vectorOpcodes.f32x4Splat : vectorOpcodes.i32x4Splat;
}

function pushLane(input: Value, local: number, lane: number, body: FunctionBody): void {
  body.indexed(opcodes.localGet, local);
  if (input.lanes > 1) return body.simd(extract[input.type], lane);
  if (lane === 0 || input.type !== 'i32') return;
  body.i32(lane);
  body.plain(opcodes.i32Add);
}

function operateOnLane(value: Value, emission: Emission): void {
  const { operation } = value;
  if (operation.kind === 'load') return emitElement(operation.signal, value.type, emission);
  applyScalar(value, emission);
}
