/** A step for several threads: the functions of each, and where they wait for each other. */
import type { ElementType, Signal } from '../../build/program.ts';
import type { Item, Loop, Region } from '../ir/value.ts';
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
export type ThreadStep = readonly (readonly Region[])[];

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
export function planThreads(step: Region, threads: number, known: KnownSignals): ThreadPlan | undefined {
  const lengthOf = (id: string): number => known.lengthOf(id);
  const lists = visitedLists(step, lengthOf);
  const items = shareItems(step, lengthOf, lists);
  if (items === undefined || !items.some(({ share }) => share === 'parted')) return undefined;
  const block = blockOf(items, known);
  const late = block === undefined ? undefined : cutRegion(block.late, 'threads/late');
  const intervals = block === undefined ? intervalsOf(items) : [block.ahead];
  const made = Array.from({ length: threads }, (_, thread) => {
    const segments = intervals.map((interval) => interval.flatMap((shared) => itemsOf(shared, { thread, threads })));
    return cutSegments(segments, `threads/${thread}`);
  });
  const kernels = items.flatMap(({ item, cells, share }) =>
    item.kind === 'kernel' && share === 'parted' ? [{ statement: item.statement, cells }] : [],
  );
  const tables = kernels.flatMap(({ statement, cells }) => splitSignals(statement, cells, known, threads));
  const rows = kernels.flatMap(({ statement, cells }) => splitsOf(statement, cells) ?? []);
  const own = [...lists.values()].flatMap((list) => ownListSignals(list, threads));
  const carried = [...made, late].flatMap((pieces) => pieces?.signals ?? []);
  return {
    threads,
    steps: made.map(({ segments }) => segments),
    block: block === undefined || late === undefined ? undefined : { steps: block.steps, late: late.pieces },
    signals: [control, ...uniqueById(tables), ...own, ...(block?.signals ?? []), ...carried],
    rows: [...new Map(rows.map((one) => [`${one.starts} ${one.cells}`, one])).values()],
  };
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
