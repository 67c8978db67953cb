/** Functions as vector code with the bits of `engine/math`: the door for the compiler (README.md). */
import { defined } from '../../../base/assert.ts';
import { functionArity } from '../../../build/ir/check.ts';
import type { FunctionName } from '../../../build/ir/types.ts';
import { tables } from '../../../math/tables/all-tables.ts';
import type { Table } from '../../../math/tables/table.ts';
import { createFunctionBody, type FunctionBody } from '../function-body.ts';
import { opcodes } from '../opcodes.ts';
import type { LaneType } from './vector-instructions.ts';
import { emitNormals, emitPoisson } from './random.ts';
import { emitDouble, emitSingle } from './vector-functions.ts';
import type { AddressOf } from './vector-lanes.ts';

export { normalKey } from '../../../math/normal.ts';
export { poissonKey } from '../../../math/poisson.ts';
export { emitUniforms, type Stream } from './philox.ts';
export { emitNormals, emitPoisson } from './random.ts';
export type { LaneType } from './vector-instructions.ts';
export type { AddressOf } from './vector-lanes.ts';

/** A table that code needs, to be laid 8-byte aligned somewhere in memory. */
export type MathTable = Pick<Table, 'id' | 'content'>;

/** Short enough to stand in the middle of a loop. */
const inlined: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'exp',
  'log',
  'tanh',
  'sqrt',
  'floor',
  'ceil',
  'trunc',
  'roundHalfEven',
  'abs',
  'sign',
]);

/** Bytes that the tables of all functions would take, each in places of `alignment` bytes. */
export function allTableBytes(alignment: number): number {
  const sizes = [...tables.values()].map(({ content }) => Math.ceil(content.byteLength / alignment) * alignment);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The tables that a function looks up. */
export function mathTables(name: FunctionName, lanes: LaneType): readonly MathTable[] {
  return tablesOf((body, addressOf) => emitVectorFunction(name, lanes, body, addressOf));
}

/** The body of a module function that takes and gives vectors: `body` has a v128 parameter per argument. */
export function emitVectorFunction(
  name: FunctionName,
  lanes: LaneType,
  body: FunctionBody,
  addressOf: AddressOf,
): void {
  const second = functionArity[name] - 1;
  if (lanes === 'f64x2') emitDouble(name, body, addressOf, [0, second]);
  else emitSingle(name, body, addressOf, [0, second]);
}

/** Pops the arguments and pushes the result; false, and nothing emitted, for functions that are too long for that. */
export function inlineVector(name: FunctionName, lanes: LaneType, body: FunctionBody, addressOf: AddressOf): boolean {
  if (!inlined.has(name)) return false;
  const argument = body.acquire('v128');
  body.indexed(opcodes.localSet, argument);
  if (lanes === 'f64x2') emitDouble(name, body, addressOf, [argument, argument]);
  else emitSingle(name, body, addressOf, [argument, argument]);
  body.release('v128', argument);
  return true;
}

/** The tables that the functions of random numbers look up. */
export function randomTables(kind: 'normal' | 'poisson'): readonly MathTable[] {
  return tablesOf((body, addressOf) =>
    kind === 'normal' ? emitNormals('f64x2', body, addressOf) : emitPoisson(body, addressOf),
  );
}

/** The tables whose addresses an emitter asks for. */
function tablesOf(emit: (body: FunctionBody, addressOf: AddressOf) => void): readonly MathTable[] {
  const asked = new Set<string>();
  emit(createFunctionBody(4), (id) => {
    asked.add(id);
    return 0;
  });
  return [...asked].map((id) => defined(tables.get(id), `there is no table ${id}`));
}
