/** Events inside the canvas that go to one block without drawing the others again. */

export interface CanvasEvent<T> {
  send(value: T): void;
  /** Returns how to stop listening. */
  listen(listener: (value: T) => void): () => void;
}

function createEvent<T>(): CanvasEvent<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    send: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Asks the block of this element to let its name be edited. */
export const renameEvent = createEvent<string>();

/** Asks the note of this id to let its words be changed. */
export const writeNoteEvent = createEvent<string>();
