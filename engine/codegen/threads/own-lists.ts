/**
 * Lists of spikes for each thread: where a loop visits the cells of a list and touches nothing but them, a thread makes a
 * list of its own cells and visits those, so that nobody has to wait for the list of all.
 */
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { kernel } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import { bodiesOf } from '../ir/access.ts';
import { rewriteRegion, type Rewriter } from '../ir/rewrite.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constant, constantOf, define, makeValue } from '../ir/value.ts';
import type { Access, LengthOf, SharedItem } from './access.ts';
import type { Part } from './ranges.ts';
import { rangeOf } from './ranges.ts';
import { threadSignal } from './thread-signal.ts';

/** A list of all that fire, and the loops that visit it. */
export interface VisitedList {
  readonly gather: KernelStatement;
  readonly cells: number;
  readonly visits: ReadonlySet<Loop>;
}

/** The lists of a step that threads can have for themselves, by the statement that makes them. */
export function visitedLists(step: Region, lengthOf: LengthOf): ReadonlyMap<KernelStatement, VisitedList> {
  const found = new Map<KernelStatement, VisitedList>();
  for (const item of step) {
    if (item.kind !== 'kernel' || item.statement.kernel !== 'gather-spikes') continue;
    const { statement: gather } = item;
    const cells = lengthOf(gather.signals['mask'] as SignalId);
    if (cells !== gather.numbers['cells']) continue;
    const loops = step.filter((each): each is Loop => each.kind === 'loop' && comesTo(each, gather));
    const visits = new Set(loops.filter((loop) => isVisit(loop, gather, cells, lengthOf)));
    if (visits.size > 0) found.set(gather, { gather, cells, visits });
  }
  return found;
}

/** Whether a loop has as many turns as the list has cells. */
function comesTo({ from, to: { operation, inputs } }: Loop, gather: KernelStatement): boolean {
  const counted = operation.kind === 'load' && operation.signal === gather.signals['count'];
  return constantOf(from) === 0 && counted && constantOf(inputs[0] as Value) === 0;
}

/** Whether a loop changes the listed cells alone, and reads what it changes at these cells alone. */
function isVisit(loop: Loop, gather: KernelStatement, cells: number, lengthOf: LengthOf): boolean {
  if (loop.lanes !== 1 || loop.carried.length > 0) return false;
  const items = everyItem(loop.body);
  const { cellValues, elsewhere, written } = touchedByVisit(items, gather.signals['list'] as SignalId);
  const plain = items.every((item) => item.kind !== 'kernel' && item.kind !== 'loop');
  const atList = items.every((item) => item.kind !== 'store' || cellValues.has(item.index));
  const inTurn = [...cellValues].every(({ inputs: [position] }) => position === loop.index);
  const sized = [...written].every((id) => lengthOf(id) === cells && !elsewhere.has(id));
  return plain && atList && inTurn && sized && written.size > 0;
}

function everyItem(region: Region): readonly Item[] {
  return region.flatMap((item) => [item, ...bodiesOf(item).flatMap(everyItem)]);
}

function touchedByVisit(items: readonly Item[], list: SignalId) {
  const cellValues = new Set<Value>();
  const [own, elsewhere, written] = [new Set<SignalId>(), new Set<SignalId>(), new Set<SignalId>()];
  for (const item of items) {
    if (item.kind === 'store') written.add(item.signal);
    if (item.kind !== 'value' || item.value.operation.kind !== 'load') continue;
    const { operation, inputs } = item.value;
    if (operation.signal === list) cellValues.add(item.value);
    else (cellValues.has(inputs[0] as Value) ? own : elsewhere).add(operation.signal);
  }
  return { cellValues, own, elsewhere, written };
}

/** Ids of the list of a thread; without one, of those of all threads together. */
function ownIds({ signals }: KernelStatement, thread?: number) {
  const end = thread === undefined ? '' : `/${thread}`;
  return { list: `threads/${signals['list']}${end}`, count: `threads/${signals['count']}${end}` };
}

/** The statement by which each thread makes its list. */
export function ownGather({ gather, cells }: VisitedList): SharedItem {
  const { list, count } = ownIds(gather);
  const mask = gather.signals['mask'] as SignalId;
  return {
    item: { kind: 'kernel', statement: kernel('gather-spikes', { mask, list, count }, { cells }) },
    share: 'parted',
    reads: new Map([[mask, 'own']]),
    writes: new Map([list, count].map((id) => [id, 'own'])),
    cells,
    itemsOf(part) {
      const { from, to } = rangeOf(cells, part);
      const statement = kernel('gather-spikes', { mask, ...ownIds(gather, part.thread) }, { cells, from, to });
      return from < to ? [{ kind: 'kernel', statement }] : [];
    },
  };
}

/** A loop in which each thread visits the cells of its own list. */
export function ownVisit(loop: Loop, { gather, cells }: VisitedList, lengthOf: LengthOf): SharedItem {
  const { own, elsewhere, written } = touchedByVisit(everyItem(loop.body), gather.signals['list'] as SignalId);
  const { list, count } = ownIds(gather);
  const reads = new Map<SignalId, Access>([list, count].map((id) => [id, 'own']));
  for (const id of own) reads.set(id, lengthOf(id) === cells ? 'own' : 'each');
  for (const id of elsewhere) reads.set(id, 'each');
  const writes = new Map([...written].map((id) => [id, 'own'] as const));
  const [item] = visitOf(loop, gather, list, constant('i32', cells));
  return { item, share: 'parted', reads, writes, cells, itemsOf: (part) => partOfVisit(loop, gather, cells, part) };
}

function partOfVisit(loop: Loop, gather: KernelStatement, cells: number, part: Part): readonly Item[] {
  const { from, to } = rangeOf(cells, part);
  const { list, count } = ownIds(gather, part.thread);
  const end = makeValue({ kind: 'load', signal: count }, 'i32', [constant('i32', 0)]);
  return from < to ? [define(end), ...visitOf(loop, gather, list, end)] : [];
}

/** The loop over another list with another end. */
function visitOf(loop: Loop, gather: KernelStatement, list: SignalId, end: Value): readonly [Item] {
  const rewriter: Rewriter = {
    value(candidate, place) {
      const { operation, type, inputs } = candidate;
      if (operation.kind !== 'load' || operation.signal !== gather.signals['list']) return candidate;
      return place(makeValue({ kind: 'load', signal: list }, type, inputs));
    },
  };
  return rewriteRegion([loop], rewriter, new Map([[loop.to, end]])) as [Item];
}

/** The signals of the lists of all threads. */
export function ownListSignals({ gather, cells }: VisitedList, threads: number): readonly Signal[] {
  return Array.from({ length: threads }, (_, thread): readonly Signal[] => {
    const { from, to } = rangeOf(cells, { thread, threads });
    const { list, count } = ownIds(gather, thread);
    return from < to ? [threadSignal(list, 'i32', to - from), threadSignal(count, 'i32', 1)] : [];
  }).flat();
}
