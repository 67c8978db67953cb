import { describe, expect, it } from 'vitest';
import { connectionKindOf } from './connection-kind.ts';
import type { KindDescriptor } from './kind.ts';

const blank = {
  title: '',
  summary: '',
  keywords: [],
  parameters: [],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: '',
} as const;
const port = (name: string, unit: string) =>
  ({ name, title: name, types: ['spikes'], accepts: 'synapses', unit }) as const;
const neuron: KindDescriptor = { ...blank, id: 'n', family: 'neurons', inputs: [port('i', 'A'), port('g', 'S')] };
const connector: KindDescriptor = {
  ...blank,
  id: 'c',
  family: 'connectors',
  parameters: [
    { name: 'weight', title: 'weight', description: '', type: 'quantity', unit: 'nA', default: 1 },
    { name: 'delay', title: 'delay', description: '', type: 'quantity', unit: 'ms', default: 0 },
  ],
};
const catalogue = { find: (id: string) => [neuron, connector].find((kind) => kind.id === id) };
const elements = { target: { id: 'target', kind: 'n', name: 'T', parameters: {} } };
const kindAt = (element: string, input: string) =>
  connectionKindOf(catalogue, elements, {
    id: 'x',
    kind: 'c',
    from: { element: 'source', port: 'spikes' },
    to: { element, port: input },
    parameters: {},
  });

describe('the kind of a connection', () => {
  it('gives the weight the unit of the port, and leaves the rest', () => {
    const found = kindAt('target', 'g');
    expect(found?.parameters.map(({ name, unit }) => [name, unit])).toEqual([
      ['weight', 'nS'],
      ['delay', 'ms'],
    ]);
    expect(kindAt('target', 'g')).toBe(found);
  });

  it('is that of the catalogue where the unit fits or the target is not known', () => {
    expect(kindAt('target', 'i')).toBe(connector);
    expect(kindAt('nobody', 'g')).toBe(connector);
    expect(kindAt('target', 'none')).toBe(connector);
  });
});
