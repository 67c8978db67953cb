/** Dead code: what no store, kernel or result needs is dropped. */
import { bodiesOf } from '../ir/access.ts';
import type { Item, Region, Value } from '../ir/value.ts';

/** The region without what nothing uses; `kept` are values used from outside. */
export function removeDead(region: Region, kept: Iterable<Value> = []): Region {
  const origins = new Map<Value, readonly Value[]>();
  noteOrigins(region, origins);
  const live = new Set<Value>();
  const waiting = [...kept];
  markEffects(region, waiting);
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (live.has(value)) continue;
    live.add(value);
    waiting.push(...value.inputs, ...(origins.get(value) ?? []));
  }
  return sweep(region, live);
}

/** What values bound by loops and branches depend on. */
function noteOrigins(region: Region, origins: Map<Value, readonly Value[]>): void {
  for (const item of region) {
    if (item.kind === 'loop') {
      for (const one of item.carried) {
        origins.set(one.parameter, [one.initial, one.next]);
        origins.set(one.result, [one.parameter, item.from, item.to]);
      }
    }
    if (item.kind === 'if') {
      for (const merge of item.merges) origins.set(merge.result, [merge.then, merge.else, item.condition]);
    }
    for (const body of bodiesOf(item)) noteOrigins(body, origins);
  }
}

function hasEffect(item: Item): boolean {
  if (item.kind === 'store' || item.kind === 'kernel') return true;
  return bodiesOf(item).some((body) => body.some(hasEffect));
}

/** What stores need, and what decides whether they happen. */
function markEffects(region: Region, needed: Value[]): void {
  for (const item of region) {
    if (item.kind === 'store') needed.push(item.index, item.value);
    if (item.kind === 'loop' && hasEffect(item)) needed.push(item.from, item.to);
    if (item.kind === 'if' && hasEffect(item)) needed.push(item.condition);
    for (const body of bodiesOf(item)) markEffects(body, needed);
  }
}

function sweep(region: Region, live: ReadonlySet<Value>): Region {
  return region.flatMap((item): Item[] => {
    switch (item.kind) {
      case 'value':
        return live.has(item.value) ? [item] : [];
      case 'loop': {
        const carried = item.carried.filter(({ parameter, result }) => live.has(parameter) || live.has(result));
        if (carried.length === 0 && !hasEffect(item)) return [];
        return [{ ...item, carried, body: sweep(item.body, live) }];
      }
      case 'if': {
        const merges = item.merges.filter(({ result }) => live.has(result));
        if (merges.length === 0 && !hasEffect(item)) return [];
        return [{ ...item, merges, then: sweep(item.then, live), else: sweep(item.else, live) }];
      }
      default:
        return [item];
    }
  });
}
