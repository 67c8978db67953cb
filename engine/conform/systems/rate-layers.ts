/** Rockpool's rate layers: FFRateEuler, RecRateEuler (evolve, stream, noise) and their training by ridge regression. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { sampleForLayer, stepsToRun } from '../../timeseries/sample-for-layer.ts';
import {
  arrayOf,
  matrixOf,
  numberOf,
  optionalNumber,
  parameterOf,
  rowsOf,
  seriesOf,
  vectorArray,
} from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { layerTraining } from './layer-training.ts';
import { outputNoise } from './output-noise.ts';

interface RateKind {
  readonly kind: string;
  /** Inputs and units of the layer by its weights. */
  sizes(weights: NumericArray): { readonly inputs: number; readonly units: number };
  parameters(given: CaseRecord): Record<string, ResolvedValue>;
}

const feedForward: RateKind = {
  kind: 'layers/ff-rate-euler',
  sizes: ({ shape }) => ({ inputs: shape[0] ?? 1, units: shape[1] ?? 1 }),
  parameters: (given) => ({ ...shared(given, 10), gain: parameterOf(given['gain'] ?? 1, 'gain') }),
};

const recurrent: RateKind = {
  kind: 'layers/rec-rate-euler',
  sizes: ({ shape }) => ({ inputs: shape[1] ?? 1, units: shape[1] ?? 1 }),
  parameters: (given) => shared(given, 1),
};

function shared(given: CaseRecord, defaultTau: number): Record<string, ResolvedValue> {
  return {
    weights: matrixOf(given['weights'], 'weights'),
    tau: parameterOf(given['tau'] ?? defaultTau, 'tau'),
    bias: parameterOf(given['bias'] ?? 0, 'bias'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    activation: String(given['activation_func'] ?? 'relu'),
  };
}

/** The step given, else a tenth of the shortest time constant. */
function timeStepOf(
  given: CaseRecord,
  parameters: Record<string, ResolvedValue>,
  fallback: number | undefined,
): number {
  const step = optionalNumber(given['dt']);
  if (step !== undefined) return step;
  const { tau } = parameters;
  const shortest = typeof tau === 'number' ? tau : Math.min(...((tau as NumericArray).values as unknown as number[]));
  return Number.isFinite(shortest) ? shortest / 10 : (fallback ?? 0);
}

function evolve(rate: RateKind, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  if (given['weights'] === 'zeros') return outputNoise(reference, laboratory, rate.kind, 'weights');
  const parameters = rate.parameters(given);
  const timeStepSeconds = timeStepOf(given, parameters, optionalNumber(reference.all['dt']));
  const { inputs, units } = rate.sizes(parameters['weights'] as NumericArray);
  const initial = isRecord(reference.all['initial_state']) ? reference.all['initial_state'] : {};
  const first =
    optionalNumber(initial['timestep']) ?? Math.floor((optionalNumber(initial['t']) ?? 0) / timeStepSeconds + 1e-9);
  const now = first * timeStepSeconds;
  return andThen(layerSamples(reference, timeStepSeconds, now, inputs), ({ times, rows, steps, hold }) =>
    andThen(
      prepareTrial(laboratory, { kind: rate.kind, parameters, input: rows, timeStepSeconds, record: ['out', 'v'] }),
      (trial) => {
        if (initial['state'] !== undefined) trial.write('v', spread(arrayOf(initial['state'], 'state').values, units));
        return ok(rateOutcome(trial, { times, steps, timeStepSeconds, first, hold }));
      },
    ),
  );
}

interface LayerSamples {
  readonly times: Float64Array;
  /** [steps + 1, inputs]. */
  readonly rows: NumericArray;
  readonly steps: number;
  /** Steps from one output to the next: more than 1 only in a stream. */
  readonly hold: number;
}

/**
 * The input of the case as the layer samples it: steps + 1 rows. A tensor is a stream: each row is held for
 * round(stream_dt / dt) steps, and the outputs are those at the ends of the rows.
 */
export function layerSamples(
  reference: ReferenceCase,
  timeStepSeconds: number,
  now: number,
  inputs: number,
): Result<LayerSamples> {
  const { all } = reference;
  const steps = optionalNumber(all['steps']);
  if (isRecord(all['input']) && all['input']['type'] === 'tensor') {
    return ok(streamSamples(reference, arrayOf(all['input']['data'], 'input.data'), { timeStepSeconds, now, inputs }));
  }
  const series = seriesOf(all['input']);
  const duration = optionalNumber(all['duration']);
  const wanted = {
    ...(steps === undefined ? {} : { steps }),
    ...(duration === undefined ? {} : { duration }),
    input: series,
  };
  return andThen(stepsToRun(timeStepSeconds, now, wanted), (count) =>
    andThen(sampleForLayer(series, timeStepSeconds, now, count, inputs), ({ times, samples }) =>
      ok({ times, rows: { shape: [count + 1, inputs], values: samples }, steps: count, hold: 1 }),
    ),
  );
}

interface StreamClock {
  readonly timeStepSeconds: number;
  readonly now: number;
  readonly inputs: number;
}

function streamSamples(
  reference: ReferenceCase,
  data: NumericArray,
  { timeStepSeconds, now, inputs }: StreamClock,
): LayerSamples {
  const period = optionalNumber(reference.parameters['stream_dt']) ?? timeStepSeconds;
  const hold = Math.max(1, roundHalfEven(period / timeStepSeconds));
  const count = data.shape[0] ?? 0;
  const steps = count * hold;
  const values = new Float64Array((steps + 1) * inputs);
  for (let step = 0; step < steps; step += 1) {
    const row = Math.floor(step / hold) * inputs;
    values.set(data.values.subarray(row, row + inputs), step * inputs);
  }
  const times = tabulated(count + 1, (row) => row * hold * timeStepSeconds + now);
  return { times, rows: { shape: [steps + 1, inputs], values }, steps, hold };
}

interface RateClock {
  readonly times: Float64Array;
  readonly steps: number;
  readonly timeStepSeconds: number;
  readonly first: number;
  readonly hold: number;
}

/** One step more than asked is executed: the output of step T is the one of the state after T steps. */
function rateOutcome(trial: Trial, { times, steps, timeStepSeconds, first, hold }: RateClock): CaseRecord {
  trial.advance(steps + 1);
  const state = rowsOf(trial.samples('v'), steps, steps + 1).values;
  const end = (first + steps) * timeStepSeconds;
  const output = continuousOutput(times, everyRow(rowsOf(trial.samples('out'), 0, steps + 1), hold));
  trial.dispose();
  return { output, final_state: { t: end, state: vectorArray(state) }, dt_used: timeStepSeconds };
}

/** Rows 0, n, 2n, … of an array. */
function everyRow(array: NumericArray, every: number): NumericArray {
  if (every === 1) return array;
  const [rows = 0, width = 0] = array.shape;
  const kept = Array.from(
    { length: Math.ceil(rows / every) },
    (_, row) => rowsOf(array, row * every, row * every + 1).values,
  );
  return { shape: [kept.length, width], values: Float64Array.from(kept.flatMap((row) => Array.from(row))) };
}

/** An analogue output in the form of the cases. */
export function continuousOutput(times: Float64Array, samples: NumericArray): CaseRecord {
  return {
    type: 'continuous',
    times: vectorArray(times),
    samples,
    t_start: times[0] ?? 0,
    t_stop: times[times.length - 1] ?? 0,
    periodic: false,
    interp: 'linear',
  };
}

/** A vector of `length`: one value fills. */
export function spread(values: Float64Array, length: number): Float64Array {
  return values.length === 1 ? new Float64Array(length).fill(values[0] as number) : values;
}

function rateSystem(id: string, rate: RateKind): System {
  return {
    id,
    kinds: ['evolve', 'train'],
    where: [rate.kind, 'training/layer-ridge.ts createLayerRidge'],
    deviations: ['Training in several batches and without biases works; the original raises.'],
    run(reference, laboratory) {
      if (reference.kind === 'evolve') return evolve(rate, reference, laboratory);
      return layerTraining(reference, (trained) => evolve(rate, trained, laboratory));
    },
  };
}

export const ffRateEuler = rateSystem('rockpool.FFRateEuler', feedForward);
export const recRateEuler: System = {
  ...rateSystem('rockpool.RecRateEuler', recurrent),
  kinds: ['evolve'],
  where: [recurrent.kind],
  deviations: ['Streams; the original raises.'],
};
