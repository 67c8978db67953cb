/** Event-driven integrate-and-fire cells with exact times between the steps (Rockpool 1.0.7 RecDIAF). */
import { mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { andThen } from '../../base/result.ts';
import { choice, flag, integer, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { stateTypes } from './number-range.ts';
import { emitDriven, type Driven } from './event-driven-step.ts';
import { cellsOfEvents, eventPort, sizeOfEvents } from './event-input.ts';
import { logParameter } from './event-log.ts';
import { matrixShape, weightSignal } from './weights.ts';

const perCell = { perCell: true } as const;
const exact = { group: 'Exact times' } as const;

export const eventDrivenIaf: ElementKind = {
  id: 'layers/event-driven-iaf',
  family: 'layers',
  title: 'Event-driven IAF layer',
  summary:
    'Integrate-and-fire cells computed event by event, at exact times between the steps: inputs, recurrent spikes after a delay, and a leak that ticks.',
  keywords: [
    'rockpool',
    'RecDIAF',
    'DIAF',
    'event-driven',
    'quantised',
    'digital',
    'integer',
    'exact times',
    'spiking',
  ],
  parameters: [
    { ...sizeOfEvents, default: 10 },
    quantity('v_thresh', 'threshold', 100, '1', 'A cell at or above it spikes.', { ...perCell, favourite: true }),
    quantity('v_reset', 'reset value', 0, '1', 'Value at the start, and after a spike that resets.', perCell),
    choice(
      'after_spike',
      'after a spike',
      'reset',
      [
        { value: 'reset', title: 'reset' },
        { value: 'subtract', title: 'subtract' },
      ],
      'What is beyond the threshold after subtracting spikes again when the refractory period is over.',
    ),
    quantity('v_subtract', 'subtracted', 100, '1', 'What a spike subtracts.', { ...perCell, exclusiveMinimum: 0 }),
    quantity('leak', 'leak', 1, '1', 'Subtracted at every tick of the leak.', perCell),
    quantity('tau_leak', 'period of the leak', 1, 'ms', 'Time between two ticks of the leak.', { exclusiveMinimum: 0 }),
    flag('leak_to_rest', 'leak towards rest', false, 'The leak goes towards v_rest; else always down.'),
    quantity('v_rest', 'rest', 0, '1', 'Where the leak goes, where it goes towards rest.', perCell),
    quantity('refractory', 'refractory period', 1e-6, 'ms', 'A cell takes nothing for so long after its spike.', {
      ...{ ...perCell, minimum: 1e-6 },
    }),
    quantity('delay', 'delay of the recurrent spikes', 1e-5, 'ms', 'Exact, also below the time step.', {
      exclusiveMinimum: 0,
    }),
    choice(
      'state_type',
      'numbers of the membrane',
      'int8',
      stateTypes,
      'Values are clipped to its range; whole numbers are cut towards 0.',
    ),
    matrix('weights', 'input weights', '1', 'Weights [inputs, cells]; one cell per channel when absent.'),
    matrix('weights_rec', 'recurrent weights', '1', 'Weights [from, to]; no recurrence when absent.'),
    integer(
      'capacity',
      'events that can wait',
      10_000,
      'So many events may wait for their times. Those for which there is no place are lost, and counted in "lost".',
      { minimum: 1, maximum: 10_000_000, ...exact },
    ),
    logParameter,
    integer('trace', 'events remembered', 0, 'So many of the latest events are kept with the membranes around them.', {
      ...{ minimum: 0, maximum: 10_000_000, ...exact },
    }),
  ],
  inputs: [eventPort],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane', unit: '1' },
    { name: 'refractory_until', title: 'end of the refractory period', unit: 's', holds: 'moments' },
    { name: 'waiting', title: 'events that wait', unit: '1', holds: 'counts' },
    { name: 'lost', title: 'events lost', unit: '1', holds: 'counts' },
  ],
  equations: [
    'events by time, then channel: inputs at the start of their step, spikes of the layer after delay, ticks of the leak every tau_leak',
    'at an event of channel c, where t ≥ refractory_until:  v = v + W_c;  at a tick  v = v − leak · sign(v − v_rest)',
    'v ≥ v_thresh → spike at the time of the event, v = v_reset or v − v_subtract, refractory_until = t + refractory',
    'subtract: what is still at the threshold is looked at again 0.1 ns after the refractory period',
    'whole numbers: v is clipped to their range and cut towards 0 after every change',
    'a spike leaves in the step in which its time lies, as often as there are; at most 65536 events are done in a step',
  ],
  source: 'Rockpool 1.0.7, RecDIAF',
  noGradient: 'its cells go from event to event in whole amounts',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsOfEvents(request) ?? matrixShape(request.parameters, 'weights_rec')?.[1];
    return ok({ outputs: { spikes: cells }, cells });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'weights');
    const connected = builder.inputSize('in');
    const inputs = connected === 0 ? (shape?.[0] ?? 1) : connected;
    const cells = shape?.[1] ?? (connected === 0 ? builder.number('size') : connected);
    const given = (name: string, rows: number) =>
      builder.array(name) === null ? ok(undefined) : weightSignal(builder, name, [rows, cells], 0, '1');
    return andThen(given('weights', inputs), (weights) =>
      andThen(given('weights_rec', cells), (recurrent) => {
        const layer: Driven = { cells, inputs, connected, weights, recurrent };
        return mapResult(emitDriven(builder, layer), () => undefined);
      }),
    );
  },
};
