/** A canvas' services over a document in memory, for tests: edits are applied for real. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { applyEdit } from '../../engine/model/edits/apply-edit.ts';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { RunView } from '../plots/plot-services.ts';
import type { Readable } from '../plots/readable.ts';
import { connectEdit, insertEdit } from './canvas-edits.ts';
import type { BlockMark } from './canvas-nodes.ts';
import type { CanvasSelection, CanvasServices } from './canvas-services.ts';
import { sampleCatalogue } from './sample-kinds.test-support.ts';

export interface FakeCanvas extends CanvasServices {
  dispatch(edit: Edit): void;
  undo(): void;
  readonly said: string[];
}

export function createValue<T>(initial: T): Readable<T> & { set(next: T): void } {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const idleRun: RunView = { state: 'ready', newestSeconds: 0, realTimeFactor: 0, probes: [], rates: {}, readouts: [] };

export function createFakeCanvas(initial: SpikeloomDocument = createEmptyDocument('test')): FakeCanvas {
  const document = createValue(initial);
  const selection = createValue<CanvasSelection>({ elements: [], connections: [] });
  const past: SpikeloomDocument[] = [];
  const said: string[] = [];
  let lastId = 0;
  const newId = (prefix: string): string => `${prefix}_${(lastId += 1)}`;
  const dispatch = (edit: Edit): void => {
    past.push(document.get());
    document.set(expectOk(applyEdit(document.get(), edit)).document);
  };
  return {
    catalogue: sampleCatalogue,
    document,
    selection,
    marks: createValue<ReadonlyMap<string, BlockMark>>(new Map()),
    run: createValue(idleRun),
    pictures: { add: () => ({ dispose: () => undefined }), dispose: () => undefined },
    commands: {
      addElement(kind, place, options = {}) {
        const insertion = insertEdit(document.get(), sampleCatalogue, { kind, place, ...options }, newId);
        if (insertion !== undefined) dispatch(insertion.edit);
        return insertion?.id;
      },
      moveElements: (places) => dispatch({ type: 'element.move', positions: { ...places } }),
      connect(from, to) {
        const edit = connectEdit(document.get(), sampleCatalogue, from, to, newId);
        if (edit !== undefined) dispatch(edit);
      },
      rename: (id, name) => dispatch({ type: 'element.rename', id, name }),
      setParameter: (id, name, value) => dispatch({ type: 'element.setParameter', id, name, value }),
      plotElement: () => undefined,
      plotOutput: () => undefined,
    },
    select: (next) => selection.set(next),
    openInspector: () => void said.push('inspector'),
    announce: (text) => void said.push(text),
    dropFiles: () => undefined,
    register: () => undefined,
    dispatch,
    undo() {
      const before = past.pop();
      if (before !== undefined) document.set(before);
    },
    said,
  };
}
