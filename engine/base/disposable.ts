/** Disposable: something with a lifetime that must be ended. */

export interface Disposable {
  dispose(): void;
}

/** Collects what must be ended together; ends it in reverse order, once. */
export function createDisposables(): Disposable & { add<T extends Disposable>(item: T): T } {
  let items: Disposable[] = [];
  return {
    add(item) {
      items.push(item);
      return item;
    },
    dispose() {
      const ending = items.reverse();
      items = [];
      for (const item of ending) item.dispose();
    },
  };
}

/** A Disposable from a function. */
export function disposable(dispose: () => void): Disposable {
  return { dispose };
}
