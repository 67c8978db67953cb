/** Constant-leak integrate-and-fire cells, feed-forward or recurrent (Rockpool 1.0.7 CLIAF, FFCLIAF, RecCLIAF). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, flag, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { cliafSpikes } from './cliaf-parameters.ts';
import { cliafRules } from './cliaf-rules.ts';
import { stateTypes } from './number-range.ts';
import { emitCliafStep } from './cliaf-step.ts';
import { countQueue } from './count-queue.ts';
import { addEventsFlag, cellsOfEvents, eventPort, sizeOfEvents, weighedEvents } from './event-input.ts';
import { emitProduct } from './io-weights.ts';
import { matrixShape, weightSignal } from './weights.ts';

const perCell = { perCell: true } as const;
const compatibility = { group: 'Compatibility', compatibility: true } as const;

const parameters: readonly ParameterSpec[] = [
  { ...sizeOfEvents, default: 10 },
  quantity('bias', 'bias', 0, '1', 'Added in every period of the bias; negative is a leak.', {
    ...perCell,
    favourite: true,
  }),
  quantity('bias_period', 'period of the bias', 0, 'ms', 'Rounded down to whole steps; 0 is every step.', {
    minimum: 0,
  }),
  ...cliafSpikes,
  quantity('refractory', 'refractory period', 0, 'ms', 'Rounded down to whole steps; the cell takes no input.', {
    ...{ ...perCell, minimum: 0 },
  }),
  quantity('delay', 'delay of the recurrent spikes', 0, 'ms', 'Rounded down to whole steps; 0 is one step.', {
    minimum: 0,
  }),
  choice(
    'state_type',
    'numbers of the membrane',
    'float',
    stateTypes,
    'Values are clipped to its range; whole numbers are cut towards 0.',
  ),
  addEventsFlag(false),
  flag(
    'fires_while_refractory',
    'fires while refractory',
    false,
    'The threshold is tested in the refractory period too.',
    {
      ...compatibility,
    },
  ),
  flag(
    'shared_delay',
    'one slot for all delays',
    false,
    'A subtracting layer delays by one step after the first delay.',
    {
      ...compatibility,
    },
  ),
  flag('truncated_times', 'truncated times', false, 'Steps are ⌊time / dt⌋ with its rounding: 0.3 ms at 0.1 ms is 2.', {
    ...compatibility,
  }),
  matrix('weights', 'input weights', '1', 'Weights [inputs, cells]; one cell per channel when absent.'),
  matrix('weights_rec', 'recurrent weights', '1', 'Weights [from, to]; no recurrence when absent.'),
];

export const cliaf: ElementKind = {
  id: 'layers/cliaf',
  family: 'layers',
  title: 'Constant-leak IAF layer',
  summary:
    'Integrate-and-fire cells that sum weighted events and a constant bias; a cell may spike several times in a step.',
  keywords: ['rockpool', 'CLIAF', 'FFCLIAF', 'RecCLIAF', 'constant leak', 'integer', 'digital', 'spiking'],
  parameters,
  inputs: [eventPort],
  outputs: [spikeOutput, { name: 'reached', title: 'membrane before its spikes', type: 'continuous', unit: '1' }],
  states: [
    { name: 'v', title: 'membrane', unit: '1' },
    { name: 'refractory_steps', title: 'refractory steps left', unit: '1', holds: 'counts' },
  ],
  equations: [
    'v = v + events · weights + spikes(t − delay) · weights_rec + bias',
    'subtract: while v ≥ v_thresh → spike, v = v − v_subtract (once, where any cell is refractory)',
    'reset: v ≥ v_thresh → spike, v = v_reset',
    'whole numbers: v is clipped to their range and cut towards 0 after every change',
  ],
  source: 'Rockpool 1.0.7, CLIAF, FFCLIAF and RecCLIAF',
  noGradient: 'its cells subtract their threshold over and over within a step',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsOfEvents(request) ?? matrixShape(request.parameters, 'weights_rec')?.[1];
    return ok({ outputs: { spikes: cells, reached: cells }, cells });
  },
  expand: (builder) =>
    andThen(weighedEvents(builder, builder.flag('add_events')), ({ cells, reads, body }) =>
      andThen(cliafRules(builder, cells), (rules) => {
        const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
        builder.operator({ name: 'drive/product', reads, sets: [drive], body: body(drive, false) });
        const spikes = builder.signal({
          ...{ name: 'spikes', shape: [cells], initial: 0, role: 'transient' },
          surrogate: { id: 'window', alpha: 0.5, throughReset: true },
        });
        builder.output('spikes', spikes);
        const delay = { steps: rules.delaySteps, shared: rules.sharedDelay };
        return andThen(recurrentInput(builder, { cells, spikes, delay }), (recurrent) =>
          emitCliafStep(builder, { cells, drive, recurrent, spikes, rules }),
        );
      }),
    ),
};

interface Recurrent {
  readonly cells: number;
  readonly spikes: SignalId;
  readonly delay: { readonly steps: number; readonly shared: boolean };
}

/** What the spikes of `delay` steps ago bring; undefined without recurrent weights. */
function recurrentInput(builder: ElementBuilder, { cells, spikes, delay }: Recurrent) {
  if (builder.array('weights_rec') === null) return ok(undefined);
  return mapResult(weightSignal(builder, 'weights_rec', [cells, cells], 0, '1'), (matrix) => {
    const vector = countQueue(builder, { cells, spikes, ...delay });
    const recurrent = builder.signal({ name: 'recurrent', shape: [cells], initial: 0, role: 'transient' });
    emitProduct(builder, 'recurrent', { vector, inputs: cells, matrix, result: recurrent, outputs: cells });
    return recurrent;
  });
}
