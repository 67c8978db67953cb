/** What is selected on the canvas, and what was copied there. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clipboard } from '../../engine/model/edits/clipboard.ts';

interface Reveal {
  /** Elements or connections. */
  readonly ids: readonly string[];
  readonly serial: number;
  /** What is in view already stays where it is. */
  readonly onlyHidden: boolean;
}

export interface SelectionState {
  /** Ids of the selected elements, in the order they were selected. */
  readonly elements: readonly string[];
  readonly connections: readonly string[];
  /** What to bring into view; a new `serial` asks again for the same. */
  readonly reveal: Reveal | undefined;
  /** What was copied last. */
  readonly clipboard: Clipboard | undefined;
  select(elements: readonly string[], connections?: readonly string[]): void;
  clear(): void;
  /** Selects an element or connection and asks the canvas to bring it into view. */
  revealOne(id: string, sort: 'element' | 'connection'): void;
  /** Brings elements or connections into view unless all of them are, and leaves the selection as it is. */
  keepInView(ids: readonly string[]): void;
  /** Forgets what is no longer in the document. */
  keepOnly(exists: (id: string) => boolean): void;
}

export type SelectionStore = StoreApi<SelectionState>;

export function createSelectionStore(): SelectionStore {
  return createStore<SelectionState>()((set, get) => {
    const reveal = (ids: readonly string[], onlyHidden: boolean): void =>
      set({ reveal: { ids, onlyHidden, serial: (get().reveal?.serial ?? 0) + 1 } });
    return {
      elements: [],
      connections: [],
      reveal: undefined,
      clipboard: undefined,
      select(elements, connections = []) {
        const now = get();
        if (sameIds(now.elements, elements) && sameIds(now.connections, connections)) return;
        set({ elements: [...elements], connections: [...connections] });
      },
      clear() {
        get().select([], []);
      },
      revealOne(id, sort) {
        get().select(sort === 'element' ? [id] : [], sort === 'connection' ? [id] : []);
        reveal([id], false);
      },
      keepInView: (ids) => reveal(ids, true),
      keepOnly(exists) {
        get().select(get().elements.filter(exists), get().connections.filter(exists));
      },
    };
  });
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}
