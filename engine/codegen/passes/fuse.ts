/**
 * Fusion: loops over the same cells that work on common signals become one, so that values stay in registers. Allowed
 * where both touch what one of them writes only at their own index, and nothing between them must come in between.
 */
import type { SignalId } from '../../build/ir/types.ts';
import { bodiesOf, sizeOf } from '../ir/access.ts';
import { rewriteRegion } from '../ir/rewrite.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import { followersIn } from './dependence.ts';

/** A fused loop is not made larger: values would not stay in registers. */
const mostItems = 600;

/** Earlier loops that are tried for each loop. */
const mostAttempts = 8;

/** The region with its loops fused; only loops for which `suits` holds. */
export function fuse(region: Region, suits: (loop: Loop) => boolean): Region {
  const followers = followersIn(region);
  const fusing: Fusing = { region, followers, groupOf: region.map((_, position) => position), groups: new Map() };
  region.forEach((item, position) => {
    if (item.kind !== 'loop' || !suits(item)) return;
    const group: Group = { members: [position], loop: item, accesses: accessesOf(item) };
    if (!joinEarlier(group, position, fusing)) fusing.groups.set(position, group);
  });
  return sorted(fusing);
}

interface Group {
  readonly members: number[];
  loop: Loop;
  accesses: Accesses;
}

interface Fusing {
  readonly region: Region;
  readonly followers: readonly ReadonlySet<number>[];
  /** For each position the first position of its group. */
  readonly groupOf: number[];
  readonly groups: Map<number, Group>;
}

/** How a loop touches a signal: whether it writes it, and whether only at its index. */
type Accesses = ReadonlyMap<SignalId, { readonly writes: boolean; readonly atIndex: boolean }>;

function accessesOf(loop: Loop): Accesses {
  const found = new Map<SignalId, { writes: boolean; atIndex: boolean }>();
  const note = (signal: SignalId, index: Value | undefined, writes: boolean): void => {
    const known = found.get(signal);
    const atIndex = index === loop.index && (known?.atIndex ?? true);
    found.set(signal, { writes: writes || (known?.writes ?? false), atIndex });
  };
  const visit = (region: Region): void => {
    for (const item of region) {
      if (item.kind === 'store') note(item.signal, item.index, true);
      if (item.kind === 'value' && item.value.operation.kind === 'load')
        note(item.value.operation.signal, item.value.inputs[0], false);
      for (const body of bodiesOf(item)) visit(body);
    }
  };
  visit(loop.body);
  return found;
}

function joinEarlier(group: Group, position: number, fusing: Fusing): boolean {
  let attempts = 0;
  for (const [first, earlier] of [...fusing.groups].reverse()) {
    if (!sameRange(earlier.loop, group.loop) || !compatible(earlier.accesses, group.accesses)) continue;
    if (sizeOf(earlier.loop.body) + sizeOf(group.loop.body) > mostItems) continue;
    attempts += 1;
    if (attempts > mostAttempts) return false;
    if (reachesAround(first, position, fusing)) continue;
    earlier.members.push(position);
    earlier.loop = joined(earlier.loop, group.loop);
    earlier.accesses = accessesOf(earlier.loop);
    fusing.groupOf[position] = first;
    return true;
  }
  return false;
}

function sameRange(one: Loop, other: Loop): boolean {
  return sameBound(one.from, other.from) && sameBound(one.to, other.to);
}

function sameBound(one: Value, other: Value): boolean {
  const [first, second] = [constantOf(one), constantOf(other)];
  return one === other || (first !== undefined && first === second);
}

/** Something in common, and what one of them writes touched at the index only. */
function compatible(one: Accesses, other: Accesses): boolean {
  let common = false;
  for (const [signal, access] of one) {
    const counterpart = other.get(signal);
    if (counterpart === undefined) continue;
    common = true;
    const written = access.writes || counterpart.writes;
    if (written && !(access.atIndex && counterpart.atIndex)) return false;
  }
  return common;
}

/** Whether something must come after the group of `first` and before `position`. */
function reachesAround(first: number, position: number, { followers, groupOf, groups }: Fusing): boolean {
  const membersOf = (group: number): readonly number[] => groups.get(group)?.members ?? [group];
  const seen = new Set<number>([first]);
  const waiting = membersOf(first).flatMap((member) =>
    [...(followers[member] ?? [])].filter((next) => next !== position),
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const group = groupOf[next] as number;
    if (seen.has(group)) continue;
    seen.add(group);
    for (const member of membersOf(group)) {
      for (const later of followers[member] ?? []) {
        if (later === position) return true;
        if (later < position) waiting.push(later);
      }
    }
  }
  return false;
}

function joined(one: Loop, other: Loop): Loop {
  const body = rewriteRegion(other.body, {}, new Map([[other.index, one.index]]));
  return { ...one, body: [...one.body, ...body], sources: [...new Set([...one.sources, ...other.sources])] };
}

/** The groups in an order that keeps every dependence, else as they stood. */
function sorted({ region, followers, groupOf, groups }: Fusing): Region {
  const waiting = new Map<number, number>();
  const next = new Map<number, Set<number>>();
  region.forEach((_, position) => {
    const group = groupOf[position] as number;
    const later = next.get(group) ?? new Set<number>();
    next.set(group, later);
    for (const follower of followers[position] ?? []) {
      const target = groupOf[follower] as number;
      if (target !== group) later.add(target);
    }
  });
  for (const targets of next.values())
    for (const target of targets) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const free = [...next.keys()].filter((group) => !waiting.has(group)).sort((left, right) => right - left);
  const result: Item[] = [];
  for (let group = free.pop(); group !== undefined; group = free.pop()) {
    result.push(groups.get(group)?.loop ?? (region[group] as Item));
    for (const target of next.get(group) ?? []) {
      const left = (waiting.get(target) as number) - 1;
      waiting.set(target, left);
      if (left === 0) insert(free, target);
    }
  }
  return result;
}

/** Into a list that is sorted from large to small. */
function insert(list: number[], value: number): void {
  let position = list.length;
  while (position > 0 && (list[position - 1] as number) < value) position -= 1;
  list.splice(position, 0, value);
}
