/** A canvas' services over a document in memory, for tests: edits are applied for real. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { applyEdit } from '../../engine/model/edits/apply-edit.ts';
import { canConnect } from '../../engine/model/connections.ts';
import { batch, type Edit, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { RunView } from '../plots/plot-services.ts';
import { createValue } from '../plots/value.test-support.ts';
import type { BlockMark } from './canvas-nodes.ts';
import type { CanvasSelection, CanvasServices } from './canvas-services.ts';
import { sampleCatalogue } from './sample-kinds.test-support.ts';

export interface FakeCanvas extends CanvasServices {
  dispatch(edit: Edit): void;
  undo(): void;
  readonly said: string[];
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
    project: createValue(0),
    selection,
    marks: createValue<ReadonlyMap<string, BlockMark>>(new Map()),
    run: createValue(idleRun),
    figures: createValue(idleRun),
    reveal: createValue(undefined),
    request: createValue(undefined),
    focus: createValue(0),
    pictures: { add: () => ({ dispose: () => undefined }) },
    commands: {
      addElement(kind, place, options = {}) {
        const id = newId('el');
        const edits: SingleEdit[] = [
          { type: 'element.add', element: { id, kind, name: id, parameters: {} }, position: place },
        ];
        const cut = document.get().connections[options.splice ?? ''];
        if (cut !== undefined) edits.push({ type: 'connection.remove', ids: [cut.id] });
        dispatch(batch(edits));
        return id;
      },
      moveElements: (places) => dispatch({ type: 'element.move', positions: { ...places } }),
      addNote: (note) => dispatch({ type: 'note.set', id: newId('no'), note }),
      setNote: ({ id, ...note }) => dispatch({ type: 'note.set', id, note: note.text === '' ? null : note }),
      connect(from, to) {
        if (canConnect(document.get(), sampleCatalogue, from, to) !== undefined) return;
        dispatch({
          type: 'connection.add',
          connection: { id: newId('cn'), kind: 'connectors/wire', from, to, parameters: {} },
        });
      },
      rename: (id, name) => dispatch({ type: 'element.rename', id, name }),
      setParameter: (id, name, value) => (dispatch({ type: 'element.setParameter', id, name, value }), []),
      plotElement: () => undefined,
      plotOutput: () => undefined,
    },
    select: (next) => selection.set(next),
    focusCanvas: () => void said.push('canvas'),
    freePlace: () => ({ x: 0, y: 0 }),
    announce: (text) => void said.push(text),
    dropFiles: () => undefined,
    dispatch,
    undo() {
      const before = past.pop();
      if (before !== undefined) document.set(before);
    },
    said,
  };
}
