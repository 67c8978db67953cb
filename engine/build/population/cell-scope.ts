/** The names of equations as IR inside the loop over cells: parameters, inputs, noise, constants. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import { fixedValue } from '../../equations/constants.ts';
import { normalName } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { letF64 } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { LoweringScope } from '../lower.ts';
import type { PopulationDefinition } from './definition.ts';

/** Index of the loop over cells. */
export const cell: Expression = ir.i32Local('n');

/** Name of an input one step ahead, as the stages of integrators read it. */
export function aheadName(input: string): string {
  return `_ahead_${input}`;
}

/** Names with their expressions, the signals they read, and locals to be declared before use. */
export interface CellScope {
  /** Looks a name up; its signal counts as read, its local as needed. */
  find(name: string): Expression | undefined;
  /** Defines or replaces a name. */
  define(name: string, expression: Expression): void;
  readonly reads: ReadonlySet<SignalId>;
  /** Declarations of the locals that were looked up, in order. */
  declarations(): Statement[];
  readonly lowering: LoweringScope;
}

/**
 * Parameters as constants where all cells agree, else as vectors of the element; shared by all operators of a population.
 * What is to be trained is a signal always: one number where it is given as one.
 */
export type ParameterTable = ReadonlyMap<
  string,
  { readonly expression: Expression; readonly signal: SignalId | undefined }
>;

/** Resolves the parameters that the equations name. */
export function parameterTable(builder: ElementBuilder, definition: PopulationDefinition): Result<ParameterTable> {
  const table = new Map<string, { expression: Expression; signal: SignalId | undefined }>();
  for (const name of definition.parameters) {
    const values = builder.vector(name, definition.cells);
    if (!values.ok) return values;
    const first = values.value[0] ?? 0;
    const trained = builder.isTrained(name);
    if (!trained && values.value.every((value) => value === first)) {
      table.set(name, { expression: ir.f64(first), signal: undefined });
      continue;
    }
    const one = trained && builder.constant(name) !== undefined;
    const contents = one ? { shape: [1], initial: first } : { shape: [definition.cells], initial: values.value };
    const signal = builder.signal({ name: `parameter_${name}`, ...contents, role: 'constant' });
    table.set(name, { expression: ir.load(signal, one ? ir.i32(0) : cell), signal });
  }
  return ok(table);
}

interface Entry {
  readonly value: Expression;
  readonly signal: SignalId | undefined;
}

/** A scope for one operator of the population. */
export function createCellScope(
  builder: ElementBuilder,
  definition: PopulationDefinition,
  parameters: ParameterTable,
  states: Readonly<Record<string, SignalId>>,
): CellScope {
  const held = heldEntries(builder, definition, parameters, states);
  const replaced = new Map<string, Expression>();
  const declared = new Map<string, Statement>();
  const reads = new Set<SignalId>();
  const find = (name: string): Expression | undefined => {
    const replacement = replaced.get(name);
    if (replacement !== undefined) return replacement;
    const entry = held.get(name);
    if (entry === undefined) return fixedExpression(name, builder, definition);
    if (entry.signal !== undefined) reads.add(entry.signal);
    if (entry.value.kind === 'f64') return entry.value;
    const local = `held_${name}`;
    declared.set(name, letF64(local, entry.value));
    return ir.local(local);
  };
  let drawn = 0;
  return {
    find,
    define: (name, expression) => void replaced.set(name, expression),
    reads,
    declarations: () => [...declared.values()],
    lowering: {
      names: { get: find } as ReadonlyMap<string, Expression>,
      random(name) {
        drawn += 1;
        const key = builder.stream(`${name}_${drawn}`);
        return name === 'rand' ? ir.uniform(key, cell) : ir.normal(key, cell);
      },
    },
  };
}

function heldEntries(
  builder: ElementBuilder,
  definition: PopulationDefinition,
  parameters: ParameterTable,
  states: Readonly<Record<string, SignalId>>,
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [name, { expression, signal }] of parameters) entries.set(name, { value: expression, signal });
  for (const [name, signal] of Object.entries(states)) entries.set(name, { value: ir.load(signal, cell), signal });
  for (const [name, { signal, ahead = signal }] of Object.entries(definition.inputs ?? {})) {
    entries.set(name, { value: ir.load(signal, cell), signal });
    entries.set(aheadName(name), { value: ir.load(ahead, cell), signal: ahead });
  }
  for (const name of definition.noise ?? [])
    entries.set(name, { value: ir.normal(builder.stream(name), cell), signal: undefined });
  return entries;
}

function fixedExpression(
  name: string,
  builder: ElementBuilder,
  definition: PopulationDefinition,
): Expression | undefined {
  if (name === 'dt') return ir.f64(builder.timeStepSeconds);
  if (name === 't') return ir.time;
  if (name === 't_in_timesteps') return ir.toF64(ir.step);
  if (name === 'i') return ir.toF64(cell);
  if (name === 'N') return ir.f64(definition.cells);
  if (name.startsWith(normalName(''))) return ir.normal(builder.stream(name), cell);
  const fixed = fixedValue(name);
  return fixed === undefined ? undefined : ir.f64(fixed.value);
}

/** The expression of a name that must be there. */
export function required(scope: CellScope, name: string): Expression {
  return defined(scope.find(name), `name ${name} in the loop over cells`);
}
