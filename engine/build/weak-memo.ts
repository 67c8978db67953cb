/** A memo that keeps nothing alive: what it remembers goes when the last program that uses it goes. */

export interface WeakMemo<V extends object> {
  /** What was noted under the key; undefined when it was let go of, or pushed out by newer keys. */
  recall(key: string): V | undefined;
  /** Remembers `value` for as long as `holder`, a part of it or the value itself, is in use elsewhere. */
  note(key: string, value: V, holder: object): void;
}

interface Entry<V extends object> {
  readonly holder: WeakRef<object>;
  /** The value by its holder: it may hold its holder without keeping it. */
  readonly values: WeakMap<object, V>;
}

/** A memo of the last `capacity` keys that were asked for or noted. */
export function createWeakMemo<V extends object>(capacity: number): WeakMemo<V> {
  const entries = new Map<string, Entry<V>>();
  return {
    recall(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      const holder = entry.holder.deref();
      if (holder === undefined) return undefined;
      entries.set(key, entry);
      return entry.values.get(holder);
    },
    note(key, value, holder) {
      entries.delete(key);
      entries.set(key, { holder: new WeakRef(holder), values: new WeakMap([[holder, value]]) });
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
    },
  };
}
