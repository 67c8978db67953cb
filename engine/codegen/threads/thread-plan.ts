/** A step for several threads: the functions of each, and where they wait for each other. */
import type { ElementType, Signal } from '../../build/program.ts';
import type { Item, Loop, PacedRegion, Region } from '../ir/value.ts';
import { constant, constantOf } from '../ir/value.ts';
import { cutRegion, cutSegments } from '../passes/cut.ts';
import type { SharedItem } from './access.ts';
import { blockOf } from './blocks.ts';
import { controlLength, controlSignal } from './control.ts';
import { intervalsOf } from './intervals.ts';
import { ownListSignals, visitedLists } from './own-lists.ts';
import { partOfKernel } from './parted-kernels.ts';
import type { Part } from './ranges.ts';
import { intersection, rangeOf } from './ranges.ts';
import type { SplitRows } from './row-splits.ts';
import { splitSignals, splitsOf } from './row-splits.ts';
import { shareItems } from './shared-items.ts';

/** What one thread executes in a step: functions in order; before the first one of each inner list but the first it waits. */
export type ThreadStep = readonly (readonly PacedRegion[])[];

/** Steps that threads do without a wait. */
export interface PlannedBlock {
  readonly steps: number;
  /** Functions of the first thread, for each of the steps when all threads have done them. */
  readonly late: readonly Region[];
}

export interface ThreadPlan {
  readonly threads: number;
  readonly steps: readonly ThreadStep[];
  /** Undefined where threads wait for each other in every step. */
  readonly block: PlannedBlock | undefined;
  /** Signals that the steps need besides those of the program. */
  readonly signals: readonly Signal[];
  /** Rows whose tables have to be filled before the first step. */
  readonly rows: readonly SplitRows[];
}

/** What is known of signals. */
export interface KnownSignals {
  lengthOf(id: string): number;
  typeOf(id: string): ElementType;
  /** Rows of a signal whose rows are steps. */
  ringRows(id: string): number | undefined;
}

/** Shares a step among threads; undefined where that is not possible, or nothing would be gained because one does it all. */
export function planThreads(
  step: readonly PacedRegion[],
  threads: number,
  known: KnownSignals,
): ThreadPlan | undefined {
  const lengthOf = (id: string): number => known.lengthOf(id);
  const parts = step.map(({ every, region }) => {
    const lists = visitedLists(region, lengthOf);
    return { every, lists, items: shareItems(region, lengthOf, lists) };
  });
  const items = allItems(parts);
  if (items === undefined || !items.some(({ share }) => share === 'parted')) return undefined;
  const block = plannedBlock(parts, items, known);
  const paced = block === undefined ? parts.flatMap(intervalsOfPart) : [{ every: 1, items: block.ahead }];
  const made = Array.from({ length: threads }, (_, thread) => {
    const segments = paced.map((interval) => interval.items.flatMap((shared) => itemsOf(shared, { thread, threads })));
    return cutSegments(segments, `threads/${thread}`);
  });
  const own = parts.flatMap(({ lists }) => [...lists.values()].flatMap((list) => ownListSignals(list, threads)));
  const carried = made.flatMap(({ signals }) => signals);
  const { tables, rows } = splitsIn(items, threads, known);
  return {
    threads,
    steps: made.map(({ segments }) => withPaces(segments, paced)),
    block,
    signals: [control, ...tables, ...own, ...(block?.signals ?? []), ...carried],
    rows,
  };
}

/** Blocks are of steps in which the same is done. */
function plannedBlock(parts: readonly PacedItems[], items: readonly SharedItem[], known: KnownSignals) {
  const block = parts.length === 1 && parts[0]?.every === 1 ? blockOf(items, known) : undefined;
  if (block === undefined) return undefined;
  const late = cutRegion(block.late, 'threads/late');
  return { ...block, late: late.pieces, signals: [...block.signals, ...late.signals] };
}

/** Undefined where one part cannot be shared. */
function allItems(parts: readonly PacedItems[]): readonly SharedItem[] | undefined {
  const lists = parts.map(({ items }) => items);
  return lists.every((items) => items !== undefined) ? lists.flat() : undefined;
}

/** The tables by which threads share rows, and the rows. */
function splitsIn(items: readonly SharedItem[], threads: number, known: KnownSignals) {
  const kernels = items.flatMap(({ item, cells, share }) =>
    item.kind === 'kernel' && share === 'parted' ? [{ statement: item.statement, cells }] : [],
  );
  const tables = kernels.flatMap(({ statement, cells }) => splitSignals(statement, cells, known, threads));
  const rows = kernels.flatMap(({ statement, cells }) => splitsOf(statement, cells) ?? []);
  return {
    tables: uniqueById(tables),
    rows: [...new Map(rows.map((one) => [`${one.starts} ${one.cells}`, one])).values()],
  };
}

function withPaces(segments: readonly (readonly Region[])[], paced: readonly { readonly every: number }[]): ThreadStep {
  return segments.map((regions, number) => regions.map((region) => ({ every: paced[number]?.every ?? 1, region })));
}

interface PacedItems {
  readonly every: number;
  readonly items: readonly SharedItem[] | undefined;
}

/** The intervals of what has one pace; all threads agree on the steps in which they are left out. */
function intervalsOfPart({ every, items = [] }: PacedItems) {
  return intervalsOf(items).map((interval) => ({ every, items: interval }));
}

const control: Signal = {
  ...{ id: controlSignal, element: '', name: controlSignal, type: 'i32', shape: [controlLength] },
  ...{ initial: 0, unit: '1', role: 'transient' },
};

function uniqueById(signals: readonly Signal[]): readonly Signal[] {
  return [...new Map(signals.map((signal) => [signal.id, signal])).values()];
}

/** What a thread does of an item. */
function itemsOf({ item, share, cells, itemsOf: own }: SharedItem, part: Part): readonly Item[] {
  if (own !== undefined) return own(part);
  if (share === 'all' || (share === 'single' && part.thread === 0)) return [item];
  if (share === 'single') return [];
  if (item.kind === 'loop') return loopOf(item, cells, part);
  if (item.kind !== 'kernel') return [];
  const statement = partOfKernel(item.statement, cells, part);
  return statement === undefined ? [] : [{ kind: 'kernel', statement }];
}

function loopOf(loop: Loop, cells: number, part: Part): readonly Loop[] {
  const whole = { from: constantOf(loop.from) ?? 0, to: constantOf(loop.to) ?? 0 };
  const { from, to } = intersection(whole, rangeOf(cells, part));
  return from < to ? [{ ...loop, from: constant('i32', from), to: constant('i32', to) }] : [];
}
