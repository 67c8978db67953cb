/** The names of synapse equations as IR inside a loop over synapses: own variables, those of both ends, constants. */
import { defined } from '../../base/assert.ts';
import type { Constant } from '../../equations/constants-text.ts';
import { fixedValue } from '../../equations/constants.ts';
import type { ValueType } from '../../equations/model-equations.ts';
import { normalName } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { letLocal, store } from '../ir/statements.ts';
import { typeOf } from '../ir/type-of.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { LoweringScope } from '../lower.ts';
import { asNumber, lower } from '../lower.ts';
import { lookUp, type LaidTable } from '../population/timed-table.ts';
import type { TableLookup } from '../population/equation-scope.ts';
import type { Tree } from '../../equations/tree.ts';
import type { Side, SynapseDefinition, SynapseSite } from './definition.ts';
import { endOf, endVariable, indexNames, splitSuffix } from './end-names.ts';

/** A variable that every synapse holds (or all of them together, if shared). */
export interface SynapseVariable {
  readonly signal: SignalId;
  readonly type: ValueType;
  readonly shared: boolean;
}

/** Everything the operators of one set of synapses share. */
export interface SynapseContext {
  readonly definition: SynapseDefinition;
  readonly site: SynapseSite;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly variables: ReadonlyMap<string, SynapseVariable>;
  /** Parameters that are one number for all synapses and never change. */
  readonly fixed: ReadonlyMap<string, number>;
  readonly tables: ReadonlyMap<string, LaidTable>;
  /** Time of the last event of each synapse; undefined without event-driven equations. */
  readonly lastUpdate: SignalId | undefined;
  /** Vector of the cell at one end of every synapse, counted in its population; made when first asked for. */
  cellsAt(side: Side): SignalId;
}

/** Place of the loop: the synapse, and the cells at its ends counted in their populations. */
export interface SynapsePlace {
  readonly synapse: Expression;
  /** What tells random draws of one place from each other. */
  readonly draw: Expression;
  cell(side: Side): Expression;
}

/** Where a name is stored. */
export interface Cell {
  readonly signal: SignalId;
  readonly index: Expression;
  readonly type: ValueType;
  /** False while writes are dropped (i32 of the mask); undefined = always written. */
  readonly free: Expression | undefined;
  /** Nothing changes it once synapses look. */
  readonly madeBefore?: boolean;
}

export interface SynapseScope {
  find(name: string): Expression | undefined;
  define(name: string, expression: Expression): void;
  /** Where a written name is stored; undefined for temporaries. */
  cellOf(name: string): Cell | undefined;
  /** Declares a local with the value and gives it; constants stay as they are. */
  hold(name: string, value: Expression, body: Statement[]): Expression;
  /** The name of the same variable at the other end, where both ends are of one population. */
  twin(name: string): string | undefined;
  /** Reads a name anew from memory. */
  reload(name: string, body: Statement[]): void;
  /** Declarations of the loaded names, in order of first use. */
  declarations(): Statement[];
  /** Signals that change within a step, and constants, that were looked up or written. */
  readonly updates: Set<SignalId>;
  readonly reads: Set<SignalId>;
  /** The tree as IR. */
  lower(tree: Tree): Expression;
}

/** A scope for one operator; `purpose` tells its random draws from those of the others, `prefix` its locals. */
export function createSynapseScope(
  context: SynapseContext,
  place: SynapsePlace,
  purpose: string,
  prefix = '',
): SynapseScope {
  const { site } = context;
  const replaced = new Map<string, Expression>();
  const declared = new Map<string, Statement>();
  const reads = new Set<SignalId>();
  const updates = new Set<SignalId>();
  let locals = 0;
  const touch = ({ signal, madeBefore = false }: Pick<Cell, 'signal' | 'madeBefore'>): void =>
    void (madeBefore || site.roleOf(signal) === 'constant' ? reads.add(signal) : updates.add(signal));
  const hold = (name: string, value: Expression, body: Statement[]): Expression => {
    if (value.kind === 'f64' || value.kind === 'i32' || value.kind === 'bool') return value;
    locals += 1;
    const local = `${prefix}w${locals}_${name}`;
    const type = typeOf(value);
    body.push(letLocal(local, type, value));
    return ir.local(local, type);
  };
  const loaded = (name: string, cell: Cell): Expression => {
    touch(cell);
    const local = `${prefix}held_${name}`;
    const value = loadCell(cell);
    declared.set(local, letLocal(local, typeOf(value), value));
    return ir.local(local, typeOf(value));
  };
  const cellOf = (name: string): Cell | undefined => {
    const cell = locate(context, place, name);
    if (cell?.free !== undefined && cell.free.kind === 'load') touch({ signal: cell.free.signal });
    if (cell !== undefined) touch(cell);
    return cell;
  };
  const find = (name: string): Expression | undefined => {
    const replacement = replaced.get(name);
    if (replacement !== undefined) return replacement;
    const cell = locate(context, place, name);
    return cell === undefined ? fixedExpression(context, place, name) : loaded(name, cell);
  };
  const lowering = loweringIn(context, place, { purpose, find, reads });
  return {
    find,
    define: (name, expression) => void replaced.set(name, expression),
    cellOf,
    hold,
    twin: (name) => twinOf(context, name),
    reload(name, body) {
      const cell = cellOf(name);
      if (cell !== undefined) replaced.set(name, hold(name, loadCell(cell), body));
    },
    declarations: () => [...declared.values()],
    updates,
    reads,
    lower: (tree) => lower(tree, lowering),
  };
}

interface LoweringParts {
  readonly purpose: string;
  readonly find: (name: string) => Expression | undefined;
  readonly reads: Set<SignalId>;
}

/** Names, random draws and tables inside the loop. */
function loweringIn(
  context: SynapseContext,
  { draw }: SynapsePlace,
  { purpose, find, reads }: LoweringParts,
): LoweringScope {
  let drawn = 0;
  const { site } = context;
  const key = (kind: string): number => site.stream(`${purpose}/${kind}_${(drawn += 1)}`);
  return {
    names: { get: find } as ReadonlyMap<string, Expression>,
    random: (kind) => (kind === 'rand' ? ir.uniform(key(kind), draw) : ir.normal(key(kind), draw)),
    poisson: (mean) => ir.poisson(key('poisson'), draw, mean),
    integers: true,
    isWhole: (name) =>
      wholeCounts.has(name) || (fixedValue(name) === undefined && context.constants.get(name)?.integer === true),
    call(name, parameters) {
      const found = tableValue(context, name, parameters);
      if (found !== undefined) reads.add(found.signal);
      return found?.value;
    },
  };
}

/** The value of a table of the synapses, or of one that a subexpression of a population calls. */
function tableValue({ tables, definition }: SynapseContext, ...call: Parameters<TableLookup>): ReturnType<TableLookup> {
  const [name, parameters] = call;
  const own = tables.get(name);
  if (own !== undefined) return { value: lookUp(own, parameters), signal: own.signal };
  const { source, target } = definition;
  return target.access.tables?.lookUp(name, parameters) ?? source.access.tables?.lookUp(name, parameters);
}

function locate(context: SynapseContext, place: SynapsePlace, name: string): Cell | undefined {
  const own = context.variables.get(name);
  if (own !== undefined) {
    return { ...own, index: own.shared ? ir.i32(0) : place.synapse, free: undefined };
  }
  if (name === 'lastupdate' && context.lastUpdate !== undefined) {
    return { signal: context.lastUpdate, index: place.synapse, type: 'float', free: undefined };
  }
  const found = endVariable(context.definition, name);
  if (found === undefined) return undefined;
  const { variable, end, side } = found;
  const at = place.cell(side);
  const mask = variable.held ? end.access.notRefractory : undefined;
  return {
    signal: variable.signal,
    type: variable.type,
    ...(variable.madeBefore === true ? { madeBefore: true } : {}),
    index: variable.shared ? ir.i32(0) : at,
    free: mask === undefined ? undefined : ir.loadI32(mask, at),
  };
}

function twinOf({ definition }: SynapseContext, name: string): string | undefined {
  const split = splitSuffix(name);
  if (split === undefined) return undefined;
  const other = `${split.bare}_${split.side === 'pre' ? 'post' : 'pre'}`;
  const signal = endVariable(definition, name)?.variable.signal;
  return signal !== undefined && endVariable(definition, other)?.variable.signal === signal ? other : undefined;
}

function loadCell({ signal, index, type }: Cell): Expression {
  if (type === 'float') return ir.load(signal, index);
  const whole = ir.loadI32(signal, index);
  return type === 'integer' ? whole : ir.notEqual(whole, ir.i32(0));
}

/** The value as the variable keeps it: integers lose their fraction, booleans stay what they are. */
export function asKept(value: Expression, type: ValueType): Expression {
  if (type === 'float') return asNumber(value);
  if (type === 'integer') return typeOf(value) === 'i32' ? value : ir.toI32(asNumber(value));
  return typeOf(value) === 'bool' ? value : ir.notEqual(asNumber(value), ir.f64(0));
}

/** Stores a value of `asKept`. */
export function storeCell({ signal, index, type }: Cell, value: Expression): Statement {
  return store(signal, index, type === 'boolean' ? ir.toI32(value) : value);
}

/** Numbers of cells and synapses, which never change. */
const wholeCounts: ReadonlySet<string> = new Set(['N', 'N_pre', 'N_post']);

function fixedExpression(
  { definition, site, fixed, constants }: SynapseContext,
  place: SynapsePlace,
  name: string,
): Expression | undefined {
  const constant = fixed.get(name) ?? constants.get(name)?.value;
  if (constant !== undefined) return ir.f64(constant);
  switch (name) {
    case 'dt':
      return ir.f64(site.timeStepSeconds);
    case 't':
      return ir.time;
    case 't_in_timesteps':
      return ir.toF64(ir.step);
    case 'i':
    case 'i_pre':
      return counted(place.cell('pre'), endOf(definition, 'pre').first);
    case 'j':
    case 'i_post':
      return counted(place.cell('post'), endOf(definition, 'post').first);
    case indexNames.pre:
      return place.cell('pre');
    case indexNames.post:
      return place.cell('post');
    case 'N':
      return ir.f64(definition.count);
    case 'N_pre':
      return ir.f64(definition.source.cells);
    case 'N_post':
      return ir.f64(definition.target.cells);
    default:
      return otherName(site, place, name);
  }
}

function otherName(site: SynapseSite, place: SynapsePlace, name: string): Expression | undefined {
  if (name.startsWith(normalName(''))) return ir.normal(site.stream(name), place.synapse);
  const fixed = fixedValue(name);
  return fixed === undefined ? undefined : ir.f64(fixed.value);
}

function counted(cell: Expression, first: number): Expression {
  return first === 0 ? cell : ir.subtract(cell, ir.i32(first));
}

/** The expression of a name that must be there. */
export function required(scope: SynapseScope, name: string): Expression {
  return defined(scope.find(name), `name ${name} in the loop over synapses`);
}
