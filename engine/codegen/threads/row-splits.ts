/** Rows of synapses among threads: tables of where in each row the targets of a thread begin. */
import type { KernelStatement } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import type { SignalView } from '../layout.ts';
import type { Part, Range } from './ranges.ts';
import { rangeOf } from './ranges.ts';

/** Rows that threads share. */
export interface SplitRows {
  readonly starts: SignalId;
  readonly targets: SignalId;
  /** Cells that the targets are of. */
  readonly cells: number;
  readonly blocks: number;
  readonly blockCells: number;
}

/** Id of the table of the places where the range of a thread begins, one for each row. */
function tableId({ starts, cells }: Pick<SplitRows, 'starts' | 'cells'>, thread: number): SignalId {
  return `threads/${starts}/${cells}/${thread}`;
}

/** The rows of a kernel that threads share; undefined for other kernels. */
export function splitsOf({ kernel, signals, numbers }: KernelStatement, cells: number): SplitRows | undefined {
  const { starts, targets } = signals;
  if (kernel !== 'scatter-rows' || starts === undefined || targets === undefined) return undefined;
  return { starts, targets, cells, blocks: numbers['blocks'] ?? 1, blockCells: numbers['blockCells'] ?? 0 };
}

/** Id of what takes the weights that a thread drops. */
function droppedId(dropped: SignalId, thread: number): SignalId {
  return `threads/${dropped}/${thread}`;
}

/** A scatter that adds the synapses onto the cells of one thread. */
export function withSplits(statement: KernelStatement, cells: number, part: Part): KernelStatement | undefined {
  const rows = splitsOf(statement, cells);
  const { from, to } = rangeOf(cells, part);
  if (rows === undefined || from >= to) return undefined;
  const { dropped } = statement.signals;
  const signals = {
    ...statement.signals,
    ...(dropped === undefined || part.thread === 0 ? {} : { dropped: droppedId(dropped, part.thread) }),
    ...(part.thread === 0 ? {} : { firsts: tableId(rows, part.thread) }),
    ...(to === cells ? {} : { ends: tableId(rows, part.thread + 1) }),
  };
  return { ...statement, signals, numbers: { ...statement.numbers, ...blocksOf(rows, from, to) } };
}

/** The blocks that the cells of a range lie in. */
function blocksOf({ blocks, blockCells }: SplitRows, from: number, to: number): Readonly<Record<string, number>> {
  if (blocks === 1) return {};
  return { firstBlock: Math.floor(from / blockCells), endBlock: Math.ceil(to / blockCells) };
}

/** The signals that the statements of all threads need besides those of the program. */
export function splitSignals(statement: KernelStatement, cells: number, known: Known, threads: number): Signal[] {
  const rows = splitsOf(statement, cells);
  if (rows === undefined) return [];
  const numbers = Array.from({ length: threads - 1 }, (_, before) => before + 1);
  const length = known.lengthOf(rows.starts) - 1;
  const { dropped } = statement.signals;
  const table = (thread: number) => made(tableId(rows, thread), 'i32', Math.max(1, length));
  const sink = (thread: number): Signal[] =>
    dropped === undefined ? [] : [made(droppedId(dropped, thread), known.typeOf(dropped), 1)];
  return numbers.flatMap((thread) => [table(thread), ...sink(thread)]);
}

export interface Known {
  lengthOf(signal: SignalId): number;
  typeOf(signal: SignalId): Signal['type'];
}

function made(id: SignalId, type: Signal['type'], length: number): Signal {
  return { id, element: '', name: id, type, shape: [length], initial: 0, unit: '1', role: 'transient' };
}

/** Fills the tables of some rows; false where the targets of a row do not ascend, so that threads cannot share it. */
export function fillSplits(rows: SplitRows, threads: number, view: (id: SignalId) => SignalView): boolean {
  const [starts, targets] = [view(rows.starts), view(rows.targets)];
  const bounds = Array.from({ length: threads - 1 }, (_, before) => before + 1).map((thread) => ({
    cell: rangeOf(rows.cells, { thread, threads }).from,
    table: view(tableId(rows, thread)),
  }));
  for (let row = 0; row + 1 < starts.length; row += 1) {
    const base = (row % rows.blocks) * rows.blockCells;
    const range = { from: starts[row] as number, to: starts[row + 1] as number };
    if (!ascends(targets, range)) return false;
    let synapse = range.from;
    for (const { cell, table } of bounds) {
      while (synapse < range.to && base + (targets[synapse] as number) < cell) synapse += 1;
      table[row] = synapse;
    }
  }
  return true;
}

function ascends(targets: SignalView, { from, to }: Range): boolean {
  for (let synapse = from + 1; synapse < to; synapse += 1)
    if ((targets[synapse] as number) < (targets[synapse - 1] as number)) return false;
  return true;
}
