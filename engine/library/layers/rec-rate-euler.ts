/** Recurrent rate layer with forward Euler integration (Rockpool 1.0.7 RecRateEuler). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { matrix as matrixParameter, quantity, sizeParameter } from '../specs.ts';
import { activationParameter, activationText, rateNoise } from './activation.ts';
import { inputPerCell } from './input-per-cell.ts';
import { layProduct, rateCalculation } from './layer-weights.ts';
import { matrixShape, weightMatrix } from './weights.ts';

export const recRateEuler: ElementKind = {
  id: 'layers/rec-rate-euler',
  family: 'layers',
  title: 'Recurrent rate layer',
  summary: 'Leaky rate units with recurrent weights; the input is added unit by unit.',
  keywords: ['rockpool', 'RecRateEuler', 'rate', 'recurrent'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of units; follows from the weights where they are given.' },
    quantity('tau', 'time constant', 100, 'ms', 'Time constant of the units; at least ten time steps.', {
      perCell: true,
      exclusiveMinimum: 0,
      minimumSteps: 10,
      favourite: true,
    }),
    quantity('bias', 'bias', 0, '1', 'Added to the state inside the activation.', { perCell: true }),
    quantity('noise_std', 'noise', 0, '1', 'Stationary standard deviation of the state under noise alone.', {
      minimum: 0,
    }),
    quantity(
      'gain',
      'recurrent gain',
      0.9,
      '1',
      'Spectral scale of drawn recurrent weights: their deviation is gain/√units.',
      { minimum: 0 },
    ),
    activationParameter('relu'),
    matrixParameter(
      'weights',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
    ...rateCalculation,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'rate', type: 'continuous', unit: '1' }],
  states: [{ name: 'v', title: 'state', unit: '1' }],
  equations: ['a = H(v + bias)', 'dv/dt = (−v + x + a · W + noise) / tau', 'out = a, taken before the step'],
  source: 'Rockpool 1.0.7, RecRateEuler',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { out: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    const deviation = builder.number('gain') / Math.sqrt(cells);
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      andThen(weightMatrix(builder, 'weights', [cells, cells], deviation, '1'), (matrix) => {
        const recurrent = builder.signal({ name: 'recurrent', shape: [cells], initial: 0, role: 'transient' });
        return andThen(
          expandPopulation(builder, {
            cells,
            model: `dv/dt = (-v + x + recurrent${rateNoise(builder)})/tau : 1`,
            method: 'euler',
            parameters: ['tau', 'bias', 'noise_std'],
            inputs: { x: { signal: input, unit: '1' }, recurrent: { signal: recurrent, unit: '1' } },
            noise: ['noise'],
            initial: { v: 0 },
            outputs: { out: activationText(builder.text('activation'), 'v + bias') },
          }),
          ({ outputs }) => {
            if (matrix.synapses === 0) return ok(undefined); // nothing recurs
            const vector = outputs['out'] ?? '';
            layProduct(builder, { name: 'recurrent/product', matrix, vector, result: recurrent, access: 'sets' });
            return ok(undefined);
          },
        );
      }),
    );
  },
};
