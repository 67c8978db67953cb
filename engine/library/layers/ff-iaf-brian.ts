/** Feed-forward integrate-and-fire layer driven by weighted currents (Rockpool 1.0.7 FFIAFBrian). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, matrix, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { brianIafParameters, brianMembrane, currentInput } from './brian-iaf.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const ffIafBrian: ElementKind = {
  id: 'layers/ff-iaf-brian',
  family: 'layers',
  title: 'IAF layer',
  summary: 'Leaky integrate-and-fire cells driven by weighted input currents.',
  keywords: ['rockpool', 'FFIAFBrian', 'LIF', 'integrate and fire', 'spiking'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...brianIafParameters(15),
    flag('leak', 'leak', true, 'Without leak the membrane is a pure integrator (eqNeuronCLIAFFF).', {
      group: 'Membrane',
    }),
    matrix(
      'weights',
      'input weights',
      'mA',
      'Weights [inputs, cells] turning the input into currents; drawn when absent.',
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [{ name: 'v', title: 'membrane potential', unit: 'V' }],
  equations: [
    'dv/dt = (v_rest − v + r_m · I) / tau_mem',
    'I = x · W + bias + noise',
    'v > v_thresh → spike, v = v_reset',
  ],
  source: 'Rockpool 1.0.7, FFIAFBrian',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'weights');
    const cells = shape?.[1] ?? builder.number('size');
    const channels = Math.max(1, builder.inputSize('in'));
    const inputs = builder.inputSize('in') === 0 ? (shape?.[0] ?? channels) : channels;
    return andThen(weightSignal(builder, 'weights', [inputs, cells], 0.01 / Math.sqrt(inputs), 'A'), (weights) => {
      const current = (suffix: string, vector: string) => {
        const result = builder.signal({
          name: `current${suffix}`,
          shape: [cells],
          initial: 0,
          role: 'transient',
          unit: 'A',
        });
        const product = {
          vector,
          matrix: weights,
          result,
          inputs: channels,
          outputs: cells,
          transposed: false,
          accumulate: false,
        };
        builder.operator({
          name: `current${suffix}/product`,
          slot: 'inputs',
          reads: [vector, weights],
          sets: [result],
          body: denseProduct(product),
        });
        return result;
      };
      const input = currentInput(current('', builder.input('in')), current('_ahead', builder.inputAhead('in')));
      const membrane = {
        cells,
        more: '',
        synapticCurrent: undefined,
        parameters: [],
        input,
        leak: builder.flag('leak'),
        initial: {},
      };
      return mapResult(expandPopulation(builder, brianMembrane(builder, membrane)), () => undefined);
    });
  },
};
