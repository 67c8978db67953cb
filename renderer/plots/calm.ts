/** Calm: a Readable that changes only a few times a second, for figures that people read. */
import type { Readable } from './readable.ts';

/**
 * The first change after a pause is told at once, further ones together at the end of the interval. A change that
 * `matters` is told at once always, so that what is final is never behind.
 */
export function calmed<T>(
  source: Readable<T>,
  milliseconds: number,
  matters: (next: T, shown: T) => boolean = () => false,
): Readable<T> {
  const listeners = new Set<() => void>();
  let value = source.get();
  let stop: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const publish = (): void => {
    const next = source.get();
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  const changed = (): void => {
    if (timer !== undefined) {
      if (matters(source.get(), value)) publish();
      return;
    }
    publish();
    timer = setTimeout(() => {
      timer = undefined;
      publish();
    }, milliseconds);
  };
  return {
    get() {
      if (listeners.size === 0) value = source.get();
      return value;
    },
    subscribe(listener) {
      if (listeners.size === 0) value = source.get();
      listeners.add(listener);
      stop ??= source.subscribe(changed);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
