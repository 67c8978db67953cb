/** Rockpool's RecFSSpikeEulerBT: tightly balanced cells, with the steps of their solver and exact times of their spikes. */
import type { Result } from '../../base/result.ts';
import { andThen } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, matrixOf, numberOf, parameterOf, vectorArray } from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { clockOf, initialOf, type LayerClock } from './event-layers.ts';
import { layerSamples, spread } from './rate-layers.ts';

/** Defaults of the constructor, in SI units. */
const defaults: CaseRecord = {
  ...{ bias: 0, noise_std: 0, tau_mem: 0.02, tau_syn_r_fast: 1e-3, tau_syn_r_slow: 0.1 },
  ...{ v_thresh: -0.055, v_reset: -0.065, v_rest: -0.065, refractory: 0 },
};

/** Names of the variables in the cases, with those of the layer. */
const variables = [
  ['state', 'v', 'v'],
  ['I_s_S', 'i_slow', 'I_slow'],
  ['I_s_F', 'i_fast', 'I_fast'],
] as const;

const decay = /multiply column \w+ of the fast weights by ([\d.]+(?:e[+-]?\d+)?)/u;

function parametersOf(given: CaseRecord): Record<string, ResolvedValue> {
  const value = (name: string): number | NumericArray => parameterOf(given[name], name);
  const callback = decay.exec(String(given['spike_callback']));
  return {
    weights_fast: matrixOf(given['weights_fast'], 'weights_fast'),
    weights_slow: matrixOf(given['weights_slow'], 'weights_slow'),
    ...{ tau_mem: value('tau_mem'), tau_syn_fast: value('tau_syn_r_fast'), tau_syn_slow: value('tau_syn_r_slow') },
    ...{ v_thresh: value('v_thresh'), v_reset: value('v_reset'), v_rest: value('v_rest'), bias: value('bias') },
    refractory: notNegative(value('refractory')),
    min_delta: numberOf(given['min_delta'] ?? 0, 'min_delta'),
    noise_std: numberOf(given['noise_std'], 'noise_std'),
    spike_factor: Number(callback?.[1] ?? 1),
  };
}

/** A refractory period just below 0 is none. */
function notNegative(seconds: number | NumericArray): ResolvedValue {
  if (typeof seconds === 'number') return Math.max(seconds, 0);
  return { ...seconds, values: seconds.values.map((value) => Math.max(value, 0)) };
}

/** A tenth of the shortest synaptic time constant. */
function defaultStep(given: CaseRecord): number {
  const taus = ['tau_syn_r_fast', 'tau_syn_r_slow'].flatMap((name) => Array.from(arrayOf(given[name], name).values));
  return Math.min(...taus) / 10;
}

/** A call of the layer. */
interface Call {
  readonly clock: LayerClock;
  readonly steps: number;
  readonly cells: number;
  readonly times: Float64Array;
  readonly rows: NumericArray;
  readonly parameters: Record<string, ResolvedValue>;
  readonly initial: CaseRecord;
}

/** Runs the call; where the solver made more steps than there was room for, once more with enough. */
function attempt(call: Call, laboratory: Laboratory, room: number): Result<CaseRecord> {
  const { parameters, clock, rows, cells } = call;
  const experiment = {
    kind: 'layers/tight-balance',
    parameters: { ...parameters, size: cells, log: room, trace: room },
    input: rows,
    timeStepSeconds: clock.timeStepSeconds,
    record: [],
  };
  return andThen(prepareTrial(laboratory, experiment), (trial) => {
    begin(trial, call);
    const done = trial.read('trace_count').values[0] ?? 0;
    const outcome = done > room ? attempt(call, laboratory, done) : outcomeOf(trial, call);
    trial.dispose();
    return outcome;
  });
}

/** Puts the layer into the state in which the call begins, and runs it to the last sample. */
function begin(trial: Trial, { steps, cells, times, initial }: Call): void {
  const start = times[0] ?? 0;
  for (const [name, variable] of variables) {
    const given = initial[name] ?? null;
    if (given === null) continue;
    const values = spread(arrayOf(given, name).values, cells);
    trial.write(variable, values);
    trial.write(`last_${variable}`, values);
  }
  const weights = initial['weights_fast'] ?? null;
  if (weights !== null) trial.write('weights_fast', matrixOf(weights, 'weights_fast').values);
  trial.write('start', [start]);
  trial.write('solver_time', [start]);
  // As released, whenever the call begins.
  trial.write('last_time', [0]);
  const end = times.at(-1) ?? start;
  trial.write('limit', [end]);
  if (end > start) trial.advance(steps + 1);
}

function outcomeOf(trial: Trial, call: Call): Result<CaseRecord> {
  const { clock, steps, cells, times } = call;
  const count = trial.read('spike_count').values[0] ?? 0;
  const spikeTimes = vectorArray(trial.read('spike_times').values.slice(0, count));
  const spikeCells = vectorArray(trial.read('spike_cells').values.slice(0, count));
  const end = times.at(-1) ?? 0;
  const ended = variables.map(([name, variable]) => [name, atEnd(trial, variable, end, clock)] as const);
  const timestep = clock.first + steps;
  const t = timestep * clock.timeStepSeconds;
  return {
    ok: true,
    problems: [],
    value: {
      output: {
        ...{ type: 'events', times: spikeTimes, channels: spikeCells, num_channels: cells },
        ...{ t_start: clock.first * clock.timeStepSeconds, t_stop: t, periodic: false },
      },
      num_spikes: count,
      num_solver_steps: trial.read('trace_count').values[0] ?? 0,
      dt_used: clock.timeStepSeconds,
      states: solverRecord(trial, call, new Map(ended)),
      final_state: {
        ...{ t, timestep },
        ...Object.fromEntries(ended.map(([name, values]) => [name, vectorArray(values)])),
      },
      callback_log: { times: spikeTimes, ids: spikeCells },
      weights_fast_after: trial.read('weights_fast'),
    },
  };
}

/** Where a call ends: from the step before the last on by as much as the solver went too far, as released. */
function atEnd(trial: Trial, variable: string, end: number, { timeStepSeconds }: LayerClock): Float64Array {
  const [now, last] = [trial.read(variable).values, trial.read(`last_${variable}`).values];
  const excess = (trial.read('solver_time').values[0] ?? end) - end;
  return now.map((value, cell) => {
    const before = last[cell] ?? 0;
    return before + ((value - before) / timeStepSeconds) * excess;
  });
}

/** The steps of the solver; the last is replaced by the end of the call. */
function solverRecord(trial: Trial, { cells, times }: Call, ended: ReadonlyMap<string, Float64Array>): CaseRecord {
  const count = trial.read('trace_count').values[0] ?? 0;
  const stamps = trial.read('trace_times').values.slice(0, count);
  if (count > 0) stamps[count - 1] = times.at(-1) ?? 0;
  const entries = variables.map(([name, variable, title]): [string, CaseValue] => {
    const samples = trial.read(`trace_${variable}`).values.slice(0, count * cells);
    if (count > 0) samples.set(ended.get(name) ?? [], (count - 1) * cells);
    return [title, { times: vectorArray(stamps), samples: { shape: [count, cells], values: samples } }];
  });
  return Object.fromEntries(entries);
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given: CaseRecord = { ...defaults, ...reference.parameters };
  const clock = clockOf(reference, defaultStep(given));
  const cells = matrixOf(given['weights_fast'], 'weights_fast').shape[0] ?? 1;
  const now = clock.first * clock.timeStepSeconds;
  return andThen(layerSamples(reference, clock.timeStepSeconds, now, cells), ({ times, rows, steps }) => {
    const call = { clock, steps, cells, times, rows, parameters: parametersOf(given), initial: initialOf(reference) };
    return attempt(call, laboratory, 2 * steps + 64);
  });
}

export const recFsSpikeEulerBt: System = {
  id: 'rockpool.RecFSSpikeEulerBT',
  kinds: ['evolve'],
  where: ['layers/tight-balance'],
  deviations: [
    'The released layer never runs; it is meant as later versions repair it, where cell 0 spikes as others do.',
    'A run has no end of a call: the state is not moved by the time that the solver went too far, and refractory periods go on.',
    'What a callback can do at a spike is a factor of the fast weights; times and cells stand in the log of the layer.',
  ],
  run: evolve,
};
