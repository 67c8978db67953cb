/** Noise cases of Rockpool's continuous layers: statistics of the output under noise alone. */
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { numberOf, rowsOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';

/** Deviation and lag-1 autocorrelation (mean not subtracted) over all cells and the second half of the steps, per seed. */
export function outputNoise(
  reference: ReferenceCase,
  laboratory: Laboratory,
  kind: string,
  weightsName: string,
): Result<CaseRecord> {
  const { parameters: given } = reference;
  const size = numberOf(given['size'], 'size');
  const inputs = numberOf(given['size_in'], 'size_in');
  const parameters: Record<string, ResolvedValue> = {
    [weightsName]: { shape: [inputs, size], values: new Float64Array(inputs * size) },
    noise_std: numberOf(given['noise_std'], 'noise_std'),
    bias: numberOf(given['bias'] ?? 0, 'bias'),
    ...(kind === 'layers/pass-through'
      ? {}
      : { tau: numberOf(given['tau'], 'tau'), activation: String(given['activation_func']) }),
  };
  return layerNoise(reference, laboratory, { kind, parameters, record: 'out' });
}

interface Noisy {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  /** Output or state whose statistics are wanted. */
  readonly record: string;
  /** Row from which they are taken; default half of the steps. */
  readonly fromRow?: number;
  /** Whether the autocorrelation is that about the mean. Default no. */
  readonly aboutMean?: boolean;
}

/** Mean, deviation and lag-1 autocorrelation of a layer that has nothing but noise, over all cells, per seed. */
export function layerNoise(
  { all, parameters: given, tolerance }: ReferenceCase,
  laboratory: Laboratory,
  { kind, parameters, record, fromRow, aboutMean = false }: Noisy,
): Result<CaseRecord> {
  const steps = numberOf(all['steps'], 'steps');
  const size = numberOf(given['size'], 'size');
  const means: number[] = [];
  const deviations: number[] = [];
  const correlations: number[] = [];
  for (let seed = 1; seed <= numberOf(tolerance['seeds'] ?? 12, 'seeds'); seed += 1) {
    const trial = prepareTrial(laboratory, {
      kind,
      parameters,
      input: undefined,
      timeStepSeconds: numberOf(given['dt'], 'dt'),
      seed,
      record: [record],
    });
    if (!trial.ok) return trial;
    trial.value.advance(steps + 1);
    const { values } = rowsOf(trial.value.samples(record), fromRow ?? Math.floor(steps / 2), steps + 1);
    trial.value.dispose();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    means.push(mean);
    deviations.push(deviation(values, mean));
    correlations.push(lagOne(aboutMean ? values.map((value) => value - mean) : values, size));
  }
  return ok({ mean: vectorArray(means), std: vectorArray(deviations), lag1: vectorArray(correlations) });
}

function deviation(values: Float64Array, mean: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Σ x(t)·x(t + 1) / Σ x(t)², over all cells. */
function lagOne(values: Float64Array, size: number): number {
  let products = 0;
  let squares = 0;
  for (let index = 0; index + size < values.length; index += 1) {
    const now = values[index] as number;
    products += now * (values[index + size] as number);
    squares += now * now;
  }
  return products / squares;
}
