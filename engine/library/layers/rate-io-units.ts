/** Rate units with input and output weights (Rockpool 1.0.7 RecRateEulerJax and ForceRateEulerJax): what the recurrent and the forced layer share. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import type { OutputPortSpec, ParameterSpec, StateSpec } from '../../model/kind.ts';
import { quantity } from '../specs.ts';
import { activationParameter, activationText } from './activation.ts';
import { cellConstants, cellVector, emitProduct } from './io-weights.ts';

export const unitParameters: readonly ParameterSpec[] = [
  quantity('tau', 'time constant', 100, 'ms', 'Time constant of the units; at least one time step.', {
    ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
  }),
  quantity('bias', 'bias', 0, '1', 'Constant input of each unit.', { perCell: true }),
  quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to the input in every step.', {
    minimum: 0,
  }),
  activationParameter('relu'),
];

export const unitOutputs: readonly OutputPortSpec[] = [
  { name: 'out', title: 'readout', type: 'continuous', unit: '1' },
  { name: 'activity', title: 'activity H(v)', type: 'continuous', unit: '1' },
  { name: 'drive', title: 'weighted input', type: 'continuous', unit: '1' },
];

export const unitStates: readonly StateSpec[] = [{ name: 'v', title: 'state', unit: '1' }];

/** The equations, for people; `more` is what reaches the units besides the input. */
export function unitEquations(more: string): readonly string[] {
  return [
    'a = H(v)',
    `v += dt / tau · (−v + x · w_in + bias + noise + ${more})`,
    'out = a · w_out, taken before the step',
  ];
}

/** Sizes and weights of such a layer. */
export interface WeightedUnits {
  readonly inputs: number;
  readonly cells: number;
  readonly outputs: number;
  readonly w_in: SignalId;
  readonly w_out: SignalId;
}

/** The units between their weights, with a vector of what reaches them besides; gives a = H(v) before the step. Constants of units are signals of their own, so that they can be trained. */
export function expandRateUnits(
  builder: ElementBuilder,
  { inputs, cells, outputs, w_in, w_out }: WeightedUnits,
  more: SignalId,
): Result<SignalId> {
  const drive = cellVector(builder, 'drive', cells);
  emitProduct(builder, 'drive', { vector: builder.input('in'), inputs, matrix: w_in, result: drive, outputs: cells });
  builder.output('drive', drive);
  const noise = builder.number('noise_std') > 0 ? ' + noise_std*noise' : '';
  return andThen(cellConstants(builder, ['tau', 'bias'], cells), ([tau = '', bias = '']) =>
    mapResult(
      expandPopulation(builder, {
        cells,
        model: 'v : 1',
        method: 'discrete',
        update: `v = v + dt/tau*(-v + drive + bias${noise} + more)`,
        parameters: ['noise_std'],
        noise: ['noise'],
        inputs: {
          drive: { signal: drive, unit: '1' },
          more: { signal: more, unit: '1' },
          tau: { signal: tau, unit: 'second' },
          bias: { signal: bias, unit: '1' },
        },
        initial: { v: 0 },
        outputs: { activity: activationText(builder.text('activation'), 'v') },
      }),
      ({ outputs: shown }) => {
        const activity = shown['activity'] ?? '';
        const out = builder.signal({ name: 'out', shape: [outputs], initial: 0, role: 'transient' });
        builder.output('out', out);
        emitProduct(builder, 'out', { vector: activity, inputs: cells, matrix: w_out, result: out, outputs });
        return activity;
      },
    ),
  );
}
