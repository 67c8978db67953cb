/**
 * What the first thread does late, when all threads are steps ahead: it reads what others have changed since from rows of
 * the past, one for each step, that every thread writes for its cells on the way.
 */
import { kernel } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import { elementBytes } from '../layout.ts';
import { bodiesOf } from '../ir/access.ts';
import type { Item, Region, Value, ValueType } from '../ir/value.ts';
import { constant, define, makeValue, stepValue } from '../ir/value.ts';
import type { SharedItem } from './access.ts';
import type { Part } from './ranges.ts';
import { rangeOf } from './ranges.ts';
import type { KnownSignals } from './thread-plan.ts';
import { threadSignal } from './thread-signal.ts';

/** Rows of a signal, or of the elements that a table names, as they were at a place of the step. */
export interface Past {
  readonly id: SignalId;
  readonly signal: SignalId;
  /** Names the elements; undefined = all. */
  readonly table: SignalId | undefined;
  /** Elements of a row. */
  readonly length: number;
  /** Number of the item behind which the row is written; −1 = before all. */
  readonly behind: number;
  /** As values of the signal are computed with. */
  readonly type: ValueType;
}

/** A load of what a table of elements names, turn by turn. */
export interface ChosenLoad {
  readonly table: SignalId;
  /** Turn of the loop. */
  readonly position: Value;
}

/** Whether a value loads what a table says that nobody writes. */
export function chosenLoad({ inputs: [index] }: Value, isWritten: (id: SignalId) => boolean): ChosenLoad | undefined {
  if (index?.operation.kind !== 'load' || isWritten(index.operation.signal)) return undefined;
  const [position] = index.inputs;
  if (position?.operation.kind !== 'parameter' || position.lanes !== 1) return undefined;
  return { table: index.operation.signal, position };
}

/** The past of a signal as an item of the late work reads it. A table of few elements is followed, else all are kept. */
export function pastFor(
  signal: SignalId,
  loaded: { readonly table: SignalId | undefined; readonly type: ValueType },
  behind: number,
  known: KnownSignals,
): Past {
  const cells = known.lengthOf(signal);
  const few = loaded.table !== undefined && 4 * known.lengthOf(loaded.table) < cells;
  const table = few ? loaded.table : undefined;
  const id = `threads/past/${signal}/${table ?? ''}/${behind}`;
  return {
    ...{ id, signal, table, behind, type: loaded.type },
    length: table === undefined ? cells : known.lengthOf(table),
  };
}

/** Bytes of a row. */
export function rowBytes({ signal, length }: Past, known: KnownSignals): number {
  return length * elementBytes[known.typeOf(signal)];
}

export function pastSignal({ id, signal, length }: Past, rows: number, known: KnownSignals): Signal {
  return threadSignal(id, known.typeOf(signal), rows * length);
}

/** First element of the row of the step, and what computes it. */
export function rowStart({ length }: Past, rows: number): { readonly items: Region; readonly start: Value } {
  const row = makeValue({ kind: 'binary', operator: 'remainder' }, 'i32', [stepValue, constant('i32', rows)]);
  const start = makeValue({ kind: 'binary', operator: 'multiply' }, 'i32', [row, constant('i32', length)]);
  return { items: [define(row), define(start)], start };
}

/** The item by which each thread writes its part of the row of the step. */
export function keepPast(past: Past, rows: number, known: KnownSignals): SharedItem {
  const { id, signal, table, length } = past;
  const cells = known.lengthOf(signal);
  const whole = kernel('copy', { from: signal, to: id }, { length, fromRows: 1, toRows: rows });
  return {
    item: { kind: 'kernel', statement: whole },
    share: 'parted',
    reads: new Map([[signal, 'own'], ...(table === undefined ? [] : [[table, 'each'] as const])]),
    writes: new Map([[id, 'own']]),
    cells,
    itemsOf(part) {
      const { from, to } = rangeOf(cells, part);
      if (from >= to) return [];
      if (table !== undefined) return keepChosen({ ...past, table }, rows, cells, part);
      return [{ kind: 'kernel', statement: { ...whole, numbers: { ...whole.numbers, from, to } } }];
    },
  };
}

/** Keeps the chosen elements that lie in the range of a thread. */
function keepChosen(past: Past & { readonly table: SignalId }, rows: number, cells: number, part: Part): Region {
  const { from, to } = rangeOf(cells, part);
  const { items, start } = rowStart(past, rows);
  const index: Value = makeValue({ kind: 'parameter' }, 'i32');
  const cell = makeValue({ kind: 'load', signal: past.table }, 'i32', [index]);
  const behind = makeValue({ kind: 'binary', operator: 'greaterEqual' }, 'bool', [cell, constant('i32', from)]);
  const before = makeValue({ kind: 'binary', operator: 'less' }, 'bool', [cell, constant('i32', to)]);
  const inside = makeValue({ kind: 'binary', operator: 'and' }, 'bool', [behind, before]);
  const value = makeValue({ kind: 'load', signal: past.signal }, past.type, [cell]);
  const place = makeValue({ kind: 'binary', operator: 'add' }, 'i32', [start, index]);
  const then: Region = [define(value), define(place), { kind: 'store', signal: past.id, index: place, value }];
  const body: Region = [
    ...[cell, behind, before, inside].map(define),
    { kind: 'if', condition: inside, then, else: [], merges: [] },
  ];
  const ends = { from: constant('i32', 0), to: constant('i32', past.length) };
  return [...items, { kind: 'loop', index, ...ends, lanes: 1, carried: [], body, sources: [] }];
}

/** Every value that an item loads from memory, with those inside it. */
export function loadsIn(item: Item): readonly Value[] {
  if (item.kind === 'value') return item.value.operation.kind === 'load' ? [item.value] : [];
  return bodiesOf(item).flatMap((body) => body.flatMap(loadsIn));
}
