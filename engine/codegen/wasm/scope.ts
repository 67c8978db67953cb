/** What emitting an operator has to know: its function, its variables, and where signals lie. */
import { defined } from '../../base/assert.ts';
import type { ScalarType } from '../../build/ir/types.ts';
import type { MemoryLayout } from '../layout.ts';
import type { FunctionBody } from './function-body.ts';
import { opcodes } from './opcodes.ts';

/** Where the value of an IR local lives. A global carries it from one function of a split operator to the next. */
export interface Variable {
  readonly storage: 'local' | 'global';
  readonly index: number;
  readonly type: 'i32' | 'f64';
}

export interface Scope {
  readonly body: FunctionBody;
  readonly layout: MemoryLayout;
  readonly timeStepSeconds: number;
  readonly operator: string;
  readonly variables: Map<string, Variable>;
}

/** Local that holds the number of the step: the parameter of every function made from operators. */
export const stepLocal = 0;

/** Type of a scalar on the stack: bools are i32. */
export function wasmType(type: ScalarType): 'i32' | 'f64' {
  return type === 'f64' ? 'f64' : 'i32';
}

/** Gives an IR local a place in the function; a global stays where it is. */
export function declare(scope: Scope, name: string, type: ScalarType): void {
  if (scope.variables.has(name)) return;
  const wasm = wasmType(type);
  scope.variables.set(name, { storage: 'local', index: scope.body.acquire(wasm), type: wasm });
}

/** Gives the places of locals that went out of reach back. */
export function forget(scope: Scope, names: Iterable<string>): void {
  for (const name of names) {
    const variable = scope.variables.get(name);
    if (variable?.storage !== 'local') continue;
    scope.variables.delete(name);
    scope.body.release(variable.type, variable.index);
  }
}

/** Pushes the value of an IR local. */
export function readVariable(scope: Scope, name: string): void {
  const { storage, index } = variableOf(scope, name);
  scope.body.indexed(storage === 'local' ? opcodes.localGet : opcodes.globalGet, index);
}

/** Pops the value into an IR local. */
export function writeVariable(scope: Scope, name: string): void {
  const { storage, index } = variableOf(scope, name);
  scope.body.indexed(storage === 'local' ? opcodes.localSet : opcodes.globalSet, index);
}

function variableOf(scope: Scope, name: string): Variable {
  return defined(scope.variables.get(name), `${scope.operator}: ${name} is not declared`);
}
