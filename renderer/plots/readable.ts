/** Readable: a value that changes, as plots and canvas see the stores; and the hooks that read it in a component. */
import { useSyncExternalStore } from 'react';

export interface Readable<T> {
  get(): T;
  /** Calls back after every change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** A part of the value; the component is drawn again only when the part changed (compared by identity). */
export function usePart<T, Part>(readable: Readable<T>, select: (value: T) => Part): Part {
  return useSyncExternalStore(readable.subscribe, () => select(readable.get()));
}
