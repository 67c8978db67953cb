/** A small catalogue of kinds for tests of the model: one kind for each thing that validation looks at. */
import { createRegistry } from '../../base/registry.ts';
import type { KindCatalogue, KindDescriptor, ParameterSpec } from '../kind.ts';

const bare = {
  keywords: [],
  parameters: [],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'test',
} as const;

function parameter(
  name: string,
  type: ParameterSpec['type'],
  rest: Partial<ParameterSpec> & Pick<ParameterSpec, 'default'>,
): ParameterSpec {
  return { name, title: name, description: name, type, ...rest };
}

const kinds: readonly KindDescriptor[] = [
  {
    ...bare,
    id: 'stimuli/poisson',
    family: 'stimuli',
    title: 'Poisson',
    summary: 'Random spikes',
    parameters: [parameter('rate', 'quantity', { unit: 'Hz', default: 20, minimum: 0, perCell: true })],
    outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
  },
  {
    ...bare,
    id: 'stimuli/series',
    family: 'stimuli',
    title: 'Series',
    summary: 'Numbers over time',
    parameters: [
      parameter('series', 'series', { unit: '1', default: null }),
      parameter('interpolate', 'boolean', { default: false }),
      parameter('note', 'text', { default: '' }),
    ],
    outputs: [{ name: 'output', title: 'values', type: 'continuous', unit: '1' }],
  },
  {
    ...bare,
    id: 'neurons/lif',
    family: 'neurons',
    title: 'LIF population',
    summary: 'Leaky integrate and fire',
    parameters: [
      parameter('size', 'integer', { default: 100, minimum: 1, maximum: 1_000_000 }),
      parameter('tau_mem', 'quantity', { unit: 'ms', default: 20, exclusiveMinimum: 0, perCell: true }),
      parameter('v_thresh', 'quantity', { unit: 'mV', default: -50, maximum: 0 }),
      parameter('scale', 'quantity', { unit: '1', default: 1 }),
      parameter('reset', 'choice', {
        default: 'zero',
        choices: [
          { value: 'zero', title: 'zero' },
          { value: 'subtract', title: 'subtract' },
        ],
      }),
    ],
    inputs: [
      { name: 'synapses', title: 'synapses', types: ['spikes'], accepts: 'synapses', unit: 'A' },
      { name: 'current', title: 'current', types: ['continuous', 'spikes'], accepts: 'channels', unit: 'A' },
    ],
    outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
    states: [{ name: 'v', title: 'membrane potential', unit: 'V' }],
  },
  {
    ...bare,
    id: 'layers/reservoir',
    family: 'layers',
    title: 'Reservoir',
    summary: 'Random recurrent rates',
    parameters: [parameter('weights', 'matrix', { unit: '1', default: null, minimum: -10, maximum: 10 })],
    inputs: [{ name: 'input', title: 'input', types: ['continuous'], accepts: 'channels', unit: '1', required: true }],
    outputs: [{ name: 'state', title: 'state', type: 'continuous', unit: '1' }],
  },
  { ...bare, id: 'connectors/wire', family: 'connectors', title: 'Wire', summary: 'Channels side by side' },
  {
    ...bare,
    id: 'connectors/sparse-random',
    family: 'connectors',
    title: 'Sparse random',
    summary: 'Each pair with probability p',
    parameters: [
      parameter('probability', 'quantity', { unit: '1', default: 0.1, minimum: 0, maximum: 1 }),
      parameter('weight', 'quantity', { unit: 'nA', default: 0.5, perCell: true }),
    ],
  },
];

const registry = createRegistry('kind', kinds);

/** Arguments of the distributions that the fake catalogue knows. */
const distributions: Readonly<Record<string, readonly string[]>> = { normal: ['mean', 'deviation'] };

/** The catalogue. */
export const fakeCatalogue: KindCatalogue = {
  ...registry,
  distributionArguments: (id) => (Object.hasOwn(distributions, id) ? distributions[id] : undefined),
};
