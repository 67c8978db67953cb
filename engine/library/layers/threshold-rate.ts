/** Rate units with thresholds, feed-forward or recurrent, that show their state after the step (Rockpool 2 Rate). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { choice, matrix, quantity } from '../specs.ts';
import { cellVector } from './io-weights.ts';
import { layProduct, rateCalculation } from './layer-weights.ts';
import { matrixShape, weightMatrix } from './weights.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';

/** Texts of the activations over the distance `u` from the threshold. */
const activations: Readonly<Record<string, string>> = {
  relu: 'clip(u, 0, inf)',
  tanh: 'tanh(u)',
  sigmoid: '(tanh(u) + 1)/2',
};

export const thresholdRate: ElementKind = {
  id: 'layers/threshold-rate',
  family: 'layers',
  title: 'Rate layer with thresholds',
  summary: 'Leaky rate units, one input channel per unit, with thresholds and optional recurrent weights.',
  keywords: ['rockpool 2', 'Rate', 'rate', 'recurrent', 'threshold'],
  parameters: [
    sizeOfInput,
    quantity('tau', 'time constant', 20, 'ms', 'Time constant of the units; those below ten time steps count as ten.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('bias', 'bias', 0, '1', 'Constant input of each unit.', { perCell: true }),
    quantity('threshold', 'threshold', 0, '1', 'Where the activation begins.', { perCell: true, favourite: true }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to the input, per √s.', {
      minimum: 0,
    }),
    choice(
      'activation',
      'activation',
      'relu',
      [
        { value: 'relu', title: 'ReLU: max(0, u)' },
        { value: 'tanh', title: 'tanh' },
        { value: 'sigmoid', title: 'sigmoid: (tanh u + 1) / 2' },
      ],
      'What turns the distance u from the threshold into the output.',
    ),
    matrix('w_rec', 'recurrent weights', '1', 'Weights [from, to]; the layer is feed-forward when absent.'),
    ...rateCalculation,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [
    { name: 'out', title: 'rate', type: 'continuous', unit: '1' },
    { name: 'activity', title: 'rate before the step', type: 'continuous', unit: '1' },
    { name: 'recurrent', title: 'recurrent input', type: 'continuous', unit: '1' },
  ],
  states: [{ name: 'v', title: 'state', unit: '1' }],
  equations: [
    'v += dt / max(tau, 10 dt) · (−v + x + noise + bias + F(v − threshold) · w_rec)',
    'out = F(v − threshold), after the step',
  ],
  source: 'Rockpool 2.9.2.2, Rate',
  defaultProbe: 'out',
  sizes(request) {
    const cells = matrixShape(request.parameters, 'w_rec')?.[1] ?? cellsAsked(request);
    return ok({ outputs: { out: cells, activity: cells, recurrent: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_rec')?.[1] ?? cellsOfInput(builder);
    const activation = (activations[builder.text('activation')] ?? 'u').replace('u', '(v - threshold)');
    const noise = builder.number('noise_std') > 0 ? ' + noise_std*sqrt(dt/second)*noise' : '';
    return andThen(inputPerCell(builder, 'in', cells), (x) => {
      const recurrent = cellVector(builder, 'recurrent', cells);
      builder.output('recurrent', recurrent);
      const expanded = expandPopulation(builder, {
        cells,
        model: 'v : 1',
        method: 'discrete',
        update: `v = v + (-v + x${noise} + bias + recurrent)*(dt/clip(tau, 10*dt, inf*second))`,
        parameters: ['tau', 'bias', 'threshold', 'noise_std'],
        noise: ['noise'],
        inputs: { x: { signal: x, unit: '1' }, recurrent: { signal: recurrent, unit: '1' } },
        initial: { v: 0 },
        outputs: { activity: activation },
        outputsAfter: { out: activation },
      });
      return andThen(expanded, ({ outputs }) => {
        if (builder.array('w_rec') === null) return ok(undefined);
        return mapResult(weightMatrix(builder, 'w_rec', [cells, cells], 0, '1'), (given) => {
          const vector = outputs['activity'] ?? '';
          layProduct(builder, { name: 'recurrent/product', matrix: given, vector, result: recurrent, access: 'sets' });
        });
      });
    });
  },
};
