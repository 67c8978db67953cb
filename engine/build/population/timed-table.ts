/** Tables of values over time inside equations: `I(t)`, `I(t, i)`. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { CheckedPopulationText } from '../../equations/population-text.ts';
import type { TimedTable } from '../../equations/tables-text.ts';
import { children, type Tree } from '../../equations/tree.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import { unmade, type ElementBuilder } from '../library-kind.ts';
import * as ir from '../ir/expressions.ts';
import type { Expression, SignalId } from '../ir/types.ts';
import type { EquationPopulation } from './equation-population.ts';
import type { TableLookup } from './equation-scope.ts';

/** A table whose values are a signal. */
export interface LaidTable {
  readonly signal: SignalId;
  readonly rows: number;
  /** Undefined for one value per time. */
  readonly columns: number | undefined;
  /** Parts per interval in which time is rounded, so that no step falls on the wrong side of a boundary. */
  readonly parts: number;
  readonly interval: number;
}

/** Lays the tables of a population; what looks them up in a loop over cells. */
export function layTables(builder: ElementBuilder, population: EquationPopulation): Result<TableLookup> {
  const laid = new Map<string, LaidTable>();
  const byCell = tablesByCell(population.text);
  for (const table of population.text.tables.values()) {
    const one = layTable(builder, population, table, byCell.has(table.name));
    if (!one.ok) return one;
    laid.set(table.name, one.value);
  }
  return ok((name, parameters) => {
    const table = laid.get(name);
    return table && { value: lookUp(table, parameters), signal: table.signal };
  });
}

function layTable(
  builder: ElementBuilder,
  population: EquationPopulation,
  { name, dimension, intervalSeconds }: TimedTable,
  byCell: boolean,
): Result<LaidTable> {
  const array = population.table(name);
  if (array === null) {
    return failed(
      problem('model/missing-input', `The table ${name} of "${builder.name}" has no values.`, {
        hint: 'Give it a list, or rows with one column per cell.',
        at: { element: builder.id, path: `parameters.${name}` },
      }),
    );
  }
  const [rows = 1, columns] = array.shape;
  if (byCell && columns !== undefined && columns !== population.cells) {
    return failed(
      problem('model/parameter-shape', `The table ${name} has ${columns} columns for ${population.cells} cells.`, {
        hint: 'Give one column per cell, or a plain list for all.',
        at: { element: builder.id, path: `parameters.${name}` },
      }),
    );
  }
  const signal = builder.signal({
    name: `table_${name}`,
    shape: [array.values.length],
    initial: builder.outline ? unmade : array.values,
    role: 'constant',
    unit: unitOfDimension(dimension),
  });
  return ok({
    signal,
    rows,
    columns,
    parts: partsOf(intervalSeconds, builder.timeStepSeconds),
    interval: intervalSeconds,
  });
}

/** Tables that are called with the number of the cell itself: only they need a column for every cell. */
function tablesByCell({ model, threshold, reset, refractory, events, handlers, updates }: CheckedPopulationText) {
  const blocks = [reset, ...[...events, ...handlers, ...updates].map(({ statements }) => statements)];
  const trees = [
    ...model.equations.definitions.map(({ expression }) => expression),
    threshold,
    refractory?.tree,
    ...events.map(({ condition }) => condition),
    ...blocks.flatMap((block) => block.map(({ expression }) => expression)),
  ];
  const found = new Set<string>();
  const look = (tree: Tree): void => {
    if (tree.kind === 'call' && tree.arguments.some((given) => given.kind === 'name' && given.name === 'i'))
      found.add(tree.function);
    children(tree).forEach(look);
  };
  for (const tree of trees) if (tree !== undefined) look(tree);
  return found;
}

/** Parts of an interval, a power of two, each at most an eighth of a step long. */
export function partsOf(intervalSeconds: number, timeStepSeconds: number): number {
  return Math.max(2 ** Math.ceil(Math.log2((8 * intervalSeconds) / timeStepSeconds)), 1);
}

/** Row clip(trunc(round_half_even(t/eps)/parts), 0, rows − 1) with eps = interval/parts; the last row holds afterwards. */
export function lookUp(
  { signal, rows, columns, parts, interval }: LaidTable,
  parameters: readonly Expression[],
): Expression {
  const [time, column = ir.f64(0)] = parameters as readonly [Expression, Expression?];
  const rounded = ir.call('roundHalfEven', ir.divide(time, ir.f64(interval / parts)));
  const row = clipped(ir.divide(rounded, ir.f64(parts)), rows);
  if (columns === undefined) return ir.load(signal, row);
  return ir.load(signal, ir.add(ir.multiply(row, ir.i32(columns)), clipped(column, columns)));
}

function clipped(value: Expression, count: number): Expression {
  return ir.toI32(ir.minimum(ir.maximum(value, ir.f64(0)), ir.f64(count - 1)));
}
