/** Rockpool's RecDIAF: event-driven cells, with exact times of inputs, spikes and what waits between calls. */
import type { Result } from '../../base/result.ts';
import { andThen, expectOk, mapResult } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { eventsBetween } from '../../timeseries/cut-events.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { arrayOf, matrixOf, numberOf, optionalNumber, parameterOf, vectorArray } from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { monitored } from './cliaf.ts';
import { clockOf, eventInput, initialOf, type LayerClock } from './event-layers.ts';
import { spread } from './rate-layers.ts';

/** Defaults of the constructor, in SI units. */
const defaults: CaseRecord = {
  ...{ v_thresh: 100, v_reset: 0, leak: 1, tau_leak: 1e-3, refractory: 1e-9, delay: 1e-8, state_type: 'int8' },
  ...{ v_subtract: null, v_rest: null },
};

function parametersOf(parameters: CaseRecord): Record<string, ResolvedValue> {
  const given: CaseRecord = { ...defaults, ...parameters };
  const type = String(given['state_type']);
  return {
    weights: matrixOf(given['weights_in'], 'weights_in'),
    weights_rec: matrixOf(given['weights_rec'], 'weights_rec'),
    v_thresh: parameterOf(given['v_thresh'], 'v_thresh'),
    v_reset: parameterOf(given['v_reset'], 'v_reset'),
    after_spike: given['v_subtract'] === null ? 'reset' : 'subtract',
    ...optional(given, 'v_subtract'),
    leak: parameterOf(given['leak'], 'leak'),
    tau_leak: numberOf(given['tau_leak'], 'tau_leak'),
    leak_to_rest: given['v_rest'] !== null,
    ...optional(given, 'v_rest'),
    refractory: longEnough(parameterOf(given['refractory'], 'refractory')),
    delay: numberOf(given['delay'], 'delay'),
    state_type: type === 'float64' ? 'float' : type,
  };
}

function optional(given: CaseRecord, name: string): Record<string, ResolvedValue> {
  return given[name] === null ? {} : { [name]: parameterOf(given[name], name) };
}

/** Refractory periods below 1 ns are taken as 1 ns. */
function longEnough(seconds: number | NumericArray): ResolvedValue {
  if (typeof seconds === 'number') return Math.max(seconds, 1e-9);
  return { ...seconds, values: seconds.values.map((value) => Math.max(value, 1e-9)) };
}

interface Waiting {
  readonly time: number;
  readonly channel: number;
}

/** What was left by the call before, and the inputs of this one. */
function waitingEvents(initial: CaseRecord, series: EventSeries | undefined, start: number, stop: number): Waiting[] {
  const pending = isRecord(initial['pending']) ? initial['pending'] : { times: [], channels: [] };
  const channels = arrayOf(pending['channels'], 'pending.channels').values;
  const kept = Array.from(arrayOf(pending['times'], 'pending.times').values, (time, place) => ({
    ...{ time, channel: channels[place] ?? 0 },
  }));
  const events = series === undefined ? undefined : expectOk(eventsBetween(series, start, stop));
  const given = Array.from(events?.times ?? [], (time, place) => ({ time, channel: events?.channels[place] ?? 0 }));
  return [...kept, ...given].sort(inOrder);
}

function inOrder(left: Waiting, right: Waiting): number {
  return left.time - right.time || left.channel - right.channel;
}

/** A call of the layer. */
interface Call {
  readonly clock: LayerClock;
  readonly steps: number;
  readonly cells: number;
  readonly waiting: readonly Waiting[];
  readonly parameters: Record<string, ResolvedValue>;
  readonly initial: CaseRecord;
  /** Cells whose membranes are recorded. */
  readonly ids: readonly number[];
  readonly tickPeriod: number;
}

/** Spikes and events that a first attempt has room for. */
const firstRoom = 4096;

/** Runs the call; where more came than there was room for, once more with enough. */
function attempt(call: Call, laboratory: Laboratory, room: number): Result<CaseRecord> {
  const { parameters, clock, waiting, cells, ids } = call;
  const kept = { log: room, trace: ids.length === 0 ? 0 : room, capacity: room + waiting.length };
  const experiment = {
    kind: 'layers/event-driven-iaf',
    parameters: { ...parameters, ...kept, size: cells },
    input: undefined,
    timeStepSeconds: clock.timeStepSeconds,
    record: [],
  };
  return andThen(prepareTrial(laboratory, experiment), (trial) => {
    begin(trial, call);
    const count = (signal: string): number => trial.read(signal).values[0] ?? 0;
    const done = Math.max(count('spike_count'), ids.length === 0 ? 0 : count('trace_count'));
    if (done > room || count('lost') > 0) {
      trial.dispose();
      return attempt(call, laboratory, Math.max(done, 2 * room));
    }
    const outcome = outcomeOf(trial, call);
    trial.dispose();
    return { ok: true, value: outcome, problems: [] };
  });
}

/** Puts the layer into the state in which the call begins, and runs it to its end. */
function begin(trial: Trial, { clock, steps, cells, waiting, initial, tickPeriod }: Call): void {
  const { timeStepSeconds, first } = clock;
  const state = initial['state'] ?? null;
  if (state !== null) trial.write('v', spread(arrayOf(state, 'state').values, cells));
  const room = trial.read('pending_times').values.length;
  const list = (value: (event: Waiting) => number): number[] =>
    Array.from({ length: room }, (_, place) => (place < waiting.length ? value(waiting[place] as Waiting) : 0));
  // A sorted list is a heap.
  trial.write(
    'pending_times',
    list(({ time }) => time),
  );
  trial.write(
    'pending_channels',
    list(({ channel }) => channel),
  );
  trial.write('pending_count', [waiting.length]);
  trial.write('origin', [first]);
  trial.write('ticks', [Math.floor((first * timeStepSeconds + 1e-10) / tickPeriod)]);
  if (steps === 0) return;
  trial.advance(steps - 1);
  // A call looks at the time of an event only after it is done: one beyond the end is done too.
  trial.write('overtime', [1]);
  trial.advance(1);
}

function outcomeOf(trial: Trial, call: Call): CaseRecord {
  const { clock, steps, cells, ids } = call;
  const [start, stop] = [clock.first, clock.first + steps].map((step) => step * clock.timeStepSeconds) as [
    number,
    number,
  ];
  const count = trial.read('spike_count').values[0] ?? 0;
  const pending = pendingAfter(trial);
  return {
    output: {
      type: 'events',
      times: vectorArray(
        trial
          .read('spike_times')
          .values.slice(0, count)
          .map((time) => Math.min(time, stop)),
      ),
      channels: vectorArray(trial.read('spike_cells').values.slice(0, count)),
      num_channels: cells,
      ...{ t_start: start, t_stop: stop, periodic: false },
    },
    num_spikes: count,
    final_state: {
      ...{ t: stop, timestep: clock.first + steps, state: vectorArray(trial.read('v').values) },
      pending: {
        times: vectorArray(pending.map(({ time }) => time)),
        channels: vectorArray(pending.map(({ channel }) => channel)),
      },
    },
    ...(ids.length === 0 ? {} : { states: recorded(trial, call, start) }),
  };
}

/** Events that still wait, in order. */
function pendingAfter(trial: Trial): Waiting[] {
  const channels = trial.read('pending_channels').values;
  const count = trial.read('pending_count').values[0] ?? 0;
  const times = trial.read('pending_times').values.slice(0, count);
  return Array.from(times, (time, place) => ({ time, channel: channels[place] ?? 0 })).sort(inOrder);
}

/** Rows at the start, then before every event, with it, and after its spikes; the event's channel stands in the first of them. */
function recorded(trial: Trial, { cells, ids, initial }: Call, start: number): CaseRecord {
  const count = trial.read('trace_count').values[0] ?? 0;
  const [times, channels] = [trial.read('trace_times').values, trial.read('trace_channels').values];
  const [reached, left] = [trial.read('trace_reached').values, trial.read('trace_left').values];
  const row = (values: Float64Array, event: number): number[] => ids.map((id) => values[event * cells + id] as number);
  const begun = spread(arrayOf(initial['state'] ?? 0, 'state').values, cells);
  const rows = [[...row(begun, 0), Number.NaN]];
  const rowTimes = [start];
  for (let event = 0; event < count; event += 1) {
    const before = event === 0 ? row(begun, 0) : row(left, event - 1);
    rows.push([...before, channels[event] as number]);
    rows.push([...row(reached, event), Number.NaN], [...row(left, event), Number.NaN]);
    for (let copy = 0; copy < 3; copy += 1) rowTimes.push(times[event] as number);
  }
  return {
    ts_recorded: {
      type: 'continuous',
      times: vectorArray(rowTimes),
      samples: { shape: [rows.length, ids.length + 1], values: Float64Array.from(rows.flat()) },
      ...{ t_start: start, t_stop: rowTimes.at(-1) ?? start, periodic: false, interp: 'linear' },
    },
    columns: 'monitored states..., heap channel (NaN in the two post-update rows)',
  };
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const parameters = parametersOf(given);
  const clock = clockOf(reference, 1e-4);
  const cells = arrayOf(given['weights_rec'], 'weights_rec').shape[0] ?? 1;
  const initial = initialOf(reference);
  return andThen(eventInput(reference, clock), ({ series, steps }) => {
    const [start, stop] = [clock.first, clock.first + steps].map((step) => step * clock.timeStepSeconds);
    const call: Call = {
      ...{ clock, steps, cells, parameters, initial },
      waiting: waitingEvents(initial, series, start ?? 0, stop ?? 0),
      ids: monitored(given['monitor_id'], cells),
      tickPeriod: optionalNumber(given['tau_leak']) ?? 1e-3,
    };
    return mapResult(attempt(call, laboratory, firstRoom), (outcome) => outcome);
  });
}

export const recDiaf: System = {
  id: 'rockpool.RecDIAF',
  kinds: ['evolve'],
  where: ['layers/event-driven-iaf'],
  deviations: [
    'In a run, events of the input arrive at the start of their step; spikes of the layer have exact times, which the log of the layer keeps.',
    'Refractory periods go on from call to call, and no event beyond the end of a run is done.',
    'At most 65536 events are done in a step; further ones follow in the next.',
  ],
  run: evolve,
};
