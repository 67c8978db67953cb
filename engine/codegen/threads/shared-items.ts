/** How threads do the items of a step: each its own range of cells, one thread what cannot be split, all of them what every thread has to know. */
import type { KernelStatement } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { allUsesOf, bodiesOf, definedBy, touchedBy } from '../ir/access.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import type { Access, LengthOf, PartedAccess, SharedItem } from './access.ts';
import { ownGather, ownVisit, visitedLists, type VisitedList } from './own-lists.ts';
import { partedKernel } from './parted-kernels.ts';
import { grain } from './ranges.ts';

/** How threads can do a step; undefined where an item writes memory and hands values on besides. */
export function shareItems(
  region: Region,
  lengthOf: LengthOf,
  lists = visitedLists(region, lengthOf),
): readonly SharedItem[] | undefined {
  const shared = region.flatMap((item) => shareWithLists(item, lists, lengthOf));
  if (shared.some((one) => one === undefined)) return undefined;
  return withoutVainWork(shared as SharedItem[]);
}

/** A list of spikes is made by each thread as well where it is visited; the visits are each thread's own. */
function shareWithLists(
  item: Item,
  lists: ReadonlyMap<KernelStatement, VisitedList>,
  lengthOf: LengthOf,
): readonly (SharedItem | undefined)[] {
  const visited = item.kind === 'loop' ? [...lists.values()].find(({ visits }) => visits.has(item)) : undefined;
  if (item.kind === 'loop' && visited !== undefined) return [ownVisit(item, visited, lengthOf)];
  const made = item.kind === 'kernel' ? lists.get(item.statement) : undefined;
  return [shareItem(item, lengthOf), ...(made === undefined ? [] : [ownGather(made)])];
}

/** What only the first thread uses is not computed by the others. */
function withoutVainWork(items: readonly SharedItem[]): readonly SharedItem[] {
  const wanted = new Set<Value>();
  const kept = [...items].reverse().map((shared): SharedItem => {
    const { item, share } = shared;
    const vain = share === 'all' && !definedBy(item).some((value) => wanted.has(value));
    if (share !== 'single' && !vain) for (const value of allUsesOf(item)) wanted.add(value);
    return vain ? { ...shared, share: 'single', reads: by(shared.reads.keys(), 'first') } : shared;
  });
  return kept.reverse();
}

function shareItem(item: Item, lengthOf: LengthOf): SharedItem | undefined {
  const parted = partedItem(item, lengthOf);
  if (parted !== undefined) return { item, share: 'parted', ...parted };
  const { reads, writes } = touchedBy([item]);
  const share = writes.size === 0 ? 'all' : 'single';
  if (share === 'single' && definedBy(item).length > 0) return undefined;
  const access = share === 'all' ? 'each' : 'first';
  return { item, share, reads: by(reads, access), writes: by(writes, access), cells: 0 };
}

function by(signals: Iterable<SignalId>, access: Access): ReadonlyMap<SignalId, Access> {
  return new Map([...signals].map((id) => [id, access]));
}

function partedItem(item: Item, lengthOf: LengthOf): PartedAccess | undefined {
  if (item.kind === 'loop') return partedLoop(item, lengthOf);
  return item.kind === 'kernel' ? partedKernel(item.statement, lengthOf) : undefined;
}

/** A loop whose turns write at their own index only, and read what they write nowhere else. */
function partedLoop(loop: Loop, lengthOf: LengthOf): PartedAccess | undefined {
  if (!canBeCut(loop)) return undefined;
  const { own, elsewhere, written, scattered } = touchedIn(loop.body, loop.index);
  const [cells, ...others] = new Set([...written].map(lengthOf));
  if (scattered || cells === undefined || others.length > 0) return undefined;
  if ([...written].some((id) => elsewhere.has(id))) return undefined;
  const reads = new Map<SignalId, Access>();
  for (const id of own) reads.set(id, lengthOf(id) === cells ? 'own' : 'each');
  for (const id of elsewhere) reads.set(id, 'each');
  return { reads, writes: new Map([...written].map((id) => [id, 'own'])), cells };
}

/** Turns are known and hand nothing on, and a vector does not lie across the beginning of a range. */
function canBeCut({ from, to, lanes, carried }: Loop): boolean {
  const first = constantOf(from);
  if (first === undefined || constantOf(to) === undefined || carried.length > 0) return false;
  return first % lanes === 0 && grain % lanes === 0;
}

interface LoopTouch {
  /** Read at the index of the loop. */
  readonly own: Set<SignalId>;
  readonly elsewhere: Set<SignalId>;
  /** Written at the index. */
  readonly written: Set<SignalId>;
  /** Something is written elsewhere, or by a kernel. */
  scattered: boolean;
}

function touchedIn(
  region: Region,
  index: Value,
  touched: LoopTouch = { own: new Set(), elsewhere: new Set(), written: new Set(), scattered: false },
): LoopTouch {
  for (const item of region) {
    if (item.kind === 'value') noteLoad(item.value, index, touched);
    if (item.kind === 'store') touched.written.add(item.signal);
    if (item.kind === 'kernel' || (item.kind === 'store' && item.index !== index)) touched.scattered = true;
    for (const body of bodiesOf(item)) touchedIn(body, index, touched);
  }
  return touched;
}

function noteLoad({ operation, inputs }: Value, index: Value, { own, elsewhere }: LoopTouch): void {
  if (operation.kind === 'load') (inputs[0] === index ? own : elsewhere).add(operation.signal);
}
