import { describe, expect, it } from 'vitest';
import { searchKinds, type LooseWire } from './insert-search.ts';
import { neuron, poisson, reservoir, sampleCatalogue } from './sample-kinds.test-support.ts';

const titles = (text: string, wire?: LooseWire): string[] =>
  searchKinds(sampleCatalogue, text, wire).map((found) => found.kind.title);

describe('search-insert', () => {
  it('lists every kind of element in palette order while nothing is typed, but no connectors', () => {
    expect(titles('')).toEqual(['Poisson spikes', 'Series from file', 'LIF', 'Rate reservoir']);
  });

  it('finds by the beginning of the title first, then by keyword', () => {
    expect(titles('poi')).toEqual(['Poisson spikes']);
    expect(titles('ESN')).toEqual(['Rate reservoir']);
    expect(titles('csv')).toEqual(['Series from file']);
    expect(titles('nothing like it')).toEqual([]);
  });

  it('offers only kinds that a dragged wire fits, with the port it goes to', () => {
    const spikes = poisson.outputs[0];
    const wire: LooseWire = { side: 'output', element: 'p', port: spikes as NonNullable<typeof spikes> };
    expect(searchKinds(sampleCatalogue, '', wire)).toEqual([{ kind: neuron, port: 'synapses' }]);
  });

  it('works backwards from an input', () => {
    const input = reservoir.inputs[0];
    const wire: LooseWire = { side: 'input', element: 'r', port: input as NonNullable<typeof input> };
    expect(titles('', wire)).toEqual(['Series from file', 'Rate reservoir']);
  });
});
