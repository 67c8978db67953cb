/** Recurrent LIF cells whose spikes are counts (Rockpool 1.0.7 RecLIFJax and its relatives): what the layers with and without weights at their ends share. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import type { SurrogateDeclaration } from '../../build/surrogates.ts';
import type { OutputPortSpec, ParameterSpec, StateSpec } from '../../model/kind.ts';
import { choice, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { cellConstants, cellVector, emitProduct } from './io-weights.ts';

const perCell = ['tau_mem', 'tau_syn', 'bias'] as const;

export const cellParameters: readonly ParameterSpec[] = [
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
];

export const cellStates: readonly StateSpec[] = [
  { name: 'v', title: 'membrane', unit: '1' },
  { name: 'i_syn', title: 'synaptic current', unit: '1' },
  { name: 'count', title: 'spikes in the last step', unit: '1', holds: 'counts' },
];

/** Ports that both layers have. */
export const cellOutputs: readonly OutputPortSpec[] = [
  { name: 'activity', title: 'activity σ(v)', type: 'continuous', unit: '1' },
  { name: 'recurrent', title: 'recurrent input', type: 'continuous', unit: '1' },
  spikeOutput,
];

/** The equations, for people; `arriving` is what the input brings. */
export function cellEquations(arriving: string): readonly string[] {
  return [
    `i_syn = i_syn · exp(−dt / tau_syn) + ${arriving} + w_recurrent · count`,
    'v = v − count;  v = v + dt / tau_mem · (i_syn + bias + noise − v)',
    'count = max(0, ⌊v + 1⌋); a spike where it is not 0',
  ];
}

/** dK/dV = 1 where V > −0.5 (section "RecLIF" of the package's gradients). */
const window: SurrogateDeclaration = { id: 'window', alpha: 0.5, throughReset: true };

interface Arriving {
  readonly cells: number;
  /** f64 vector of what arrives at the cells. */
  readonly drive: SignalId;
  readonly w_recurrent: SignalId;
}

/** The cells, which act on each other; σ(v) after the step. Constants of cells are signals of their own, so that they can be trained. */
export function expandRecLif(builder: ElementBuilder, { cells, drive, w_recurrent }: Arriving): Result<SignalId> {
  const recurrent = cellVector(builder, 'recurrent', cells);
  const direct = builder.text('target') === 'membrane';
  const noise = builder.number('noise_std') > 0 ? ' + noise_std*noise' : '';
  return andThen(cellConstants(builder, perCell, cells), ([tau_mem = '', tau_syn = '', bias = '']) =>
    mapResult(
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
        threshold: 'count > 0',
        outputsAfter: { activity: '0.5 + 0.5*tanh(0.5*v)' },
        surrogates: { count: window, spikes: window },
      }),
      ({ states, outputs }) => {
        const vector = states['count'] ?? '';
        emitProduct(builder, 'recurrent', {
          vector,
          inputs: cells,
          matrix: w_recurrent,
          result: recurrent,
          outputs: cells,
        });
        builder.output('recurrent', recurrent);
        return outputs['activity'] ?? '';
      },
    ),
  );
}
