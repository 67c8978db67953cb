/** Evolution of Rockpool's JAX spiking layers, with and without weights at their ends. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { rasterForLayer, stepsToRun } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, eventsOf, numberOf, optionalNumber, parameterOf, rowsOf, vectorArray } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import { layerNoise } from './output-noise.ts';
import { continuousOutput, layerSamples, spread } from './rate-layers.ts';

/** Which of the four layers. */
export interface RecLifForm {
  readonly kind: 'layers/rec-lif' | 'layers/rec-lif-io';
  /** Where the input goes: events to the synapse, currents to the membrane. */
  readonly target: 'synapse' | 'membrane';
}

const cellParameters = ['tau_mem', 'tau_syn', 'bias'] as const;
/** States by their names in the cases. */
const finals = { Vmem: 'v', Isyn: 'i_syn', spikes: 'count' } as const;
/** What is recorded of every step, by its name in the cases. */
const stateTraces = { v_mem: 'v', i_syn: 'i_syn' } as const;
const portTraces = { i_rec: 'recurrent', surrogate: 'activity' } as const;

const recorded = ['spikes', 'count', ...Object.values(stateTraces), ...Object.values(portTraces)];

/** Output, spikes, states and final state of a call. The original takes a step at both ends of the time it runs. */
export function evolveRecLif(form: RecLifForm, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all, parameters: given } = reference;
  if (given['w_recurrent'] === 'zeros') return noise(form, reference, laboratory);
  const timeStepSeconds = numberOf(all['dt'], 'dt');
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  const first = optionalNumber(initial['timestep']) ?? 0;
  const cells = arrayOf(given['w_recurrent'], 'w_recurrent').shape[1] ?? 1;
  const inputs = given['w_in'] === undefined ? cells : (arrayOf(given['w_in'], 'w_in').shape[0] ?? 1);
  const clock = { first, timeStepSeconds };
  const hasReadout = form.kind === 'layers/rec-lif-io';
  return andThen(inputRows(form, reference, { ...clock, inputs }), ({ rows, steps }) =>
    mapResult(
      prepareTrial(laboratory, {
        ...{ kind: form.kind, parameters: layerParameters(form, given), input: rows, timeStepSeconds },
        record: [...recorded, ...(hasReadout ? ['out'] : [])],
      }),
      (trial) => {
        for (const [name, state] of Object.entries(finals))
          if (initial[name] !== undefined) trial.write(state, spread(arrayOf(initial[name], name).values, cells));
        trial.advance(steps + 1);
        const produced = outcomeOf(trial, { ...clock, steps, cells });
        const times = timesOf({ ...clock, steps });
        const output = hasReadout
          ? continuousOutput(times, rowsOf(trial.samples('out'), 0, steps + 1))
          : produced.spikes;
        trial.dispose();
        return { ...produced, output };
      },
    ),
  );
}

function layerParameters({ kind, target }: RecLifForm, given: CaseRecord): Record<string, ResolvedValue> {
  const weights = kind === 'layers/rec-lif-io' ? ['w_in', 'w_recurrent', 'w_out'] : ['w_recurrent'];
  return {
    target,
    ...Object.fromEntries(weights.map((name) => [name, arrayOf(given[name], name)])),
    ...Object.fromEntries(cellParameters.map((name) => [name, parameterOf(given[name], name)])),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
  };
}

interface LayerClock {
  readonly first: number;
  readonly timeStepSeconds: number;
}

/** The rows of the steps + 1 steps that the original takes. */
function inputRows(
  { target }: RecLifForm,
  reference: ReferenceCase,
  { first, timeStepSeconds, inputs }: LayerClock & { readonly inputs: number },
): Result<{ rows: NumericArray; steps: number }> {
  const now = first * timeStepSeconds;
  if (target === 'membrane') return layerSamples(reference, timeStepSeconds, now, inputs);
  const { all } = reference;
  const input = eventsOf(all['input']);
  const [steps, duration] = [optionalNumber(all['steps']), optionalNumber(all['duration'])];
  const wanted = {
    ...(steps === undefined ? {} : { steps }),
    ...(duration === undefined ? {} : { duration }),
    input,
  };
  return andThen(stepsToRun(timeStepSeconds, now, wanted), (count) => {
    const { counts } = rasterForLayer(input, timeStepSeconds, { now, steps: count + 1, channelCount: inputs });
    return ok({ rows: { shape: [count + 1, inputs], values: new Float64Array(counts) }, steps: count });
  });
}

interface RunClock extends LayerClock {
  readonly steps: number;
}

/** The times of the steps + 1 rows. */
function timesOf({ first, timeStepSeconds, steps }: RunClock): Float64Array {
  return tabulated(steps + 1, (row) => row * timeStepSeconds + first * timeStepSeconds);
}

function outcomeOf(trial: Trial, clock: RunClock & { readonly cells: number }) {
  const { first, timeStepSeconds, steps, cells } = clock;
  const [start, end] = [first * timeStepSeconds, (first + steps) * timeStepSeconds];
  const times = timesOf(clock);
  const trace = (samples: NumericArray): CaseRecord => ({ times: vectorArray(times), samples });
  const { steps: at, cells: who } = trial.events('spikes');
  const spikes: CaseRecord = {
    type: 'events',
    times: vectorArray(tabulated(at.length, (event) => Math.min(end, times[at[event] as number] as number))),
    channels: vectorArray(who),
    num_channels: cells,
    ...{ t_start: start, t_stop: end, periodic: false },
  };
  const counts = statesAfter(trial, 'count', steps + 1).values;
  const named = (names: Readonly<Record<string, string>>, rows: (name: string) => NumericArray) =>
    Object.fromEntries(Object.entries(names).map(([shown, name]) => [shown, trace(rows(name))]));
  return {
    spikes,
    num_spikes: who.length,
    states: {
      ...named(stateTraces, (name) => statesAfter(trial, name, steps + 1)),
      ...named(portTraces, (name) => rowsOf(trial.samples(name), 0, steps + 1)),
    },
    max_spikes_in_one_step: largestOf(counts),
    final_state: {
      ...{ t: end, timestep: first + steps },
      ...Object.fromEntries(Object.entries(finals).map(([name, state]) => [name, trial.read(state)])),
    },
  };
}

function largestOf(values: Float64Array): number {
  let most = 0;
  for (let place = 0; place < values.length; place += 1) most = Math.max(most, values[place] as number);
  return most;
}

/** Statistics of the membranes of cells without weights. */
function noise({ kind, target }: RecLifForm, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const size = numberOf(given['size'], 'size');
  const parameters = {
    ...Object.fromEntries(cellParameters.map((name) => [name, numberOf(given[name], name)])),
    w_recurrent: { shape: [size, size], values: new Float64Array(size * size) },
    noise_std: numberOf(given['noise_std'], 'noise_std'),
    target,
  };
  // The cells start at 0, far above where the bias holds them: they have settled after 700 steps.
  return layerNoise(reference, laboratory, { kind, parameters, record: 'v', fromRow: 700, aboutMean: true });
}
