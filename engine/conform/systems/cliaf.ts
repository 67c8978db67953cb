/** Rockpool's constant-leak layers FFCLIAF and RecCLIAF. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult } from '../../base/result.ts';
import { rockpoolSwitches } from '../../formats/rockpool-switches.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, matrixOf, optionalNumber, parameterOf, rowsOf, vectorArray } from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { clockOf, eventInput, eventOutput, eventRows, initialOf, type LayerClock } from './event-layers.ts';
import { spread } from './rate-layers.ts';

/** Parameters that both layers share. */
function sharedParameters(given: CaseRecord): Record<string, ResolvedValue> {
  const subtracted = given['v_subtract'] === undefined ? 8 : given['v_subtract'];
  return {
    bias: parameterOf(given['bias'] ?? 0, 'bias'),
    v_thresh: parameterOf(given['v_thresh'] ?? 8, 'v_thresh'),
    v_reset: parameterOf(given['v_reset'] ?? 0, 'v_reset'),
    after_spike: subtracted === null ? 'reset' : 'subtract',
    ...(subtracted === null ? {} : { v_subtract: parameterOf(subtracted, 'v_subtract') }),
  };
}

function recurrentParameters(given: CaseRecord, cells: number): Record<string, ResolvedValue> {
  const type = String(given['state_type'] ?? 'float');
  const recurrent = arrayOf(given['weights_rec'], 'weights_rec').values;
  return {
    ...sharedParameters(given),
    weights_rec: { shape: [cells, cells], values: recurrent },
    refractory: parameterOf(given['refractory'] ?? 0, 'refractory'),
    delay: optionalNumber(given['delay']) ?? 0,
    bias_period: optionalNumber(given['tTauBias']) ?? 0,
    state_type: type === 'float64' ? 'float' : type,
    ...rockpoolSwitches.RecCLIAF,
  };
}

interface Layer {
  readonly clock: LayerClock;
  readonly steps: number;
  readonly cells: number;
}

/** Runs the one call of a case. `begin` writes the state, `outcome` reads what is particular to the layer. */
function runLayer(
  reference: ReferenceCase,
  laboratory: Laboratory,
  request: {
    readonly clock: LayerClock;
    readonly weights: NumericArray;
    readonly parameters: Record<string, ResolvedValue>;
    /** Ends of steps are a running sum, not multiples of the time step. */
    readonly summedTimes: boolean;
    begin(trial: Trial, cells: number): void;
    outcome(trial: Trial, layer: Layer): CaseRecord;
  },
): Result<CaseRecord> {
  const { clock, weights, parameters } = request;
  const [inputs = 1, cells = 1] = weights.shape;
  return andThen(eventInput(reference, clock), ({ series, steps }) =>
    mapResult(
      prepareTrial(laboratory, {
        kind: 'layers/cliaf',
        parameters: { ...parameters, weights },
        input: eventRows(series, clock, steps, inputs, { until: (clock.first + steps) * clock.timeStepSeconds }),
        timeStepSeconds: clock.timeStepSeconds,
        record: ['spikes', 'v', 'reached'],
      }),
      (trial) => {
        request.begin(trial, cells);
        // One step more: its beginning is the end of the last.
        trial.advance(steps);
        const layer = { clock, steps, cells };
        const events = trial.events('spikes');
        const plain = eventOutput(events, clock, steps, cells);
        const output = request.summedTimes ? { ...plain, times: summedTimes(events.steps, layer) } : plain;
        const particular = request.outcome(trial, layer);
        trial.dispose();
        return { output, num_spikes: events.steps.length, ...particular };
      },
    ),
  );
}

/** Ends of steps as the original comes to them, by adding the time step over and over; none beyond the end of the call. */
function summedEnds({ clock, steps }: Layer): Float64Array {
  const { first, timeStepSeconds } = clock;
  let time = first * timeStepSeconds;
  return Float64Array.from({ length: steps }, () => (time += timeStepSeconds));
}

function summedTimes(spikes: readonly number[], layer: Layer): NumericArray {
  const { first, timeStepSeconds } = layer.clock;
  const [ends, stop] = [summedEnds(layer), (first + layer.steps) * timeStepSeconds];
  return vectorArray(spikes.map((step) => Math.min(ends[step] as number, stop)));
}

function commonState(trial: Trial, { clock, steps }: Layer): CaseRecord {
  const timestep = clock.first + steps;
  return { t: timestep * clock.timeStepSeconds, timestep, state: vectorArray(trial.read('v').values) };
}

/** The membrane before and after its spikes of every step, [2 · steps, cells], in turn. */
function bothRows(trial: Trial, { steps, cells }: Layer): readonly Float64Array[] {
  const [before, begun] = [trial.samples('reached'), trial.samples('v')];
  const last = trial.read('v').values;
  const row = (array: NumericArray, step: number): Float64Array => rowsOf(array, step, step + 1).values;
  return Array.from({ length: steps }, (_, step) => [
    row(before, step),
    step + 1 < steps ? row(begun, step + 1) : last.slice(0, cells),
  ]).flat();
}

/** Cells that are recorded: none, some, or all. */
export function monitored(given: CaseValue | undefined, cells: number): readonly number[] {
  if (given === true) return Array.from({ length: cells }, (_, cell) => cell);
  if (given === undefined || given === null || given === false) return [];
  return Array.from(arrayOf(given, 'monitor_id').values);
}

function evolveForward(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const initial = initialOf(reference);
  let begun: Float64Array = new Float64Array();
  return runLayer(reference, laboratory, {
    clock: clockOf(reference, 1),
    summedTimes: true,
    weights: matrixOf(given['weights'], 'weights'),
    parameters: sharedParameters(given),
    begin(trial, cells) {
      const state = initial['state'] ?? null;
      begun = state === null ? trial.read('v').values.slice() : spread(arrayOf(state, 'state').values, cells);
      // A call goes on in single precision.
      trial.write('v', begun.map(Math.fround));
    },
    outcome(trial, layer) {
      const ids = monitored(given['monitor_id'], layer.cells);
      const final_state = commonState(trial, layer);
      return ids.length === 0 ? { final_state } : { final_state, state_log: stateLog(trial, layer, ids, begun) };
    },
  });
}

/**
 * Rows of time, cell and membrane: all cells as the call found them, then those recorded before and after the spikes of
 * every step. The time is a running sum, as in the original.
 */
function stateLog(trial: Trial, layer: Layer, ids: readonly number[], begun: Float64Array): CaseRecord {
  const { timeStepSeconds, first } = layer.clock;
  const ends = summedEnds(layer);
  const rows = Array.from(begun, (value, cell) => [first * timeStepSeconds, cell, value]);
  bothRows(trial, layer).forEach((row, place) => {
    const time = ends[Math.floor(place / 2)] as number;
    for (const cell of ids) rows.push([time, cell, row[cell] as number]);
  });
  return {
    rows: 'time, neuron id, state',
    data: { shape: [rows.length, 3], values: Float64Array.from(rows.flat()) },
  };
}

function evolveRecurrent(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const initial = initialOf(reference);
  const weights = matrixOf(given['weights_in'], 'weights_in');
  const clock = clockOf(reference, 1e-4);
  const parameters = recurrentParameters(given, weights.shape[1] ?? 1);
  const period = Math.max(1, Math.floor(Number(parameters['bias_period']) / clock.timeStepSeconds));
  const refractory = waits(parameters['refractory'], clock);
  return runLayer(reference, laboratory, {
    ...{ clock, weights, parameters, summedTimes: false },
    begin(trial, cells) {
      const write = (signal: string, name: string): void => {
        const value = initial[name] ?? null;
        if (value !== null) trial.write(signal, spread(arrayOf(value, name).values, cells));
      };
      write('v', 'state');
      write('queue', 'delayed_spikes');
      write('refractory_steps', 'steps_until_refractory_ends');
      if (period > 1) trial.write('bias_clock', [clock.first % period]);
    },
    outcome(trial, layer) {
      const { cells } = layer;
      const queue = trial.read('queue');
      const final_state = {
        ...commonState(trial, layer),
        delayed_spikes: queueInOrder(queue, layer, isShared(parameters, refractory)),
        steps_until_refractory_ends: vectorArray(trial.read('refractory_steps').values),
      };
      const ids = monitored(given['monitor_id'], cells);
      return {
        ...{ final_state, delay_steps: queue.shape[0] ?? 1, bias_period_steps: period },
        refractory_steps: vectorArray(spread(refractory, cells)),
        ...(ids.length === 0 ? {} : { states: { ts_recorded: recorded(trial, layer, ids) } }),
      };
    },
  });
}

/** Whole steps of the refractory periods. */
function waits(value: ResolvedValue | undefined, { timeStepSeconds }: LayerClock): Float64Array {
  return arrayOf(value as CaseValue, 'refractory').values.map((seconds) => Math.floor(seconds / timeStepSeconds));
}

function isShared(parameters: Record<string, ResolvedValue>, refractory: Float64Array): boolean {
  return parameters['after_spike'] === 'subtract' && refractory.every((steps) => steps === 0);
}

/** The slots of the queue, the oldest first; where all written ones are one, they all show the last step. */
function queueInOrder({ shape, values }: NumericArray, { steps, cells }: Layer, shared: boolean): NumericArray {
  const [rows = 1] = shape;
  const rowAt = (row: number): Float64Array => values.subarray((row % rows) * cells, ((row % rows) + 1) * cells);
  const ordered = Array.from({ length: rows }, (_, place) => {
    const written = steps + place >= rows && steps > 0;
    return rowAt(shared && written ? steps - 1 : steps + place);
  });
  return { shape: [rows, cells], values: Float64Array.from(ordered.flatMap((row) => Array.from(row))) };
}

/** The start, then before and after the spikes of every step; both rows of a step carry its end. */
function recorded(trial: Trial, layer: Layer, ids: readonly number[]): CaseRecord {
  const { clock, steps } = layer;
  const at = (step: number): number => (clock.first + step) * clock.timeStepSeconds;
  const start = steps === 0 ? trial.read('v').values : rowsOf(trial.samples('v'), 0, 1).values;
  const rows = [start, ...bothRows(trial, layer)].map((row) => ids.map((cell) => row[cell] as number));
  return {
    type: 'continuous',
    times: vectorArray(rows.map((_, place) => at(Math.ceil(place / 2)))),
    samples: { shape: [rows.length, ids.length], values: Float64Array.from(rows.flat()) },
    ...{ t_start: at(0), t_stop: at(steps), periodic: false, interp: 'linear' },
  };
}

const deviations = [
  'At most 65535 spikes of a cell leave in a step.',
  'A layer that subtracts needs something to subtract; the original does not end where that is 0 or less.',
];

export const ffCliaf: System = {
  id: 'rockpool.FFCLIAF',
  kinds: ['evolve'],
  where: ['layers/cliaf'],
  deviations: [
    ...deviations,
    'The membrane keeps double precision between calls; conform rounds it as the original does.',
  ],
  run: evolveForward,
};

export const recCliaf: System = {
  id: 'rockpool.RecCLIAF',
  kinds: ['evolve'],
  where: ['layers/cliaf'],
  deviations: [
    ...deviations,
    'A refractory cell does not spike, a delay holds for subtracting layers too, and times that are whole steps are not cut by rounding; three switches restore the released behaviour.',
  ],
  run: evolveRecurrent,
};
