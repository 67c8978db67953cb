/** A step cut into intervals: within one of them threads need not wait for each other. */
import type { SignalId } from '../../build/ir/types.ts';
import { followersIn } from '../passes/dependence.ts';
import type { Access, SharedItem } from './access.ts';

/**
 * The items in as few intervals as come about when each goes into the first one that can take it: whatever it follows is in
 * an earlier one or before it in the same, and no other thread touches there what it writes, or writes what it touches.
 */
export function intervalsOf(items: readonly SharedItem[]): readonly (readonly SharedItem[])[] {
  const followers = followersIn(items.map(({ item }) => item));
  const waitingFor = new Array<number>(items.length).fill(0);
  for (const later of followers.flatMap((set) => [...set])) waitingFor[later] = (waitingFor[later] as number) + 1;
  const left = new Set(items.keys());
  const intervals: SharedItem[][] = [];
  while (left.size > 0) {
    const interval = createInterval();
    for (let found = true; found;) {
      found = false;
      for (const position of left) {
        const item = items[position] as SharedItem;
        if (waitingFor[position] !== 0 || !interval.takes(item)) continue;
        interval.add(item);
        left.delete(position);
        for (const later of followers[position] ?? []) waitingFor[later] = (waitingFor[later] as number) - 1;
        found = true;
      }
    }
    intervals.push(interval.items);
  }
  return intervals;
}

type Touched = Map<SignalId, Set<Access>>;

function createInterval() {
  const items: SharedItem[] = [];
  const [reads, writes]: [Touched, Touched] = [new Map(), new Map()];
  return {
    items,
    takes: (item: SharedItem): boolean =>
      !(meets(item.writes, reads) || meets(item.writes, writes) || meets(item.reads, writes)),
    add(item: SharedItem): void {
      items.push(item);
      note(item.reads, reads);
      note(item.writes, writes);
    },
  };
}

/** Whether another thread may have touched a signal that is touched now. */
function meets(now: ReadonlyMap<SignalId, Access>, before: Touched): boolean {
  return [...now].some(([id, access]) => [...(before.get(id) ?? [])].some((earlier) => !alike(earlier, access)));
}

/** Ranges of a thread are the same for all that is of one length; the first thread knows what it did itself. */
function alike(earlier: Access, later: Access): boolean {
  return earlier === later && earlier !== 'each';
}

function note(now: ReadonlyMap<SignalId, Access>, all: Touched): void {
  for (const [id, access] of now) {
    const known = all.get(id);
    if (known === undefined) all.set(id, new Set([access]));
    else known.add(access);
  }
}
