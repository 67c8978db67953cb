/** Vector code of the functions: in double precision, and in single, of its own or through double. */
import type { FunctionName } from '../../../build/ir/types.ts';
import { algorithms, type Algorithm } from '../../../math/algorithms.ts';
import { singleAlgorithms } from '../../../math/single/single-algorithms.ts';
import type { FunctionBody } from '../function-body.ts';
import { opcodes } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import { createVectorLanes, type AddressOf } from './vector-lanes.ts';

/** Pushes the function of the locals `first` and `second` (f64x2). */
export function emitDouble(
  name: FunctionName,
  body: FunctionBody,
  addressOf: AddressOf,
  [first, second]: readonly [number, number],
): void {
  const lanes = createVectorLanes(body, 'f64x2', addressOf);
  const algorithm: Algorithm = algorithms[name];
  lanes.push(algorithm(lanes, first, second));
  lanes.release();
}

/** The same for f32x4. */
export function emitSingle(
  name: FunctionName,
  body: FunctionBody,
  addressOf: AddressOf,
  operands: readonly [number, number],
): void {
  const algorithm: Algorithm | undefined = singleAlgorithms[name];
  if (algorithm === undefined) return emitThroughDouble(name, body, addressOf, operands);
  const lanes = createVectorLanes(body, 'f32x4', addressOf);
  lanes.push(algorithm(lanes, operands[0], operands[1]));
  lanes.release();
}

/** Both halves in double precision, rounded and put together. */
function emitThroughDouble(
  name: FunctionName,
  body: FunctionBody,
  addressOf: AddressOf,
  operands: readonly [number, number],
): void {
  const halves = [0, 1].map(() => body.acquire('v128'));
  halves.forEach((half, upper) => {
    const promoted = operands.map((operand) => {
      const local = body.acquire('v128');
      body.indexed(opcodes.localGet, operand);
      if (upper === 1) swapHalves(body, operand);
      body.simd(vectorOpcodes.f64x2PromoteLowF32x4);
      body.indexed(opcodes.localSet, local);
      return local;
    }) as [number, number];
    emitDouble(name, body, addressOf, promoted);
    body.simd(vectorOpcodes.f32x4DemoteF64x2Zero);
    body.indexed(opcodes.localSet, half);
    for (const local of promoted) body.release('v128', local);
  });
  for (const half of halves) body.indexed(opcodes.localGet, half);
  body.simd(vectorOpcodes.i8x16Shuffle, ...bytes(0, 8), ...bytes(16, 24));
  for (const half of halves) body.release('v128', half);
}

/** Of the vector on the stack, which is also in `local`, the upper half first. */
function swapHalves(body: FunctionBody, local: number): void {
  body.indexed(opcodes.localGet, local);
  body.simd(vectorOpcodes.i8x16Shuffle, ...bytes(8, 16), ...bytes(16, 24));
}

/** The byte positions from…to − 1. */
function bytes(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
