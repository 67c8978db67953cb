/** Recurrent LIF cells with input and output weights whose spikes are counts (Rockpool 1.0.7 RecLIFJax_IO, RecLIFCurrentInJax_IO). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { choice, matrix, quantity, sizeParameter } from '../specs.ts';
import { cellConstants, cellVector, emitProduct, ioWeights } from './io-weights.ts';
import { matrixShape } from './weights.ts';

const perCell = ['tau_mem', 'tau_syn', 'bias'] as const;

export const recLifIo: ElementKind = {
  id: 'layers/rec-lif-io',
  family: 'layers',
  title: 'Recurrent LIF layer with readout',
  summary:
    'Trainable spiking cells with input, recurrent and output weights; a cell may spike several times in a step.',
  keywords: ['rockpool', 'RecLIFJax_IO', 'RecLIFCurrentInJax_IO', 'spiking', 'recurrent', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    choice(
      'target',
      'input goes to',
      'synapse',
      [
        { value: 'synapse', title: 'the synaptic current: input of spikes' },
        { value: 'membrane', title: 'the membrane: input of currents' },
      ],
      'What the weighted input is added to.',
    ),
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'Time constant of the membrane.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('tau_syn', 'synaptic time constant', 50, 'ms', 'Time constant of the synaptic current.', {
      ...{ perCell: true, exclusiveMinimum: 0 },
    }),
    quantity('bias', 'bias', -1, '1', 'Constant input; the threshold is at 0.', { perCell: true, favourite: true }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to the input in every step.', {
      minimum: 0,
    }),
    matrix('w_in', 'input weights', '1', 'Weights [inputs, cells]; drawn from a normal distribution when absent.'),
    matrix(
      'w_recurrent',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
    matrix('w_out', 'output weights', '1', 'Weights [cells, outputs]; one output with drawn weights when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [
    { name: 'out', title: 'readout', type: 'continuous', unit: '1' },
    { name: 'activity', title: 'activity σ(v)', type: 'continuous', unit: '1' },
  ],
  states: [
    { name: 'v', title: 'membrane', unit: '1' },
    { name: 'i_syn', title: 'synaptic current', unit: '1' },
    { name: 'count', title: 'spikes in the last step', unit: '1' },
  ],
  equations: [
    'i_syn = i_syn · exp(−dt / tau_syn) + w_in · x + w_recurrent · count',
    'v = v − count;  v = v + dt / tau_mem · (i_syn + bias + noise − v)',
    'count = max(0, ⌊v + 1⌋)',
    'out = w_out · σ(v), taken before the spikes are subtracted',
  ],
  source: 'Rockpool 1.0.7, RecLIFJax_IO and RecLIFCurrentInJax_IO',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_recurrent')?.[1] ?? parameters.number('size');
    return ok({ outputs: { out: matrixShape(parameters, 'w_out')?.[1] ?? 1, activity: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_recurrent')?.[1] ?? builder.number('size');
    const inputs = Math.max(1, builder.inputSize('in'));
    const outputs = matrixShape(builder, 'w_out')?.[1] ?? 1;
    return andThen(ioWeights(builder, { inputs, cells, outputs }), ([w_in = '', w_recurrent = '', w_out = '']) =>
      andThen(expandCells(builder, cells), ({ states, outputs: shown }) => {
        const [vector, count] = [shown['activity'] ?? '', states['count'] ?? ''];
        const own = (name: string): string => `${builder.id}/${name}`;
        const arriving = { vector: builder.input('in'), inputs };
        emitProduct(builder, 'drive', { ...arriving, matrix: w_in, result: own('drive'), outputs: cells });
        const again = { vector: count, inputs: cells };
        emitProduct(builder, 'recurrent', { ...again, matrix: w_recurrent, result: own('recurrent'), outputs: cells });
        const out = builder.signal({ name: 'out', shape: [outputs], initial: 0, role: 'transient' });
        builder.output('out', out);
        emitProduct(builder, 'out', { vector, inputs: cells, matrix: w_out, result: out, outputs });
        return ok(undefined);
      }),
    );
  },
};

/** The cells; constants of cells are signals of their own, so that they can be trained. */
function expandCells(builder: ElementBuilder, cells: number) {
  const [drive, recurrent] = [cellVector(builder, 'drive', cells), cellVector(builder, 'recurrent', cells)];
  const direct = builder.text('target') === 'membrane';
  const noise = builder.number('noise_std') > 0 ? ' + noise_std*noise' : '';
  return andThen(cellConstants(builder, perCell, cells), ([tau_mem = '', tau_syn = '', bias = '']) =>
    expandPopulation(builder, {
      cells,
      model: 'v : 1\ni_syn : 1\ncount : 1',
      method: 'discrete',
      update: [
        `i_syn = i_syn*exp(-dt/tau_syn)${direct ? '' : ' + drive'} + recurrent`,
        'kept = v - count',
        `v = kept + dt/tau_mem*(i_syn${direct ? ' + drive' : ''} + bias${noise} - kept)`,
        'count = clip(floor(v + 1), 0, inf)',
      ].join('\n'),
      parameters: ['noise_std'],
      noise: ['noise'],
      inputs: {
        drive: { signal: drive, unit: '1' },
        recurrent: { signal: recurrent, unit: '1' },
        tau_mem: { signal: tau_mem, unit: 'second' },
        tau_syn: { signal: tau_syn, unit: 'second' },
        bias: { signal: bias, unit: '1' },
      },
      initial: { v: 0, i_syn: 0, count: 0 },
      outputsAfter: { activity: '0.5 + 0.5*tanh(0.5*v)' },
      surrogates: { count: { id: 'window', alpha: 0.5, throughReset: true } },
    }),
  );
}
