/**
 * Overwritten stores of loops: an element that the same turn writes again, with nothing in between that could read it, is
 * written once. Values of the turn are taken from where they were computed (share.ts), so that fused loops leave many.
 */
import { bodiesOf, touchedBy } from '../ir/access.ts';
import type { Item, Region, Store } from '../ir/value.ts';

/** The region without stores that are overwritten before anything reads them. */
export function dropOverwritten(region: Region): Region {
  const kept: Item[] = [];
  /** Stores that come later, by what they write, with nothing since that reads the signal. */
  const later = new Map<string, Store[]>();
  for (const item of [...region].reverse()) {
    if (item.kind === 'store' && isOverwritten(item, later.get(item.signal))) continue;
    kept.push(inside(item));
    if (item.kind === 'store') later.set(item.signal, [...(later.get(item.signal) ?? []), item]);
    else for (const signal of readBy(item)) later.delete(signal);
  }
  return kept.reverse();
}

function isOverwritten({ index, value }: Store, later: readonly Store[] = []): boolean {
  return later.some((next) => next.index === index && next.value.lanes === value.lanes);
}

function inside(item: Item): Item {
  if (item.kind === 'loop') return { ...item, body: dropOverwritten(item.body) };
  if (item.kind === 'if') return { ...item, then: dropOverwritten(item.then), else: dropOverwritten(item.else) };
  return item;
}

/** Signals that an item may read: what a branch, loop or kernel reads anywhere. */
function readBy(item: Item): Iterable<string> {
  if (item.kind === 'value') return item.value.operation.kind === 'load' ? [item.value.operation.signal] : [];
  return bodiesOf(item).length === 0 && item.kind !== 'kernel' ? [] : touchedBy([item]).reads;
}
