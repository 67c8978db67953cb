/** Exponential synapses: events filtered into currents (Rockpool 1.0.7 FFExpSyn, FFExpSynBrian, FFExpSynTorch). */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { i32Local, load, multiply, normal } from '../../build/ir/expressions.ts';
import { accumulate, loop } from '../../build/ir/statements.ts';
import type { SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, matrix, methodParameter, quantity } from '../specs.ts';
import { addEventsFlag, cellsOfEvents, eventPort, sizeOfEvents, weighedEvents } from './event-input.ts';

export const expSyn: ElementKind = {
  id: 'layers/exp-syn',
  family: 'layers',
  title: 'Exponential synapses',
  summary: 'Filters weighted events into currents that jump with every event and decay exponentially.',
  keywords: ['rockpool', 'FFExpSyn', 'FFExpSynBrian', 'FFExpSynTorch', 'synapse', 'filter', 'readout', 'low-pass'],
  parameters: [
    sizeOfEvents,
    quantity('tau_syn', 'synaptic time constant', 5, 'ms', 'Time constant of the decay.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('bias', 'bias', 0, '1', 'Added to the output.', { perCell: true }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the output under noise alone.', { minimum: 0 }),
    addEventsFlag(true),
    methodParameter(['exact', 'rk4', 'rk2', 'euler', 'exponential-euler']),
    flag(
      'starts_from_zero',
      'starts from zero',
      false,
      'The output begins at 0 and relaxes to the bias, as released.',
      {
        ...{ group: 'Compatibility', compatibility: true },
      },
    ),
    matrix('weights', 'weights', '1', 'Weights [inputs, outputs]; a synapse of weight 1 per channel when absent.'),
  ],
  inputs: [eventPort],
  outputs: [{ name: 'out', title: 'output', type: 'continuous', unit: '1' }],
  states: [{ name: 'i_syn', title: 'synaptic current', unit: '1' }],
  equations: [
    'di_syn/dt = −i_syn / tau_syn',
    'event on channel m → i_syn = i_syn + W_m, after the step it falls into',
    'out = i_syn + bias, at the start of the step',
    'noise of each step: noise_std · √(2 dt / tau_syn) · N(0, 1)',
  ],
  source: 'Rockpool 1.0.7, FFExpSyn, FFExpSynBrian and FFExpSynTorch',
  defaultProbe: 'out',
  sizes(request) {
    const cells = cellsOfEvents(request);
    return ok({ outputs: { out: cells }, cells });
  },
  expand: (builder) =>
    andThen(weighedEvents(builder, builder.flag('add_events')), ({ cells, reads, body }) =>
      andThen(initialCurrent(builder, cells), (i_syn) =>
        andThen(expandCurrents(builder, cells, i_syn), ({ states }) => {
          const current = states['i_syn'] ?? '';
          return mapResult(noiseOf(builder, cells, current), (noise) =>
            builder.operator({
              ...{ name: 'arrive', slot: 'synapses', reads: [...reads, ...noise.reads], updates: [current] },
              body: [...body(current, true), ...noise.body],
            }),
          );
        }),
      ),
    ),
};

function initialCurrent(builder: ElementBuilder, cells: number): Result<number | Float64Array> {
  if (!builder.flag('starts_from_zero')) return ok(0);
  return mapResult(builder.vector('bias', cells), (bias) => bias.map((value) => -value));
}

function expandCurrents(builder: ElementBuilder, cells: number, i_syn: number | Float64Array) {
  return expandPopulation(builder, {
    cells,
    model: 'di_syn/dt = -i_syn/tau_syn : 1',
    method: builder.text('method'),
    parameters: ['tau_syn', 'bias'],
    initial: { i_syn },
    outputs: { out: 'i_syn + bias' },
  });
}

/** Noise that arrives with the events. */
function noiseOf(builder: ElementBuilder, cells: number, current: SignalId) {
  const deviation = builder.number('noise_std');
  if (deviation === 0) return ok<Arrival>({ reads: [], body: [] });
  return mapResult(builder.vector('tau_syn', cells), (taus): Arrival => {
    const factors = taus.map((tau) => deviation * Math.sqrt((2 * builder.timeStepSeconds) / tau));
    const scale = builder.signal({ name: 'noise_scale', shape: [cells], initial: factors, role: 'constant' });
    const cell = i32Local('n');
    const drawn = multiply(load(scale, cell), normal(builder.stream('noise'), cell));
    return { reads: [scale], body: [loop('n', 0, cells, [accumulate(current, cell, drawn)])] };
  });
}

interface Arrival {
  readonly reads: readonly SignalId[];
  readonly body: readonly Statement[];
}
