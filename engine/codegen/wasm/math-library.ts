/** Functions of a module besides those made from operators: mathematics on vectors, each only if it is called. */
import type { FunctionName } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import { functionArity } from '../../build/ir/check.ts';
import { bodiesOf } from '../ir/access.ts';
import type { Region, Value } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { FunctionTypeName } from './function-types.ts';
import { functionTypes } from './function-types.ts';
import type { LaneType, MathTable } from './math/index.ts';
import { emitNormals, emitPoisson, emitUniforms, emitVectorFunction, mathTables, randomTables } from './math/index.ts';
import { opcodes } from './opcodes.ts';

/** A function of the module. */
export interface LibraryFunction {
  readonly type: FunctionTypeName;
  readonly body: FunctionBody;
}

export interface MathLibrary {
  /** Index of the function on vectors; it becomes part of the module. */
  indexOf(name: FunctionName, lanes: LaneType): number;
  /** Index of the function (key, step, indices) that draws; of counts (key, step, index, mean). */
  drawOf(draw: 'uniform' | 'normal' | 'poisson', lanes: LaneType): number;
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
  const once = (key: string, type: FunctionTypeName, emit: (body: FunctionBody) => void): number => {
    const known = indices.get(key);
    if (known !== undefined) return known;
    const body = createFunctionBody(functionTypes[type].parameters.length);
    emit(body);
    functions.push({ type, body });
    const index = firstIndex + functions.length - 1;
    indices.set(key, index);
    return index;
  };
  return {
    addressOf,
    functions,
    indexOf(name, lanes) {
      const type = functionArity[name] === 1 ? 'vectorUnary' : 'vectorBinary';
      return once(`${name} ${lanes}`, type, (body) => emitVectorFunction(name, lanes, body, addressOf));
    },
    drawOf(draw, lanes) {
      if (draw === 'poisson') return once(draw, 'drawCount', (body) => emitPoisson(body, addressOf));
      return once(`${draw} ${lanes}`, 'drawVector', (body) => {
        if (draw === 'normal') emitNormals(lanes, body, addressOf);
        else emitUniformFunction(lanes, body);
      });
    },
  };
}

/** Body of (key, step, indices) → uniforms. */
function emitUniformFunction(lanes: LaneType, body: FunctionBody): void {
  body.indexed(opcodes.localGet, 2);
  emitUniforms(lanes, body, { key: { local: 0 }, step: 1 });
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
    const [name, lanes] = call.split(' ') as [FunctionName | 'normal' | 'poisson', LaneType];
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

function isDraw(name: string): name is 'normal' | 'poisson' {
  return name === 'normal' || name === 'poisson';
}

function tablesOf(name: FunctionName | 'normal' | 'poisson', lanes: LaneType): readonly MathTable[] {
  const key = `${name} ${lanes}`;
  const tables = knownTables.get(key) ?? (isDraw(name) ? randomTables(name) : mathTables(name, lanes));
  knownTables.set(key, tables);
  return tables;
}

function noteCalls(region: Region, calls: Set<string>): void {
  for (const item of region) {
    if (item.kind === 'value') noteCall(item.value, calls);
    for (const body of bodiesOf(item)) noteCalls(body, calls);
  }
}

function noteCall({ operation, type }: Value, calls: Set<string>): void {
  if (operation.kind === 'call') calls.add(`${operation.function} ${laneTypeOf(type)}`);
  if (operation.kind === 'draw' && operation.draw !== 'uniform') calls.add(`${operation.draw} f64x2`);
}

/** Lanes in which functions of a type are computed. */
export function laneTypeOf(type: string): LaneType {
  return type === 'f64' ? 'f64x2' : 'f32x4';
}
