/** Noise cases of the integrate-and-fire layers: statistics of the membrane under noise alone. */
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { numberOf, rowsOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';

/** As the cases state: 40 neurons, all weights zero, steps from 300 on. */
const cells = 40;
const settled = 300;

/** Deviation, lag-1 autocorrelation (the time mean of every cell removed, then pooled) and mean, per seed. */
export function membraneNoise(
  reference: ReferenceCase,
  laboratory: Laboratory,
  kind: string,
  bias: number,
): Result<CaseRecord> {
  const { parameters: given, all, expected } = reference;
  const recurrent = kind === 'layers/rec-iaf-brian';
  const rows = recurrent ? cells : 1;
  const parameters: Record<string, ResolvedValue> = {
    weights: { shape: [rows, cells], values: new Float64Array(rows * cells) },
    bias,
    noise_std: numberOf(given['noise_std'], 'noise_std'),
    v_thresh: numberOf(given['v_thresh'], 'v_thresh'),
    tau_mem: numberOf(given['tau_mem'], 'tau_mem'),
  };
  const steps = numberOf(all['steps'], 'steps');
  const statistics: { std: number[]; lag1: number[]; mean: number[] } = { std: [], lag1: [], mean: [] };
  for (let seed = 1; seed <= numberOf(expected['n_seeds'] ?? 5, 'n_seeds'); seed += 1) {
    const trial = prepareTrial(laboratory, {
      kind,
      parameters,
      input: undefined,
      timeStepSeconds: numberOf(all['dt'], 'dt'),
      seed,
      record: ['v'],
    });
    if (!trial.ok) return trial;
    trial.value.advance(steps);
    const { values } = rowsOf(trial.value.samples('v'), settled, steps);
    trial.value.dispose();
    const found = pooled(values);
    statistics.std.push(found.deviation);
    statistics.lag1.push(found.lagOne);
    statistics.mean.push(found.mean);
  }
  return ok({
    std: vectorArray(statistics.std),
    lag1_autocorrelation: vectorArray(statistics.lag1),
    mean: vectorArray(statistics.mean),
  });
}

function pooled(values: Float64Array): { deviation: number; lagOne: number; mean: number } {
  const rows = values.length / cells;
  let [squares, products, total] = [0, 0, 0];
  for (let cell = 0; cell < cells; cell += 1) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) sum += values[row * cells + cell] as number;
    const mean = sum / rows;
    total += mean;
    let before = 0;
    for (let row = 0; row < rows; row += 1) {
      const distance = (values[row * cells + cell] as number) - mean;
      squares += distance * distance;
      if (row > 0) products += distance * before;
      before = distance;
    }
  }
  const pairs = cells * (rows - 1);
  const variance = squares / (cells * rows);
  return { deviation: Math.sqrt(variance), lagOne: products / pairs / variance, mean: total / cells };
}
