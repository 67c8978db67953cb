/** Functions that every module carries: i32 division that cannot trap, and the uniform random number. */
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import { opcodes, typeBytes } from './opcodes.ts';

/** Bodies in the order of `helperNames`. */
export function helperBodies(): FunctionBody[] {
  return [divideBody(), remainderBody(), uniformBody()];
}

const [left, right] = [0, 1];

/** left / right truncated; 0 when right is 0; wraps for −2³¹ / −1. */
function divideBody(): FunctionBody {
  const body = createFunctionBody(2);
  zeroWhenZero(body);
  body.indexed(opcodes.localGet, right);
  body.i32(-1);
  body.plain(opcodes.i32Equal, opcodes.if, typeBytes.empty);
  body.i32(0);
  body.indexed(opcodes.localGet, left);
  body.plain(opcodes.i32Subtract, opcodes.return, opcodes.end);
  operate(body, opcodes.i32Divide);
  return body;
}

/** Remainder with the sign of left; 0 when right is 0. */
function remainderBody(): FunctionBody {
  const body = createFunctionBody(2);
  zeroWhenZero(body);
  operate(body, opcodes.i32Remainder);
  return body;
}

function zeroWhenZero(body: FunctionBody): void {
  body.indexed(opcodes.localGet, right);
  body.plain(opcodes.i32IsZero, opcodes.if, typeBytes.empty);
  body.i32(0);
  body.plain(opcodes.return, opcodes.end);
}

function operate(body: FunctionBody, instruction: number): void {
  body.indexed(opcodes.localGet, left);
  body.indexed(opcodes.localGet, right);
  body.plain(instruction);
}

/** `uniformAt(key, step, index)` of `base/random.ts`, bit for bit: Philox 2×32 with 10 rounds, then 52 bits and a half. */
function uniformBody(): FunctionBody {
  const body = createFunctionBody(3);
  const [key, high, low] = [0, 1, 2];
  const next = body.acquire('i32');
  for (let round = 0; round < 10; round += 1) emitRound(body, { key, high, low, next });
  emitWord(body, low);
  body.f64(0x4000000);
  body.plain(opcodes.f64Multiply);
  emitWord(body, high);
  body.plain(opcodes.f64Add);
  body.f64(0.5);
  body.plain(opcodes.f64Add);
  body.f64(0x10000000000000);
  body.plain(opcodes.f64Divide);
  return body;
}

/** (low, high) ← (highWord(m·low) ⊕ key ⊕ high, lowWord(m·low)); key += Weyl constant. */
function emitRound(
  body: FunctionBody,
  { key, high, low, next }: Record<'key' | 'high' | 'low' | 'next', number>,
): void {
  body.indexed(opcodes.localGet, low);
  body.plain(opcodes.i64ExtendI32Unsigned);
  body.i32(0xd256d193 | 0);
  body.plain(opcodes.i64ExtendI32Unsigned, opcodes.i64Multiply);
  body.plain(opcodes.i64Const, 32, opcodes.i64ShiftRightUnsigned, opcodes.i32WrapI64);
  body.indexed(opcodes.localGet, key);
  body.plain(opcodes.i32ExclusiveOr);
  body.indexed(opcodes.localGet, high);
  body.plain(opcodes.i32ExclusiveOr);
  body.indexed(opcodes.localSet, next);
  body.indexed(opcodes.localGet, low);
  body.i32(0xd256d193 | 0);
  body.plain(opcodes.i32Multiply);
  body.indexed(opcodes.localSet, high);
  body.indexed(opcodes.localGet, next);
  body.indexed(opcodes.localSet, low);
  body.indexed(opcodes.localGet, key);
  body.i32(0x9e3779b9 | 0);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localSet, key);
}

/** The upper 26 bits of a word as f64. */
function emitWord(body: FunctionBody, word: number): void {
  body.indexed(opcodes.localGet, word);
  body.i32(6);
  body.plain(opcodes.i32ShiftRightUnsigned, opcodes.f64ConvertI32Unsigned);
}
