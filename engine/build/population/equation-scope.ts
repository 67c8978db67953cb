/** The names of a population written in equations, as IR inside a loop over its cells. */
import { defined } from '../../base/assert.ts';
import { fixedValue } from '../../equations/constants.ts';
import type { ValueType } from '../../equations/model-equations.ts';
import type { Constant } from '../../equations/constants-text.ts';
import { normalName } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { letLocal, store } from '../ir/statements.ts';
import { typeOf } from '../ir/type-of.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder, OperatorRequest } from '../library-kind.ts';
import { asNumber, lower, type LoweringScope } from '../lower.ts';
import type { Tree } from '../../equations/tree.ts';
import { steadyCounts } from '../operators/poisson-counts.ts';
import type { Storage } from './equation-population.ts';
import { lateValue, withNumbers } from './late-values.ts';

/** Index of the loop over cells. */
export const cell: Expression = ir.i32Local('n');

/** Looks a table over time up: its value and the signal that holds it; undefined for other names. */
export type TableLookup = (
  name: string,
  parameters: readonly Expression[],
) => { readonly value: Expression; readonly signal: SignalId } | undefined;

/** The state of a cell that is computed only now and then, as it is now; statements that make it come first. */
export interface PresentState {
  readonly statements: readonly Statement[];
  readonly values: ReadonlyMap<string, Expression>;
  readonly touched: readonly SignalId[];
}

/** Variables that stand in memory as they were when something last reached their cell. */
export interface CarriedNames {
  readonly names: ReadonlySet<string>;
  /** Their present values of the cell with this index; `prefix` stands before the names of locals. */
  present(index: Expression, prefix: string): PresentState;
}

/** What the operators of one population share. */
export interface ScopeContext {
  readonly builder: ElementBuilder;
  readonly cells: number;
  readonly constants: ReadonlyMap<string, Constant>;
  /** Values that never change and are the same for all cells. */
  readonly literals: ReadonlyMap<string, number>;
  readonly literalTypes: ReadonlyMap<string, ValueType>;
  readonly storages: ReadonlyMap<string, Storage>;
  /** What no operator updates: constants, and vectors made anew before anything reads them. */
  readonly steady: Set<SignalId>;
  /** Looks a table over time up; undefined for other names. */
  readonly table: TableLookup;
  /** Only where a method leaves cells alone between events. */
  readonly carried?: CarriedNames;
}

export interface EquationScope {
  find(name: string): Expression | undefined;
  define(name: string, value: Expression): void;
  /** Declares a local with the value and gives it; constants stay as they are. */
  hold(name: string, value: Expression, body: Statement[]): Expression;
  /** A signal that the operator reads or writes besides those of names. */
  touch(signal: SignalId): void;
  /** Loads of the names that were looked up, in order of first use. */
  declarations(): Statement[];
  /** What the operator has to declare: signals that are written in the step stand under `updates`. */
  access(sets?: readonly SignalId[]): Pick<OperatorRequest, 'reads' | 'sets' | 'updates'>;
  /** A tree as IR; statements that its value needs beforehand go to the body. */
  lower(tree: Tree, body: Statement[]): Expression;
}

export interface ScopeOptions {
  /** Sees all variables before anything of the step updates them. Default false. */
  readonly early?: boolean;
  /** Before the names of locals, where an operator has several scopes. */
  readonly prefix?: string;
  /** Sees variables that are carried from event to event as they are now. Default: as they stand in memory. */
  readonly present?: boolean;
  /** The cell. Default: that of the loop over cells. */
  readonly index?: Expression;
  /** What tells random draws of one name from each other. Default: the cell. */
  readonly draw?: Expression;
}

/** A scope for one operator; `purpose` tells its random draws from those of the others. */
export function createEquationScope(
  context: ScopeContext,
  purpose: string,
  { early = false, prefix = '', present = false, index = cell, draw: place = index }: ScopeOptions = {},
): EquationScope {
  const replaced = new Map<string, Expression>();
  const declared = new Map<string, Statement>();
  const touched = new Set<SignalId>();
  let [locals, drawn] = [0, 0];
  const carried = present ? context.carried : undefined;
  let state: PresentState | undefined;
  const presentValue = (name: string): Expression | undefined => {
    if (carried?.names.has(name) !== true) return undefined;
    state ??= carried.present(index, `${prefix}now_`);
    for (const signal of state.touched) touched.add(signal);
    return state.values.get(name);
  };
  const find = (name: string): Expression | undefined => {
    const replacement = replaced.get(name);
    if (replacement !== undefined) return replacement;
    const now = presentValue(name);
    if (now !== undefined) return now;
    const literal = context.literals.get(name);
    if (literal !== undefined) return lateValue(context, name, touched) ?? literalExpression(literal, context, name);
    const storage = context.storages.get(name);
    if (storage === undefined) return fixedExpression(context, name, index);
    touched.add(storage.signal);
    const value = loadStored(storage, index);
    const local = `${prefix}held_${name}`;
    declared.set(local, letLocal(local, typeOf(value), value));
    return ir.local(local, typeOf(value));
  };
  const key = (name: string): number => context.builder.stream(`${purpose}/${name}_${(drawn += 1)}`);
  const lowering: LoweringScope = {
    names: { get: find } as ReadonlyMap<string, Expression>,
    random: (name) => (name === 'rand' ? ir.uniform(key(name), place) : ir.normal(key(name), place)),
    poisson(mean) {
      const request = { name: `${prefix}count_${(locals += 1)}`, purpose, key: key('poisson'), mean, place };
      return drawCounts(context, request, touched);
    },
    call: (name, parameters) => lookUp(context, touched, name, parameters),
    integers: true,
    isWhole: (name) =>
      name === 'N' || (fixedValue(name) === undefined && context.constants.get(name)?.integer === true),
  };
  return {
    find,
    define: (name, value) => void replaced.set(name, value),
    hold(name, value, body) {
      if (needsNoLocal(value)) return value;
      const local = `${prefix}${name}_${(locals += 1)}`;
      body.push(letLocal(local, typeOf(value), value));
      return ir.local(local, typeOf(value));
    },
    lower: (tree) => lower(tree, lowering),
    touch: (signal) => void touched.add(signal),
    declarations: () => [...(state?.statements ?? []), ...declared.values()],
    access: (sets = []) => accessOf(context, touched, early, sets),
  };
}

/** Numbers, locals, and numbers that all cells share. */
function needsNoLocal(value: Expression): boolean {
  if (value.kind === 'load') return value.index.kind === 'i32';
  return value.kind === 'f64' || value.kind === 'i32' || value.kind === 'bool' || value.kind === 'local';
}

/** The value of a table over time at this step. */
function lookUp(
  { table, steady }: ScopeContext,
  touched: Set<SignalId>,
  name: string,
  parameters: readonly Expression[],
): Expression | undefined {
  const found = table(name, parameters);
  if (found === undefined) return undefined;
  touched.add(found.signal);
  steady.add(found.signal);
  return found.value;
}

function accessOf(
  context: ScopeContext,
  touched: ReadonlySet<SignalId>,
  early: boolean,
  sets: readonly SignalId[],
): Pick<OperatorRequest, 'reads' | 'sets' | 'updates'> {
  const signals = [...touched].filter((signal) => !sets.includes(signal));
  const reads = signals.filter((signal) => early || !isUpdated(context, signal));
  return { reads, sets, updates: signals.filter((signal) => !reads.includes(signal)) };
}

interface CountRequest {
  readonly name: string;
  readonly purpose: string;
  readonly key: number;
  readonly mean: Expression;
  /** What tells draws from each other; the cell, or something else. */
  readonly place: Expression;
}

/** Poisson counts: of a small constant mean and one for each cell from a vector drawn beforehand, of others in the loop. */
function drawCounts(
  context: ScopeContext,
  { name, purpose, key, mean, place }: CountRequest,
  touched: Set<SignalId>,
): Expression {
  const { builder, cells, steady } = context;
  if (place !== cell) return ir.poisson(key, place, mean);
  const known = withNumbers(context, mean);
  const counts = steadyCounts(builder, { name: `${purpose}/${name}`, cells, key, mean: known });
  if (counts === undefined) return ir.poisson(key, cell, mean);
  touched.add(counts);
  steady.add(counts);
  return ir.toF64(ir.loadI32(counts, cell));
}

/** Whether a signal changes within a step by updates: all but constants and what is made anew. */
function isUpdated(context: ScopeContext, signal: SignalId): boolean {
  if (context.steady.has(signal)) return false;
  const storage = [...context.storages.values()].find((each) => each.signal === signal);
  return storage === undefined ? true : storage.written;
}

/** The value of a cell as the type of its variable. */
export function loadStored({ signal, shared, type }: Storage, at: Expression): Expression {
  const index = shared ? ir.i32(0) : at;
  if (type === 'float') return ir.load(signal, index);
  const whole = ir.loadI32(signal, index);
  return type === 'integer' ? whole : ir.notEqual(whole, ir.i32(0));
}

/** A value that never changes, by the type of its variable. */
function literalExpression(value: number, { literalTypes }: ScopeContext, name: string): Expression {
  const type = literalTypes.get(name);
  if (type === 'boolean') return ir.bool(value !== 0);
  return type === 'integer' ? ir.i32(value) : ir.f64(value);
}

/** The value as a variable of the type holds it: integers lose their fraction, anything but zero is true. */
export function asHeld(value: Expression, type: ValueType): Expression {
  if (type === 'float') return asNumber(value);
  if (type === 'boolean') return typeOf(value) === 'bool' ? value : ir.notEqual(asNumber(value), ir.f64(0));
  return asInteger(value);
}

/** The value as i32, without its fraction. */
function asInteger(value: Expression): Expression {
  return typeOf(value) === 'i32' ? value : ir.toI32(asNumber(value));
}

/** Stores a value in the variable of a cell. */
export function storeHeld({ signal, shared, type }: Storage, value: Expression, at: Expression = cell): Statement {
  const index = shared ? ir.i32(0) : at;
  if (type === 'float') return store(signal, index, asNumber(value));
  return store(signal, index, type === 'boolean' ? ir.toI32(value) : asInteger(value));
}

function fixedExpression(
  { builder, cells, constants }: ScopeContext,
  name: string,
  index: Expression,
): Expression | undefined {
  const constant = constants.get(name)?.value;
  switch (name) {
    case 'dt':
      return ir.f64(builder.timeStepSeconds);
    case 't':
      return ir.time;
    case 't_in_timesteps':
      return ir.toF64(ir.step);
    case 'i':
      return index;
    case 'N':
      return ir.f64(cells);
  }
  if (name.startsWith(normalName(''))) return ir.normal(builder.stream(name), index);
  const value = fixedValue(name)?.value ?? constant;
  return value === undefined ? undefined : ir.f64(value);
}

/** The expression of a name that must be there. */
export function required(scope: EquationScope, name: string): Expression {
  return defined(scope.find(name), `name ${name} in the loop over cells`);
}
