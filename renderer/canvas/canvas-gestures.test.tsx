import fc from 'fast-check';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import { defined } from '../../engine/base/assert.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { CanvasServicesContext } from './canvas-services.ts';
import { createFakeCanvas, type FakeCanvas } from './fake-canvas.test-support.ts';
import { neuron, poisson, reservoir, series } from './sample-kinds.test-support.ts';
import { useFlowContent, type FlowContent } from './use-flow-content.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

interface Mounted {
  readonly canvas: FakeCanvas;
  content(): FlowContent;
  unmount(): void;
}

function mount(canvas = createFakeCanvas()): Mounted {
  let latest: FlowContent | undefined;
  const Harness = (): null => ((latest = useFlowContent()), null);
  const root = createRoot(document.createElement('div'));
  act(() =>
    root.render(
      <CanvasServicesContext value={canvas}>
        <Harness />
      </CanvasServicesContext>,
    ),
  );
  return { canvas, content: () => defined(latest, 'the harness was drawn'), unmount: () => act(() => root.unmount()) };
}

/** What the canvas has to show, told from the document without the code under test. */
function expected(document: SpikeloomDocument, selected: readonly string[]) {
  return {
    nodes: Object.keys(document.elements).map((id) => [id, document.view.positions[id], selected.includes(id)]),
    edges: Object.values(document.connections).map(({ id, from, to }) => [
      id,
      from.element,
      from.port,
      to.element,
      to.port,
    ]),
  };
}

function shown({ nodes, edges }: FlowContent) {
  return {
    nodes: nodes.map((node) => [node.id, node.position, node.selected]),
    edges: edges.map((edge) => [edge.id, edge.source, edge.sourceHandle, edge.target, edge.targetHandle]),
  };
}

const kinds = [poisson, series, reservoir, neuron];
const place = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
const pick = fc.nat(30);
const gesture = fc.oneof(
  fc.record({
    sort: fc.constant('insert' as const),
    kind: fc.nat(3),
    place,
    onto: fc.option(pick, { nil: undefined }),
  }),
  fc.record({
    sort: fc.constant('drag' as const),
    which: fc.array(pick, { minLength: 1, maxLength: 3 }),
    path: fc.array(place, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    sort: fc.constant('dragUndone' as const),
    which: pick,
    path: fc.array(place, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ sort: fc.constant('connect' as const), from: pick, to: pick }),
  fc.record({ sort: fc.constant('remove' as const), which: pick }),
  fc.record({ sort: fc.constant('select' as const), which: pick, selected: fc.boolean() }),
  fc.record({ sort: fc.constant('undo' as const) }),
);
type Gesture = typeof gesture extends fc.Arbitrary<infer G> ? G : never;

function perform(mounted: Mounted, made: Gesture): void {
  const { canvas, content } = mounted;
  const ids = Object.keys(canvas.document.get().elements);
  const chosen = (index: number): string | undefined => ids[index % Math.max(ids.length, 1)];
  const drag = (which: readonly string[], path: readonly { x: number; y: number }[], dragging: boolean): void => {
    for (const position of path)
      act(() => content().changeNodes(which.map((id) => ({ id, type: 'position' as const, position, dragging }))));
  };
  switch (made.sort) {
    case 'insert': {
      const splice = made.onto === undefined ? undefined : Object.keys(canvas.document.get().connections)[made.onto];
      return act(() => void canvas.commands.addElement(kinds[made.kind]?.id ?? '', made.place, { splice }));
    }
    case 'drag': {
      const which = [...new Set(made.which.map(chosen).filter((id) => id !== undefined))];
      drag(which, made.path, true);
      return drag(which, made.path.slice(-1), false);
    }
    case 'dragUndone': {
      const id = chosen(made.which);
      if (id === undefined) return;
      drag([id], made.path, true);
      act(() => canvas.undo());
      return drag([id], made.path.slice(-1), false);
    }
    case 'connect':
      return act(() => connectAny(canvas, chosen(made.from), chosen(made.to)));
    case 'remove': {
      const id = chosen(made.which);
      return id === undefined ? undefined : act(() => canvas.dispatch({ type: 'element.remove', ids: [id] }));
    }
    case 'select': {
      const id = chosen(made.which);
      return id === undefined
        ? undefined
        : act(() => content().changeNodes([{ id, type: 'select', selected: made.selected }]));
    }
    case 'undo':
      return act(() => canvas.undo());
  }
}

function connectAny(canvas: FakeCanvas, from: string | undefined, to: string | undefined): void {
  const kindOf = (id = '') => canvas.catalogue.find(canvas.document.get().elements[id]?.kind ?? '');
  const output = kindOf(from)?.outputs[0];
  const input = kindOf(to)?.inputs[0];
  if (output === undefined || input === undefined) return;
  canvas.commands.connect({ element: from ?? '', port: output.name }, { element: to ?? '', port: input.name });
}

describe('the canvas', () => {
  it('equals the document after any gestures', () => {
    fc.assert(
      fc.property(fc.array(gesture, { minLength: 1, maxLength: 40 }), (gestures) => {
        const mounted = mount();
        try {
          for (const made of gestures) {
            perform(mounted, made);
            const { canvas } = mounted;
            expect(shown(mounted.content())).toEqual(expected(canvas.document.get(), canvas.selection.get().elements));
          }
        } finally {
          mounted.unmount();
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows a block where it is dragged, while the document waits for the drop', () => {
    const { canvas, content, unmount } = mount();
    act(() => void canvas.commands.addElement('neurons/lif', { x: 0, y: 0 }));
    const id = Object.keys(canvas.document.get().elements)[0] ?? '';
    act(() => content().changeNodes([{ id, type: 'position', position: { x: 70.4, y: 3 }, dragging: true }]));
    expect(content().nodes[0]?.position).toEqual({ x: 70, y: 3 });
    expect(canvas.document.get().view.positions[id]).toEqual({ x: 0, y: 0 });
    act(() => content().changeNodes([{ id, type: 'position', position: { x: 70.4, y: 3 }, dragging: false }]));
    expect(canvas.document.get().view.positions[id]).toEqual({ x: 70, y: 3 });
    unmount();
  });
});

it('a note that is dropped elsewhere stands there, in one step of the history', () => {
  const canvas = createFakeCanvas();
  const note = { id: 'look', text: 'Look', x: 0, y: 0, width: 200 };
  canvas.commands.setNote(note);
  const { content, unmount } = mount(canvas);
  const [id] = content().nodes.map((node) => node.id);
  act(() => content().changeNodes([{ type: 'position', id: id ?? '', position: { x: 7.4, y: 9 }, dragging: false }]));
  expect(canvas.document.get().view.notes).toEqual([{ ...note, x: 7, y: 9 }]);
  expect(content().nodes[0]?.position).toEqual({ x: 7, y: 9 });
  act(() => canvas.undo());
  expect(canvas.document.get().view.notes).toEqual([note]);
  unmount();
});
