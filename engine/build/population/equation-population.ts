/** A population written in equations by the user: what it is made of, and where its variables live. */
import type { CheckedPopulationText } from '../../equations/population-text.ts';
import type { Definition } from '../../equations/model-equations.ts';
import { namesIn, type StatementTree } from '../../equations/tree.ts';
import { mapResult, ok, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import { unmade, type ElementBuilder } from '../library-kind.ts';
import type { SignalId } from '../ir/types.ts';
import type { ElementType, SignalContents } from '../program.ts';
import type { ValueType } from '../../equations/model-equations.ts';
import { subexpressionExpander } from '../../equations/system.ts';

/** The input of `expandEquations`. */
export interface EquationPopulation {
  readonly cells: number;
  readonly text: CheckedPopulationText;
  /** Id of an integration method, or `auto`. */
  readonly method: string;
  /**
   * How stages inside a step see values at linked ports: `start`, as they are at its start; `stages`, those of the end of
   * the step one step ahead, where the source can tell.
   */
  readonly inputSampling: 'start' | 'stages';
  /** First values of a parameter or variable, of the given length, in SI units. */
  values(definition: Definition, length: number): Result<Float64Array>;
  /** Values of a table: [times] or [times, cells]. */
  table(name: string): NumericArray | null;
}

/** Where a variable is kept: a vector over the cells, or one element that all share. */
export interface Storage {
  readonly signal: SignalId;
  readonly type: ValueType;
  readonly shared: boolean;
  /** Written while the network runs. */
  readonly written: boolean;
}

/** A variable: where it is kept, and its value where that never changes and is the same for all cells. */
export interface Variable {
  readonly definition: Definition;
  readonly storage: Storage | undefined;
  readonly literal: number | undefined;
  /** Values of all cells while the network is built; undefined for what is written. */
  readonly fixed: Float64Array | undefined;
}

export type VariableTable = ReadonlyMap<string, Variable>;

/** Element types of signals by the type of the variable. */
const elementTypes = { float: 'f64', integer: 'i32', boolean: 'u8' } as const satisfies Record<ValueType, ElementType>;

/** Makes the signals of all parameters and state variables. Inputs are not among them. */
export function createVariables(builder: ElementBuilder, population: EquationPopulation): Result<VariableTable> {
  const written = writtenNames(builder, population.text);
  const open = builder.connectionTexts().some((text) => /[=+]/u.test(text)) || population.text.handlers.length > 0;
  const table = new Map<string, Variable>();
  for (const definition of population.text.model.equations.definitions) {
    if (!isKept(definition)) continue;
    const { name } = definition;
    const changes = definition.kind === 'differential' || written.has(name);
    const needed = open || builder.probes(name) || definition.flags.includes('output');
    const made = createVariable(builder, population, definition, changes, needed);
    if (!made.ok) return made;
    table.set(name, made.value);
  }
  return ok(table);
}

/** Whether a definition has memory of its own here. */
function isKept({ kind, flags }: Definition): boolean {
  return kind !== 'subexpression' && !flags.includes('input') && !flags.includes('linked');
}

function createVariable(
  builder: ElementBuilder,
  population: EquationPopulation,
  definition: Definition,
  written: boolean,
  needed: boolean,
): Result<Variable> {
  const shared = definition.flags.includes('shared');
  const length = shared ? 1 : population.cells;
  return mapResult(population.values(definition, length), (given) => {
    const values = given.map((value) => keptNumber(value, definition.type));
    const [first = 0] = values;
    const uniform = values.every((value) => value === first);
    const literal = written || !uniform ? undefined : first;
    if (literal !== undefined && !needed) return { definition, storage: undefined, literal, fixed: values };
    const { name, type } = definition;
    const signal = builder.signal({
      name,
      type: elementTypes[type],
      shape: [length],
      initial: uniform ? first : builder.outline ? unmade : contents(values, type),
      role: written ? 'state' : 'constant',
      unit: unitOfDimension(definition.unit),
    });
    const storage = { signal, type, shared, written };
    return { definition, storage, literal, fixed: written ? undefined : values };
  });
}

/** A number as a variable of the type keeps it. */
function keptNumber(value: number, type: ValueType): number {
  if (type === 'float') return value;
  return type === 'integer' ? Math.trunc(value) : Number(value !== 0);
}

function contents(values: Float64Array, type: ValueType): SignalContents {
  if (type === 'float') return values;
  return type === 'integer' ? Int32Array.from(values) : Uint8Array.from(values);
}

/** Names that any statement of the population, or of a connection that touches it, may write. */
function writtenNames(builder: ElementBuilder, text: CheckedPopulationText): ReadonlySet<string> {
  const blocks: readonly (readonly StatementTree[])[] = [
    text.reset,
    ...[...text.events, ...text.handlers, ...text.updates].map(({ statements }) => statements),
  ];
  const written = new Set(blocks.flatMap((statements) => statements.map(({ target }) => target)));
  for (const outside of builder.connectionTexts()) {
    for (const [, name = ''] of outside.matchAll(/\b([A-Za-z]\w*?)(?:_pre|_post)?\s*(?:[-+*/%]?=)(?!=)/gu))
      written.add(name);
  }
  return written;
}

/** Whether anything, in the population or on its connections, names this. */
export function isMentioned(builder: ElementBuilder, text: CheckedPopulationText, name: string): boolean {
  const outside = new RegExp(`\\b${name}(_pre|_post)?\\b`, 'u');
  if (builder.probes(name) || builder.connectionTexts().some((each) => outside.test(each))) return true;
  const expand = subexpressionExpander(text.model);
  const trees = [
    ...text.model.equations.definitions.flatMap(({ expression }) => expression ?? []),
    ...[text.threshold, text.refractory?.tree].filter((tree) => tree !== undefined),
    ...text.events.map(({ condition }) => condition),
    ...[text.reset, ...[...text.events, ...text.handlers, ...text.updates].map(({ statements }) => statements)].flatMap(
      (statements) => statements.map(({ expression }) => expression),
    ),
  ];
  return trees.some((tree) => namesIn(expand(tree)).has(name));
}
