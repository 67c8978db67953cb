/** Leaky cells with several synapses each, which may spike many times in a step (Rockpool 2 LIF). */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { add, f64, i32, i32Local, load, local, multiply } from '../../build/ir/expressions.ts';
import { assign, letF64, loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind, ParameterReader } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { integer, matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { inputPerCell } from './input-per-cell.ts';
import { cellVector, emitProduct } from './io-weights.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const lifSynapses: ElementKind = {
  id: 'layers/lif-synapses',
  family: 'layers',
  title: 'LIF layer with synapses',
  summary: 'Leaky cells with one or more decaying synapses each; a cell may spike several times in a step.',
  keywords: ['rockpool 2', 'LIF', 'spiking', 'recurrent', 'synapses'],
  parameters: [
    {
      ...sizeParameter(10),
      description: 'Number of cells; follows from the recurrent weights, or from an input of several channels.',
    },
    integer('synapses', 'synapses per cell', 1, 'Input channels of each cell, one after the other.', {
      ...{ minimum: 1, maximum: 1000 },
    }),
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'Time constant of the membrane.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('tau_syn', 'synaptic time constant', 20, 'ms', 'One for all, or one for each synapse of each cell.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('bias', 'bias', 0, '1', 'Added to the membrane in every step.', { perCell: true }),
    quantity('threshold', 'threshold', 1, '1', 'What a spike needs, and subtracts.', {
      ...{ perCell: true, exclusiveMinimum: 0 },
    }),
    integer('max_spikes_per_dt', 'most spikes in a step', 65_536, 'A cell never spikes more often in one step.', {
      ...{ minimum: 1, maximum: 2 ** 31 - 1 },
    }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to the membrane, per √s.', {
      minimum: 0,
    }),
    matrix('w_rec', 'recurrent weights', '1', 'Weights [cells, cells · synapses]; no recurrence when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['spikes', 'continuous'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput, { name: 'recurrent', title: 'recurrent input', type: 'continuous', unit: '1' }],
  states: [
    { name: 'v', title: 'membrane', unit: '1' },
    { name: 'i_syn', title: 'synaptic currents', unit: '1' },
    { name: 'count', title: 'spikes in the last step', unit: '1', holds: 'counts' },
  ],
  equations: [
    'i_syn = (i_syn + x + count · w_rec) · exp(−dt / tau_syn), for each synapse',
    'v = v · exp(−dt / tau_mem) + Σ i_syn + noise + bias',
    'v ≥ threshold → count = min(⌊v / threshold⌋, max_spikes_per_dt) spikes, v = v − count · threshold',
  ],
  source: 'Rockpool 2.9.2.2, LIF',
  defaultProbe: 'spikes',
  sizes({ parameters, inputSize }) {
    const connected = inputSize('in');
    const cells = connected === undefined ? undefined : cellsFor(parameters, connected);
    const synapses = cells === undefined ? undefined : cells * parameters.number('synapses');
    return ok({ outputs: { spikes: cells, recurrent: synapses }, cells });
  },
  expand(builder) {
    const cells = cellsFor(builder, builder.inputSize('in'));
    const perCell = builder.number('synapses');
    const bank = { cells, perCell, synapses: cells * perCell };
    return andThen(expandSynapses(builder, bank), ({ arriving, recurrent }) =>
      andThen(expandMembranes(builder, cells, arriving), (count) => recur(builder, bank, count, recurrent)),
    );
  },
};

/** Cells, where so many channels arrive; a rest of channels that makes no cell is refused with the input. */
function cellsFor(parameters: ParameterReader, connected: number): number {
  const perCell = parameters.number('synapses');
  const fed = connected > 1 ? Math.max(1, Math.floor(connected / perCell)) : parameters.number('size');
  return matrixShape(parameters, 'w_rec')?.[0] ?? fed;
}

interface Bank {
  readonly cells: number;
  /** Synapses of each cell. */
  readonly perCell: number;
  /** Synapses of all. */
  readonly synapses: number;
}

/** The synapses, as a population of their own; gives the sum of the currents of each cell. */
function expandSynapses(builder: ElementBuilder, { cells, perCell, synapses }: Bank) {
  return andThen(inputPerCell(builder, 'in', synapses), (x) => {
    const recurrent = cellVector(builder, 'recurrent', synapses);
    builder.output('recurrent', recurrent);
    const filter = expandPopulation(inner(builder, 'synapses'), {
      cells: synapses,
      model: 'i_syn : 1',
      method: 'discrete',
      update: 'i_syn = (i_syn + (x + recurrent))*exp(-dt/tau_syn)',
      parameters: ['tau_syn'],
      inputs: { x: { signal: x, unit: '1' }, recurrent: { signal: recurrent, unit: '1' } },
      initial: { i_syn: 0 },
      outputsAfter: { current: 'i_syn' },
    });
    return mapResult(filter, ({ outputs }) => {
      const current = outputs['current'] ?? '';
      return { arriving: perCell === 1 ? current : summed(builder, cells, perCell, current), recurrent };
    });
  });
}

/** The builder for a population inside the element: a word stands before its operators, what it shows is no port. */
function inner(builder: ElementBuilder, word: string): ElementBuilder {
  return {
    ...builder,
    operator: (request) => builder.operator({ ...request, name: `${word}/${request.name}` }),
    output: () => undefined,
  };
}

/** The sum over the synapses of each cell. */
function summed(builder: ElementBuilder, cells: number, perCell: number, currents: SignalId): SignalId {
  const sums = cellVector(builder, 'arriving', cells);
  const place = add(multiply(i32Local('cell'), i32(perCell)), i32Local('synapse'));
  builder.operator({
    ...{ name: 'arriving/sum', reads: [currents], sets: [sums] },
    body: [
      loop('cell', 0, cells, [
        letF64('sum', f64(0)),
        loop('synapse', 0, perCell, [assign('sum', add(local('sum'), load(currents, place)))]),
        store(sums, i32Local('cell'), local('sum')),
      ]),
    ],
  });
  return sums;
}

/** The membranes; gives the state that counts the spikes of the step. */
function expandMembranes(builder: ElementBuilder, cells: number, arriving: SignalId): Result<SignalId> {
  const noise = builder.number('noise_std') > 0 ? ' + noise_std*sqrt(dt/second)*noise' : '';
  return mapResult(
    expandPopulation(builder, {
      cells,
      model: 'v : 1\ncount : 1',
      method: 'discrete',
      update: [
        `v = v*exp(-dt/tau_mem) + ((arriving${noise}) + bias)`,
        `count = clip(floor(v/threshold), 0, ${builder.number('max_spikes_per_dt')})`,
        'v = v - count*threshold',
      ].join('\n'),
      parameters: ['tau_mem', 'bias', 'threshold', 'noise_std'],
      noise: ['noise'],
      inputs: { arriving: { signal: arriving, unit: '1' } },
      initial: { v: 0, count: 0 },
      outputsAfter: { spikes: 'count' },
    }),
    ({ states }) => states['count'] ?? '',
  );
}

/** What the spikes of the last step bring to the synapses. */
function recur(builder: ElementBuilder, { cells, synapses }: Bank, count: SignalId, recurrent: SignalId): Result<void> {
  if (builder.array('w_rec') === null) return ok(undefined);
  return mapResult(weightSignal(builder, 'w_rec', [cells, synapses], 0, '1'), (matrix) =>
    emitProduct(builder, 'recurrent', { vector: count, inputs: cells, matrix, result: recurrent, outputs: synapses }),
  );
}
