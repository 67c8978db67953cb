/** Recurrent rate units with input and output weights (Rockpool 1.0.7 RecRateEulerJax). */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { activationParameter, activationText } from './activation.ts';
import { cellConstants, cellVector, emitProduct, ioWeights } from './io-weights.ts';
import { matrixShape } from './weights.ts';

export const recRateIo: ElementKind = {
  id: 'layers/rec-rate-io',
  family: 'layers',
  title: 'Recurrent rate layer with readout',
  summary: 'Trainable rate units with input, recurrent and output weights.',
  keywords: ['rockpool', 'RecRateEulerJax', 'rate', 'recurrent', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of units; follows from the weights where they are given.' },
    quantity('tau', 'time constant', 100, 'ms', 'Time constant of the units; at least one time step.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('bias', 'bias', 0, '1', 'Constant input of each unit.', { perCell: true }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to the input in every step.', {
      minimum: 0,
    }),
    activationParameter('relu'),
    matrix('w_in', 'input weights', '1', 'Weights [inputs, units]; drawn from a normal distribution when absent.'),
    matrix(
      'w_recurrent',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
    matrix('w_out', 'output weights', '1', 'Weights [units, outputs]; one output with drawn weights when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [
    { name: 'out', title: 'readout', type: 'continuous', unit: '1' },
    { name: 'activity', title: 'activity H(v)', type: 'continuous', unit: '1' },
    { name: 'drive', title: 'weighted input', type: 'continuous', unit: '1' },
    { name: 'recurrent', title: 'recurrent input', type: 'continuous', unit: '1' },
  ],
  states: [{ name: 'v', title: 'state', unit: '1' }],
  equations: [
    'a = H(v)',
    'v += dt / tau · (−v + x · w_in + bias + noise + a · w_recurrent)',
    'out = a · w_out, taken before the step',
  ],
  source: 'Rockpool 1.0.7, RecRateEulerJax',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_recurrent')?.[1] ?? parameters.number('size');
    const out = matrixShape(parameters, 'w_out')?.[1] ?? 1;
    return ok({ outputs: { out, activity: cells, drive: cells, recurrent: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_recurrent')?.[1] ?? builder.number('size');
    const connected = builder.inputSize('in');
    const inputs = connected === 0 ? (matrixShape(builder, 'w_in')?.[0] ?? 1) : connected;
    const outputs = matrixShape(builder, 'w_out')?.[1] ?? 1;
    return andThen(ioWeights(builder, { inputs, cells, outputs }), ([w_in = '', w_recurrent = '', w_out = '']) =>
      mapResult(expandUnits(builder, cells), ({ activity, drive, recurrent }) => {
        const from = { vector: builder.input('in'), inputs: Math.max(1, connected) };
        emitProduct(builder, 'drive', { ...from, matrix: w_in, result: drive, outputs: cells });
        const vector = activity;
        emitProduct(builder, 'recurrent', {
          ...{ vector, inputs: cells },
          ...{ matrix: w_recurrent, result: recurrent, outputs: cells },
        });
        const out = builder.signal({ name: 'out', shape: [outputs], initial: 0, role: 'transient' });
        emitProduct(builder, 'out', { vector, inputs: cells, matrix: w_out, result: out, outputs });
        for (const [port, signal] of Object.entries({ out, drive, recurrent })) builder.output(port, signal);
      }),
    );
  },
};

interface Units {
  readonly activity: string;
  readonly drive: string;
  readonly recurrent: string;
}

/** The units; constants of units are signals of their own, so that they can be trained. */
function expandUnits(builder: ElementBuilder, cells: number): Result<Units> {
  const [drive, recurrent] = [cellVector(builder, 'drive', cells), cellVector(builder, 'recurrent', cells)];
  const noise = builder.number('noise_std') > 0 ? ' + noise_std*noise' : '';
  return andThen(cellConstants(builder, ['tau', 'bias'], cells), ([tau = '', bias = '']) =>
    mapResult(
      expandPopulation(builder, {
        cells,
        model: 'v : 1',
        method: 'discrete',
        update: `v = v + dt/tau*(-v + drive + bias${noise} + recurrent)`,
        parameters: ['noise_std'],
        noise: ['noise'],
        inputs: {
          drive: { signal: drive, unit: '1' },
          recurrent: { signal: recurrent, unit: '1' },
          tau: { signal: tau, unit: 'second' },
          bias: { signal: bias, unit: '1' },
        },
        initial: { v: 0 },
        outputs: { activity: activationText(builder.text('activation'), 'v') },
      }),
      ({ outputs }) => ({ activity: outputs['activity'] ?? '', drive, recurrent }),
    ),
  );
}
