/** Rockpool's functions around the DYNAP-SE board: numbers of neurons, events of the pattern generator, batches of input, recorded events. */
import { failed, mapResult, ok, type Result } from '../../base/result.ts';
import { problem } from '../../base/problem.ts';
import { inputBatches } from '../../boards/dynapse/input-batches.ts';
import {
  fillIntervals,
  inputEvents,
  seriesEvents,
  splitInterval,
  type InputEvents,
} from '../../boards/dynapse/input-events.ts';
import { coresOfMask, neuronRectangle } from '../../boards/dynapse/neuron-numbers.ts';
import { channelsOfEvents, firingRates } from '../../boards/dynapse/recorded-events.ts';
import { synapsePairs } from '../../boards/dynapse/synapse-pairs.ts';
import { arrayOf, eventsOf, matrixOf, numberOf, optionalNumber, vectorArray } from '../case-access.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { present } from './case-options.ts';

type Operation = (given: CaseRecord, reference: ReferenceCase) => Result<CaseValue>;

const numbers = (given: CaseRecord, name: string): Float64Array => Float64Array.from(arrayOf(given[name], name).values);
const number = (given: CaseRecord, name: string): number => numberOf(given[name], name);

/** The original sends the event of a long interval after its first piece. */
const asReleased = (given: CaseRecord) => ({
  place: 'first' as const,
  ...present({ intervalLimit: optionalNumber(given['fpga_isi_limit']) }),
});

const target = (given: CaseRecord) => ({
  chip: number(given, 'targetchip_id'),
  coreMask: number(given, 'targetcore_mask'),
});

function eventsShown({ chips, coreMasks, neurons, intervals }: InputEvents): CaseRecord {
  return {
    target_chip: vectorArray(chips),
    core_mask: vectorArray(coreMasks),
    neuron_id: vectorArray(neurons),
    isi: vectorArray(intervals),
  };
}

function batches(given: CaseRecord, reference: ReferenceCase): Result<CaseValue> {
  const dt = number(given, 'dt');
  const events = eventsOf(reference.all['input']);
  const steps = Array.from(events?.times ?? [], (time) => Math.floor(time / dt));
  const limits = present({
    steps: optionalNumber(given['max_num_timesteps']),
    events: optionalNumber(given['max_num_events_batch']),
  });
  const cut = inputBatches(steps, events?.channels ?? [], number(given, 'num_timesteps'), limits);
  return mapResult(cut, (made) =>
    made.map((batch) => ({
      timesteps: vectorArray(batch.steps),
      channels: vectorArray(batch.channels),
      start: batch.firstStep,
      duration: batch.stepCount * dt,
    })),
  );
}

function dummies(given: CaseRecord): Result<CaseValue> {
  const { intervalLimit, place } = asReleased(given);
  const lists = [numbers(given, 'discrete_isi_list'), numbers(given, 'neuron_ids')] as const;
  const { intervals, neurons } = fillIntervals(...lists, intervalLimit, place);
  return ok([vectorArray(intervals), vectorArray(neurons.map((neuron) => neuron ?? -1))]);
}

function pairs(given: CaseRecord): Result<CaseValue> {
  const { shape, values } = matrixOf(given['weights'], 'weights');
  const { excitatory, inhibitory } = synapsePairs(values, shape[1] ?? 1);
  return ok([excitatory.sources, excitatory.targets, inhibitory.sources, inhibitory.targets].map(vectorArray));
}

function rates(given: CaseRecord): Result<CaseValue> {
  const wanted = (given['neuron_ids'] ?? null) === null ? undefined : numbers(given, 'neuron_ids');
  const found = firingRates(numbers(given, 'event_neuron_ids'), number(given, 'duration'), wanted);
  if (found.rates.length === 0)
    return failed(
      problem('timeseries/invalid', 'No neuron is asked for, and no event tells of one: there are no rates.'),
    );
  const single = (value: number) => ({ shape: [], values: Float64Array.of(value) });
  return ok([vectorArray(found.rates), single(found.mean), single(found.highest), single(found.lowest)]);
}

const operations: Readonly<Record<string, Operation>> = {
  'RecDynapSE._batch_input_data': batches,
  _replace_too_large_value: (given) => ok(vectorArray(splitInterval(number(given, 'value'), number(given, 'limit')))),
  _auto_insert_dummies: dummies,
  generate_fpga_event_list: (given) =>
    mapResult(
      inputEvents(numbers(given, 'discrete_isi_list'), numbers(given, 'neuron_ids'), target(given), asReleased(given)),
      eventsShown,
    ),
  _arrays_to_spike_list: (given) => {
    const [steps, channels] = [numbers(given, 'timesteps'), numbers(given, 'channels')];
    return mapResult(
      seriesEvents(steps, channels, numbers(given, 'neuron_ids'), target(given), asReleased(given)),
      eventsShown,
    );
  },
  connectivity_matrix_to_prepost_lists: pairs,
  evaluate_firing_rates: rates,
  event_data_to_channels: (given) => {
    const channels = channelsOfEvents(numbers(given, 'event_neuron_ids'), numbers(given, 'layer_neuron_ids'));
    return ok([vectorArray(numbers(given, 'timestamps')), vectorArray(channels)]);
  },
  read_sram_targetcores: (given) =>
    ok(vectorArray(coresOfMask(number(given, 'target_chip_id'), number(given, 'core_mask')))),
  rectangular_neuron_arrangement: (given) =>
    mapResult(
      neuronRectangle(number(given, 'first_neuron'), number(given, 'num_neurons'), number(given, 'width')),
      vectorArray,
    ),
};

/** All functions that need no board. */
export const dynapseFunctions: System = {
  id: 'rockpool.DynapseHelpers',
  kinds: ['weights'],
  targetless: true,
  where: [
    'boards/dynapse/input-batches.ts inputBatches',
    'boards/dynapse/input-events.ts inputEvents',
    'boards/dynapse/neuron-numbers.ts neuronRectangle',
    'boards/dynapse/synapse-pairs.ts synapsePairs',
    'boards/dynapse/recorded-events.ts firingRates',
  ],
  deviations: [
    'Outside of these cases the event of an interval that is too long comes at its end; the original sends it after the first piece.',
  ],
  run(reference) {
    const name = String(reference.all['op']);
    const operation = operations[name];
    if (operation === undefined) return failed(problem('conform/bad-case', `There is no operation "${name}".`));
    return mapResult(operation(reference.parameters, reference), (output) => ({ output }));
  },
};
