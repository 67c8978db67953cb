/** Rockpool's PassThrough: weights, delay buffer, bias, printing of the buffer, training. */
import type { Result } from '../../base/result.ts';
import { andThen, expectOk, ok } from '../../base/result.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { createContinuousSeries } from '../../timeseries/continuous-series.ts';
import { printSeries } from '../../timeseries/print-series.ts';
import { arrayOf, matrixOf, numberOf, optionalNumber, parameterOf, rowsOf, vectorArray } from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { layerTraining } from './layer-training.ts';
import { outputNoise } from './output-noise.ts';
import { continuousOutput, layerSamples, spread } from './rate-layers.ts';

interface Buffered {
  readonly delaySteps: number;
  readonly units: number;
  readonly steps: number;
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  if (given['weights'] === 'zeros') return outputNoise(reference, laboratory, 'layers/pass-through', 'weights');
  const timeStepSeconds = numberOf(optionalNumber(given['dt']) ?? reference.all['dt'] ?? 1, 'dt');
  const { parameters, inputs, units, delay } = layerOf(given);
  const delaySteps = roundHalfEven(delay / timeStepSeconds);
  const initial = isRecord(reference.all['initial_state']) ? reference.all['initial_state'] : {};
  const first = optionalNumber(initial['timestep']) ?? 0;
  return andThen(layerSamples(reference, timeStepSeconds, first * timeStepSeconds, inputs), ({ times, rows, steps }) =>
    andThen(
      prepareTrial(laboratory, {
        kind: 'layers/pass-through',
        parameters,
        input: rows,
        timeStepSeconds,
        record: ['out'],
      }),
      (trial) => {
        if (delaySteps > 0 && initial['buffer'] !== undefined)
          trial.write('buffer', rowsOf(arrayOf(initial['buffer'], 'buffer'), 0, delaySteps).values);
        const { buffer, state } = advanceAll(trial, { delaySteps, units, steps });
        const output = continuousOutput(times, rowsOf(trial.samples('out'), 0, steps + 1));
        trial.dispose();
        const end = (first + steps) * timeStepSeconds;
        const kept = delaySteps === 0 ? {} : { buffer };
        const shown = delaySteps === 0 ? {} : printedBuffer(buffer, timeStepSeconds);
        return ok({
          output,
          final_state: { t: end, state: vectorArray(spread(state, units)), ...kept },
          delay_steps: delaySteps,
          ...kept,
          ...shown,
        });
      },
    ),
  );
}

interface GivenLayer {
  readonly parameters: Record<string, ResolvedValue>;
  readonly inputs: number;
  readonly units: number;
  readonly delay: number;
}

/** Parameters of the layer, with the defaults of the original. */
function layerOf(given: CaseRecord): GivenLayer {
  const weights = matrixOf(given['weights'], 'weights');
  const [inputs = 1, units = 1] = weights.shape;
  const delay = numberOf(given['delay'] ?? 0, 'delay');
  const bias = parameterOf(given['bias'] ?? 0, 'bias');
  const noise = numberOf(given['noise_std'] ?? 0, 'noise_std');
  return { parameters: { weights, delay, bias, noise_std: noise }, inputs, units, delay };
}

/** Runs all steps; the buffer afterwards is what the ring held before the last step, then the last sample. */
function advanceAll(
  trial: Trial,
  { delaySteps, units, steps }: Buffered,
): { buffer: NumericArray; state: Float64Array } {
  trial.advance(steps);
  const ring = delaySteps === 0 ? undefined : trial.read('buffer');
  trial.advance(1);
  const last = trial.read('sample').values;
  if (ring === undefined) return { buffer: { shape: [0, units], values: new Float64Array() }, state: last };
  const values = new Float64Array((delaySteps + 1) * units);
  for (let row = 0; row < delaySteps; row += 1) {
    const from = ((steps + row) % delaySteps) * units;
    values.set(ring.values.subarray(from, from + units), row * units);
  }
  values.set(last, delaySteps * units);
  return { buffer: { shape: [delaySteps + 1, units], values }, state: values.slice(0, units) };
}

function printedBuffer(buffer: NumericArray, timeStepSeconds: number): CaseRecord {
  const times = Float64Array.from({ length: buffer.shape[0] ?? 0 }, (_, row) => row * timeStepSeconds);
  const series = expectOk(createContinuousSeries(times, buffer.values, buffer.shape[1] ?? 0));
  return { buffer_times: vectorArray(times), printed: printSeries(series) };
}

export const passThrough: System = {
  id: 'rockpool.PassThrough',
  kinds: ['evolve', 'train'],
  where: ['layers/pass-through', 'training/layer-ridge.ts createLayerRidge'],
  deviations: [
    'A delay may go with as many outputs as one likes, where the original fails unless they are as many as the inputs.',
  ],
  run(reference, laboratory) {
    if (reference.kind === 'evolve') return evolve(reference, laboratory);
    return layerTraining(reference, (trained) => evolve(trained, laboratory));
  },
};
