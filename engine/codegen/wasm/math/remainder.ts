/** Exact remainder of two doubles, lane by lane: long division by doubling and halving, in which no step rounds. */
import type { FunctionBody } from '../function-body.ts';
import { opcodes, typeBytes } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';

/** Pushes the remainders (sign of the dividend, C's fmod) of the lanes of two locals. */
export function emitRemainder(body: FunctionBody, dividend: number, divisor: number): void {
  const results = [0, 1].map((lane) => emitLane(body, dividend, divisor, lane));
  const [first, second] = results as [number, number];
  body.indexed(opcodes.localGet, first);
  body.simd(vectorOpcodes.f64x2Splat);
  body.indexed(opcodes.localGet, second);
  body.simd(vectorOpcodes.f64x2ReplaceLane, 1);
  for (const local of results) body.release('f64', local);
}

function emitLane(body: FunctionBody, dividend: number, divisor: number, lane: number): number {
  const [rest, unit, multiple] = [body.acquire('f64'), body.acquire('f64'), body.acquire('f64')];
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const set = (local: number): void => body.indexed(opcodes.localSet, local);
  const size = (vector: number, local: number): void => {
    get(vector);
    body.simd(vectorOpcodes.f64x2ExtractLane, lane);
    body.plain(opcodes.f64Abs);
    set(local);
  };
  size(dividend, rest);
  size(divisor, unit);
  emitIfDivisible(body, rest, unit);
  // Not for a smaller dividend, nor for an infinite divisor.
  get(unit);
  get(rest);
  body.plain(opcodes.f64LessEqual, opcodes.if, typeBytes.empty);
  divideLong(body, { rest, unit, multiple });
  body.plain(opcodes.end);
  body.plain(opcodes.else);
  body.f64(NaN);
  set(rest);
  body.plain(opcodes.end);
  get(rest);
  get(dividend);
  body.simd(vectorOpcodes.f64x2ExtractLane, lane);
  body.plain(opcodes.f64CopySign);
  set(rest);
  body.release('f64', unit);
  body.release('f64', multiple);
  return rest;
}

/** if rest < ∞ and unit > 0 */
function emitIfDivisible(body: FunctionBody, rest: number, unit: number): void {
  body.indexed(opcodes.localGet, rest);
  body.f64(Infinity);
  body.plain(opcodes.f64Less);
  body.indexed(opcodes.localGet, unit);
  body.f64(0);
  body.plain(opcodes.f64Greater, opcodes.i32And, opcodes.if, typeBytes.empty);
}

/** multiple = unit·2^k, the largest at most rest (or unit); then rest loses each multiple that fits, down to unit. */
function divideLong(body: FunctionBody, { rest, unit, multiple }: Record<'rest' | 'unit' | 'multiple', number>): void {
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const halve = (local: number): void => {
    get(local);
    body.f64(0.5);
    body.plain(opcodes.f64Multiply);
  };
  get(unit);
  body.indexed(opcodes.localSet, multiple);
  body.plain(opcodes.block, typeBytes.empty, opcodes.loop, typeBytes.empty);
  get(multiple);
  halve(rest);
  body.plain(opcodes.f64LessEqual, opcodes.i32IsZero);
  body.indexed(opcodes.branchIf, 1);
  get(multiple);
  get(multiple);
  body.plain(opcodes.f64Add);
  body.indexed(opcodes.localSet, multiple);
  body.indexed(opcodes.branch, 0);
  body.plain(opcodes.end, opcodes.end, opcodes.loop, typeBytes.empty);
  get(multiple);
  get(rest);
  body.plain(opcodes.f64LessEqual, opcodes.if, typeBytes.empty);
  get(rest);
  get(multiple);
  body.plain(opcodes.f64Subtract);
  body.indexed(opcodes.localSet, rest);
  body.plain(opcodes.end);
  halve(multiple);
  body.indexed(opcodes.localTee, multiple);
  get(unit);
  body.plain(opcodes.f64GreaterEqual);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
}
