/** Registry: named entries of one sort (neuron kinds, plots, commands), added once, found by id. */
import { assert } from './assert.ts';

export interface Registered {
  readonly id: string;
}

/** An ordered, read-only table of entries with unique ids. */
export interface Registry<T extends Registered> {
  /** The entry, or undefined when the id is unknown (a newer or damaged file: the caller makes a Problem). */
  find(id: string): T | undefined;
  readonly entries: readonly T[];
}

/** Makes a registry; a duplicate id is a bug. */
export function createRegistry<T extends Registered>(name: string, entries: readonly T[]): Registry<T> {
  const byId = new Map<string, T>();
  for (const entry of entries) {
    assert(!byId.has(entry.id), `duplicate ${name} "${entry.id}"`);
    byId.set(entry.id, entry);
  }
  return { find: (id) => byId.get(id), entries };
}
