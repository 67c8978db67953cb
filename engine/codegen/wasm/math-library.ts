/** Functions of a module besides those made from operators: mathematics on vectors, each only if it is called. */
import type { FunctionName } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import { functionArity } from '../../build/ir/check.ts';
import { bodiesOf } from '../ir/access.ts';
import type { Region } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { FunctionTypeName } from './function-types.ts';
import type { LaneType, MathTable } from './math/index.ts';
import { emitVectorFunction, mathTables } from './math/index.ts';

/** A function of the module. */
export interface LibraryFunction {
  readonly type: FunctionTypeName;
  readonly body: FunctionBody;
}

export interface MathLibrary {
  /** Index of the function on vectors; it becomes part of the module. */
  indexOf(name: FunctionName, lanes: LaneType): number;
  /** Byte address of a table. */
  readonly addressOf: (table: string) => number;
  /** Functions called so far, in the order of their indices. */
  readonly functions: readonly LibraryFunction[];
}

/** A library whose first function has the index `firstIndex`. */
export function createMathLibrary(layout: MemoryLayout, firstIndex: number): MathLibrary {
  const indices = new Map<string, number>();
  const functions: LibraryFunction[] = [];
  const addressOf = (table: string): number => placeOf(layout, tableSignal(table)).offset;
  return {
    addressOf,
    functions,
    indexOf(name, lanes) {
      const key = `${name} ${lanes}`;
      const known = indices.get(key);
      if (known !== undefined) return known;
      const arity = functionArity[name];
      const body = createFunctionBody(arity);
      emitVectorFunction(name, lanes, body, addressOf);
      indices.set(key, firstIndex + functions.length);
      functions.push({ type: arity === 1 ? 'vectorUnary' : 'vectorBinary', body });
      return firstIndex + functions.length - 1;
    },
  };
}

/** Id of the signal that holds a table. */
function tableSignal(table: string): string {
  return `math/${table}`;
}

/** Signals for the tables that the functions called in some regions look up. */
export function tablesFor(regions: readonly Region[]): Signal[] {
  const calls = new Set<string>();
  for (const region of regions) noteCalls(region, calls);
  const found = new Map<string, Signal>();
  for (const call of calls) {
    const [name, lanes] = call.split(' ') as [FunctionName, LaneType];
    for (const { id, content } of tablesOf(name, lanes)) found.set(id, tableOf(tableSignal(id), content));
  }
  return [...found.values()];
}

function tableOf(id: string, content: Float64Array): Signal {
  return {
    id,
    element: '',
    name: id,
    type: 'f64',
    shape: [content.length],
    initial: content,
    unit: '1',
    role: 'constant',
  };
}

const knownTables = new Map<string, readonly MathTable[]>();

function tablesOf(name: FunctionName, lanes: LaneType): readonly MathTable[] {
  const key = `${name} ${lanes}`;
  const tables = knownTables.get(key) ?? mathTables(name, lanes);
  knownTables.set(key, tables);
  return tables;
}

function noteCalls(region: Region, calls: Set<string>): void {
  for (const item of region) {
    if (item.kind === 'value' && item.value.operation.kind === 'call')
      calls.add(`${item.value.operation.function} ${laneTypeOf(item.value.type)}`);
    for (const body of bodiesOf(item)) noteCalls(body, calls);
  }
}

/** Lanes in which functions of a type are computed. */
export function laneTypeOf(type: string): LaneType {
  return type === 'f64' ? 'f64x2' : 'f32x4';
}
