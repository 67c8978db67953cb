/** Canvas services of the workbench: the stores and commands as the canvas sees them. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { connectEnds, freePlace, insertElement, renameElement } from '../commands/element-gestures.ts';
import { openDropped } from '../commands/file-gestures.ts';
import { setParameter } from '../commands/parameter-gestures.ts';
import { addRecording, plotElement } from '../commands/plot-gestures.ts';
import type { PlotServices } from '../plots/plot-services.ts';
import { storePart } from '../plots/store-readable.ts';
import type { Services } from '../stores/services.ts';
import type { BlockMark } from './canvas-nodes.ts';
import type { CanvasCommands, CanvasServices } from './canvas-services.ts';
import { createLivePictures } from './live-pictures.ts';

export function createCanvasServices(services: Services, plots: PlotServices): CanvasServices {
  const { session, selection, document } = services;
  return {
    catalogue: services.catalogue,
    document: storePart(
      document,
      (state) => [state.document],
      (value) => value,
    ),
    project: storePart(
      document,
      (state) => [state.serial],
      (serial) => serial,
    ),
    selection: storePart(
      selection,
      (state) => [state.elements, state.connections],
      (elements, connections) => ({ elements, connections }),
    ),
    marks: storePart(services.problems, (state) => [state.byElement], marksOf),
    reveal: storePart(
      selection,
      (state) => [state.reveal],
      (reveal) => reveal,
    ),
    request: storePart(
      session,
      (state) => [state.request],
      (request) => request,
    ),
    focus: storePart(
      session,
      (state) => [state.focus],
      (focus) => (focus?.target === 'canvas' ? focus.serial : 0),
    ),
    run: plots.run,
    figures: plots.figures,
    pictures: createLivePictures(plots),
    commands: commandsOf(services),
    select: ({ elements, connections }) => selection.getState().select(elements, connections),
    focusCanvas: () => session.getState().focusOn('canvas'),
    freePlace: () => freePlace(services),
    announce: (text) => session.getState().say(text),
    dropFiles(files) {
      for (const file of files)
        void file.arrayBuffer().then((bytes) => openDropped(services, file.name, new Uint8Array(bytes)));
    },
  };
}

function commandsOf(services: Services): CanvasCommands {
  const { document, documents } = services;
  return {
    addElement(kind, place, options) {
      const id = insertElement(services, kind, place, options);
      return id in document.getState().document.elements ? id : undefined;
    },
    moveElements: (positions, gesture) =>
      void documents.dispatch({ type: 'element.move', positions: { ...positions } }, gesture),
    connect: (from, to) => void connectEnds(services, from, to),
    rename: (id, name) => void renameElement(services, id, name),
    setParameter: (id, name, value) => setParameter(services, 'element', [id], name, value),
    addNote: (note) =>
      void documents.dispatch({ type: 'note.set', id: createIdentifier('no', services.random.bytes), note }),
    setNote: ({ id, ...note }) =>
      void documents.dispatch({ type: 'note.set', id, note: note.text === '' ? null : note }),
    plotElement: (id) => plotElement(services, id),
    plotOutput: ({ element, port }, plot) => addRecording(services, { element, target: port, cells: null }, plot),
  };
}

/** The worst problem of each element; infos leave no mark. */
function marksOf(byElement: ReadonlyMap<string, readonly Problem[]>): ReadonlyMap<string, BlockMark> {
  const marks = new Map<string, BlockMark>();
  for (const [element, problems] of byElement) {
    const worst =
      problems.find((found) => found.severity === 'error') ?? problems.find((found) => found.severity === 'warning');
    if (worst !== undefined)
      marks.set(element, {
        severity: worst.severity === 'error' ? 'error' : 'warning',
        text: worst.message,
        stopped: worst.fault !== undefined,
      });
  }
  return marks;
}
