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

export interface NoisyLayer {
  readonly kind: string;
  /** Where the case gives none. */
  readonly bias: number;
  /** Names of the weights, those of the input first. */
  readonly weights: readonly string[];
  /** Input goes to the cells one by one, so all weights are square. */
  readonly direct: boolean;
  /** State whose statistics are wanted. Default `v`. */
  readonly record?: string;
  /** Further parameters of the kind. */
  readonly more?: Readonly<Record<string, ResolvedValue>>;
}

/** Deviation, lag-1 autocorrelation (the time mean of every cell removed, then pooled) and mean, per seed. */
export function membraneNoise(reference: ReferenceCase, laboratory: Laboratory, layer: NoisyLayer): Result<CaseRecord> {
  const { all, expected } = reference;
  const { kind, record = 'v' } = layer;
  const parameters = parametersOf(layer, reference.parameters);
  const steps = numberOf(all['steps'], 'steps');
  const statistics: { std: number[]; lag1: number[]; mean: number[] } = { std: [], lag1: [], mean: [] };
  for (let seed = 1; seed <= numberOf(expected['n_seeds'] ?? 5, 'n_seeds'); seed += 1) {
    const trial = prepareTrial(laboratory, {
      kind,
      parameters,
      input: undefined,
      timeStepSeconds: numberOf(all['dt'], 'dt'),
      seed,
      record: [record],
    });
    if (!trial.ok) return trial;
    trial.value.advance(steps);
    const { values } = rowsOf(trial.value.samples(record), settled, steps);
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

/** Zero weights, and what the case says of the cells. */
function parametersOf({ bias, weights, direct, more = {} }: NoisyLayer, given: CaseRecord) {
  const rows = (place: number): number => (direct || place > 0 ? cells : 1);
  const zeros = (place: number): ResolvedValue => ({
    shape: [rows(place), cells],
    values: new Float64Array(rows(place) * cells),
  });
  const named = ['noise_std', 'v_thresh', 'tau_mem', 'tau_syn'].filter((name) => given[name] !== undefined);
  return {
    ...Object.fromEntries(weights.map((name, place) => [name, zeros(place)])),
    ...Object.fromEntries(named.map((name) => [name, numberOf(given[name], name)])),
    bias,
    ...more,
  };
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
