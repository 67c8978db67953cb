/** Store readable: a part of a zustand store as a Readable that keeps its value while its sources stay the same. */
import type { Readable } from './readable.ts';

/** `select` picks what the part depends on; `derive` is called only when one of those changed, and only then listeners hear of it. */
export function storePart<State, const Sources extends readonly unknown[], T>(
  store: { getState(): State; subscribe(listener: () => void): () => void },
  select: (state: State) => Sources,
  derive: (...sources: Sources) => T,
): Readable<T> {
  let sources = select(store.getState());
  let value = derive(...sources);
  const get = (): T => {
    const now = select(store.getState());
    if (now.some((source, index) => !Object.is(source, sources[index]))) {
      sources = now;
      value = derive(...now);
    }
    return value;
  };
  return {
    get,
    subscribe(listener) {
      let before = get();
      return store.subscribe(() => {
        const now = get();
        if (Object.is(now, before)) return;
        before = now;
        listener();
      });
    },
  };
}
