/** A few kinds and a catalogue for tests of the canvas; shaped like the library's. */
import type { KindCatalogue, KindDescriptor } from '../../engine/model/kind.ts';

const nothing = {
  keywords: [],
  parameters: [],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'test',
} as const;

export const poisson: KindDescriptor = {
  ...nothing,
  id: 'stimuli/poisson',
  family: 'stimuli',
  title: 'Poisson spikes',
  summary: 'Independent random spikes.',
  parameters: [
    { name: 'size', title: 'cells', description: '', type: 'integer', default: 100, favourite: true },
    { name: 'rate', title: 'rate', description: '', type: 'quantity', unit: 'Hz', default: 20, favourite: true },
  ],
  outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
  defaultProbe: 'spikes',
};

export const series: KindDescriptor = {
  ...nothing,
  id: 'stimuli/series',
  family: 'stimuli',
  title: 'Series from file',
  summary: 'Channels of a file, sample by sample.',
  keywords: ['csv', 'npz'],
  outputs: [{ name: 'out', title: 'channels', type: 'continuous', unit: '1' }],
};

export const reservoir: KindDescriptor = {
  ...nothing,
  id: 'layers/reservoir',
  family: 'layers',
  title: 'Rate reservoir',
  summary: 'Leaky tanh units with random recurrent weights.',
  keywords: ['ESN', 'res'],
  parameters: [{ name: 'size', title: 'units', description: '', type: 'integer', default: 500, favourite: true }],
  inputs: [{ name: 'in', title: 'input', types: ['continuous'], accepts: 'channels', unit: '1', required: true }],
  outputs: [{ name: 'out', title: 'rates', type: 'continuous', unit: '1' }],
  defaultProbe: 'out',
};

export const neuron: KindDescriptor = {
  ...nothing,
  id: 'neurons/lif',
  family: 'neurons',
  title: 'LIF',
  summary: 'Leaky integrate-and-fire cells.',
  parameters: [{ name: 'size', title: 'cells', description: '', type: 'integer', default: 100 }],
  inputs: [{ name: 'synapses', title: 'synapses', types: ['spikes'], accepts: 'synapses', unit: 'V' }],
  outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
  states: [{ name: 'v', title: 'membrane potential', unit: 'V' }],
};

export const sparse: KindDescriptor = {
  ...nothing,
  id: 'connectors/sparse-random',
  family: 'connectors',
  title: 'Sparse random',
  summary: 'Each pair with a probability.',
  parameters: [
    { name: 'probability', title: 'probability', description: '', type: 'quantity', unit: '1', default: 0.1 },
    { name: 'weight', title: 'weight', description: '', type: 'quantity', unit: 'mV', default: 0.5 },
    { name: 'delay', title: 'delay', description: '', type: 'quantity', unit: 'ms', default: 1.5 },
  ],
};

export const wire: KindDescriptor = {
  ...nothing,
  id: 'connectors/wire',
  family: 'connectors',
  title: 'Wire',
  summary: 'Channel by channel.',
};

const entries = [poisson, series, neuron, reservoir, sparse, wire];
export const sampleCatalogue: KindCatalogue = { entries, find: (id) => entries.find((kind) => kind.id === id) };
