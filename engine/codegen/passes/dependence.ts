/** What must come before what among the items of a region. */
import type { SignalId } from '../../build/ir/types.ts';
import { allUsesOf, definedBy, touchedBy } from '../ir/access.ts';
import type { Region, Value } from '../ir/value.ts';

/** For each item the positions of items that must stay behind it. */
export function followersIn(region: Region): readonly ReadonlySet<number>[] {
  const followers = region.map(() => new Set<number>());
  const homes = new Map<Value, number>();
  const signals = new Map<SignalId, { writer: number | undefined; readers: number[] }>();
  const link = (earlier: number | undefined, later: number): void => {
    if (earlier !== undefined && earlier !== later) followers[earlier]?.add(later);
  };
  region.forEach((item, position) => {
    for (const value of allUsesOf(item)) link(homes.get(value), position);
    for (const value of definedBy(item)) homes.set(value, position);
    const { reads, writes } = touchedBy([item]);
    for (const signal of reads) {
      const state = signals.get(signal) ?? { writer: undefined, readers: [] };
      link(state.writer, position);
      state.readers.push(position);
      signals.set(signal, state);
    }
    for (const signal of writes) {
      const state = signals.get(signal);
      link(state?.writer, position);
      for (const reader of state?.readers ?? []) link(reader, position);
      signals.set(signal, { writer: position, readers: [] });
    }
  });
  return followers;
}
