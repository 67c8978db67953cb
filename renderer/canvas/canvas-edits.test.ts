import { describe, expect, it } from 'vitest';
import { createFakeCanvas } from './fake-canvas.test-support.ts';

const at = { x: 0, y: 0 };

describe('inserting', () => {
  it('names blocks apart and records what their picture shows', () => {
    const canvas = createFakeCanvas();
    const first = canvas.commands.addElement('layers/reservoir', at) ?? '';
    const second = canvas.commands.addElement('layers/reservoir', at) ?? '';
    const { elements, probes } = canvas.document.get();
    expect([elements[first]?.name, elements[second]?.name]).toEqual(['Rate reservoir', 'Rate reservoir 2']);
    expect(Object.values(probes).map(({ element, target, cells }) => [element, target, cells])).toEqual([
      [first, 'out', [0, 1, 2]],
      [second, 'out', [0, 1, 2]],
    ]);
  });

  it('is one step that undo takes back whole', () => {
    const canvas = createFakeCanvas();
    const before = canvas.document.get();
    canvas.commands.addElement('stimuli/poisson', at);
    canvas.undo();
    expect(canvas.document.get()).toBe(before);
  });

  it('connects at once to the wire in hand, with the connector that the port needs', () => {
    const canvas = createFakeCanvas();
    const source = canvas.commands.addElement('stimuli/poisson', at) ?? '';
    const target = canvas.commands.addElement('neurons/lif', at, { wire: { from: { element: source, port: 'spikes' }, port: 'synapses' } }) ?? '';
    expect(Object.values(canvas.document.get().connections)).toMatchObject([
      { kind: 'connectors/sparse-random', from: { element: source, port: 'spikes' }, to: { element: target, port: 'synapses' } },
    ]);
  });

  it('splices into a wire where both halves are legal, and leaves it alone where not', () => {
    const canvas = createFakeCanvas();
    const source = canvas.commands.addElement('stimuli/series', at) ?? '';
    const target = canvas.commands.addElement('layers/reservoir', at) ?? '';
    canvas.commands.connect({ element: source, port: 'out' }, { element: target, port: 'in' });
    const wire = Object.keys(canvas.document.get().connections)[0] ?? '';
    canvas.commands.addElement('neurons/lif', at, { splice: wire });
    expect(Object.keys(canvas.document.get().connections)).toEqual([wire]);
    const middle = canvas.commands.addElement('layers/reservoir', at, { splice: wire }) ?? '';
    expect(Object.values(canvas.document.get().connections).map(({ from, to }) => [from.element, to.element])).toEqual([
      [source, middle],
      [middle, target],
    ]);
  });
});

describe('connecting', () => {
  it('does nothing where the model forbids it', () => {
    const canvas = createFakeCanvas();
    const spikes = canvas.commands.addElement('stimuli/poisson', at) ?? '';
    const layer = canvas.commands.addElement('layers/reservoir', at) ?? '';
    canvas.commands.connect({ element: spikes, port: 'spikes' }, { element: layer, port: 'in' });
    expect(canvas.document.get().connections).toEqual({});
  });
});
