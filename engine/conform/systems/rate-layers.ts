/** Rockpool's rate layers: FFRateEuler, RecRateEuler (evolve, stream, noise) and their training by ridge regression. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
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
  const first = optionalNumber(initial['timestep']) ?? 0;
  const now = first * timeStepSeconds;
  return andThen(layerSamples(reference, timeStepSeconds, now, inputs), ({ times, rows, steps }) =>
    andThen(
      prepareTrial(laboratory, { kind: rate.kind, parameters, input: rows, timeStepSeconds, record: ['out', 'v'] }),
      (trial) => {
        if (initial['state'] !== undefined) trial.write('v', spread(arrayOf(initial['state'], 'state').values, units));
        return ok(rateOutcome(trial, { times, steps, timeStepSeconds, first }));
      },
    ),
  );
}

interface LayerSamples {
  readonly times: Float64Array;
  /** [steps + 1, inputs]. */
  readonly rows: NumericArray;
  readonly steps: number;
}

/** The input of the case as the layer samples it: steps + 1 rows. A tensor is a stream of rows held for one step each. */
export function layerSamples(
  reference: ReferenceCase,
  timeStepSeconds: number,
  now: number,
  inputs: number,
): Result<LayerSamples> {
  const { all } = reference;
  const steps = optionalNumber(all['steps']);
  if (isRecord(all['input']) && all['input']['type'] === 'tensor') {
    const data = arrayOf(all['input']['data'], 'input.data');
    const rows = data.shape[0] ?? 0;
    const values = new Float64Array((rows + 1) * inputs);
    values.set(data.values);
    const times = Float64Array.from({ length: rows + 1 }, (_, row) => row * timeStepSeconds + now);
    return ok({ times, rows: { shape: [rows + 1, inputs], values }, steps: rows });
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
      ok({ times, rows: { shape: [count + 1, inputs], values: samples }, steps: count }),
    ),
  );
}

interface RateClock {
  readonly times: Float64Array;
  readonly steps: number;
  readonly timeStepSeconds: number;
  readonly first: number;
}

/** One step more than asked is executed: the output of step T is the one of the state after T steps. */
function rateOutcome(trial: Trial, { times, steps, timeStepSeconds, first }: RateClock): CaseRecord {
  trial.advance(steps + 1);
  const state = rowsOf(trial.samples('v'), steps, steps + 1).values;
  const end = (first + steps) * timeStepSeconds;
  const output = continuousOutput(times, rowsOf(trial.samples('out'), 0, steps + 1));
  trial.dispose();
  return { output, final_state: { t: end, state: vectorArray(state) }, dt_used: timeStepSeconds };
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
    run(reference, laboratory) {
      if (reference.kind === 'evolve') return evolve(rate, reference, laboratory);
      return layerTraining(reference, (trained) => evolve(rate, trained, laboratory));
    },
  };
}

export const ffRateEuler = rateSystem('rockpool.FFRateEuler', feedForward);
export const recRateEuler: System = { ...rateSystem('rockpool.RecRateEuler', recurrent), kinds: ['evolve'] };
