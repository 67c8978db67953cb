import { describe, expect, it } from 'vitest';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { blockHeight, blockWidth } from './block-geometry.ts';
import { edgesOf, nodesOf, type CanvasState } from './canvas-nodes.ts';
import { createKeeper } from './keep-unchanged.ts';
import { sampleCatalogue } from './sample-kinds.test-support.ts';

const document: SpikeloomDocument = {
  format: 'spikeloom',
  versions: {},
  name: 'test',
  run: { timeStep: { value: 0.1, unit: 'ms' }, duration: null, seed: 1, speed: null },
  elements: {
    p: { id: 'p', kind: 'stimuli/poisson', name: 'Poisson', parameters: { size: 80 } },
    n: { id: 'n', kind: 'neurons/lif', name: 'E', parameters: {} },
    u: { id: 'u', kind: 'neurons/from-the-future', name: 'U', parameters: {} },
  },
  connections: {
    c: {
      id: 'c',
      kind: 'connectors/sparse-random',
      from: { element: 'p', port: 'spikes' },
      to: { element: 'n', port: 'synapses' },
      parameters: {},
    },
    i: {
      id: 'i',
      kind: 'connectors/sparse-random',
      from: { element: 'n', port: 'spikes' },
      to: { element: 'n', port: 'synapses' },
      parameters: { weight: { value: -1, unit: 'mV' }, delay: { value: 0, unit: 'ms' } },
    },
    x: {
      id: 'x',
      kind: 'connectors/wire',
      from: { element: 'u', port: 'q' },
      to: { element: 'n', port: 'synapses' },
      parameters: {},
    },
    gone: {
      id: 'gone',
      kind: 'connectors/wire',
      from: { element: 'nobody', port: 'q' },
      to: { element: 'n', port: 'synapses' },
      parameters: {},
    },
  },
  probes: {},
  arrays: {},
  view: { positions: { p: { x: 10, y: 20 } }, plots: [] },
};
const state: CanvasState = { document, catalogue: sampleCatalogue, selected: new Set(['n', 'c']), marks: new Map() };

describe('nodes of a document', () => {
  it('are its elements with their places, sizes and selection', () => {
    const nodes = nodesOf(state);
    expect(nodes.map((node) => [node.id, node.position, node.selected])).toEqual([
      ['p', { x: 10, y: 20 }, false],
      ['n', { x: 0, y: 0 }, true],
      ['u', { x: 0, y: 0 }, false],
    ]);
    expect(nodes[0]?.measured).toEqual({
      width: blockWidth,
      height: blockHeight(sampleCatalogue.find('stimuli/poisson'), false),
    });
  });

  it('give a placeholder the ports its wires name', () => {
    expect(nodesOf(state)[2]?.handles?.map((handle) => [handle.type, handle.id])).toEqual([['source', 'q']]);
  });
});

describe('edges of a document', () => {
  it('are its connections, without those whose element is missing', () => {
    expect(
      edgesOf(state).map((edge) => [edge.id, edge.source, edge.sourceHandle, edge.target, edge.targetHandle]),
    ).toEqual([
      ['c', 'p', 'spikes', 'n', 'synapses'],
      ['i', 'n', 'spikes', 'n', 'synapses'],
      ['x', 'u', 'q', 'n', 'synapses'],
    ]);
  });

  it('say how many synapses, with which probability, weight and delay', () => {
    const [excitatory, inhibitory] = edgesOf(state);
    expect(excitatory?.data?.look).toMatchObject({
      inhibitory: false,
      delayed: true,
      recurrent: false,
      label: '800 synapses · p 0.1 · 500 µV · 1.5 ms',
    });
    expect(inhibitory?.data?.look).toMatchObject({ inhibitory: true, delayed: false, recurrent: true });
    expect(inhibitory?.data?.look.thickness).toBeGreaterThan(excitatory?.data?.look.thickness ?? Infinity);
  });
});

it('marks the wire of a connection that has a problem', () => {
  const mark = { severity: 'error', text: 'not a number' } as const;
  const [first, second] = edgesOf({ ...state, marks: new Map([['c', mark]]) });
  expect(first?.data?.mark).toEqual(mark);
  expect(first?.ariaLabel).toMatch(/^Poisson to E, .*, not a number$/);
  expect(second?.data?.mark).toBeUndefined();
});

describe('unchanged entries', () => {
  it('stay the same objects, so that only what changed is drawn again', () => {
    const keep = createKeeper<ReturnType<typeof nodesOf>[number]>();
    const before = keep(nodesOf(state));
    const moved = { ...document, view: { ...document.view, positions: { p: { x: 11, y: 20 } } } };
    const after = keep(nodesOf({ ...state, document: moved }));
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
  });
});
