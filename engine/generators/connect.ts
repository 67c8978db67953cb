/** Lists of synapses between two populations: index pairs, drawn at random. */
import { problem } from '../base/problem.ts';
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { log1p, log } from '../math/elementary.ts';
import { choosePlaces } from './sparse-matrix.ts';

/** Synapse k leads from cell `sources[k]` to cell `targets[k]`. */
export interface SynapsePairs {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
}

/** Sizes of the two populations; `selfConnections: false` leaves out pairs of equal index (for recurrent connections). */
export interface PairSpace {
  readonly sourceCount: number;
  readonly targetCount: number;
  readonly selfConnections: boolean;
}

/** Every target gets `degree` different sources. By target, then by source. */
export function connectFixedInDegree(space: PairSpace, degree: number, uniform: UniformSource): Result<SynapsePairs> {
  const available = space.sourceCount - (space.selfConnections ? 0 : 1);
  if (!(Number.isInteger(degree) && degree >= 0 && degree <= available)) {
    return failed(
      problem(
        'generator/invalid',
        `${degree} inputs per cell were asked for, but there are ${Math.max(0, available)} possible sources.`,
      ),
    );
  }
  const sources = new Int32Array(degree * space.targetCount);
  const targets = new Int32Array(degree * space.targetCount);
  for (let target = 0; target < space.targetCount; target += 1) {
    const chosen = choosePlaces(available, degree, uniform).map((place) =>
      !space.selfConnections && place >= target ? place + 1 : place,
    );
    sources.set(chosen.subarray(0, degree), target * degree);
    targets.fill(target, target * degree, (target + 1) * degree);
  }
  return ok({ sources, targets });
}

/** Every pair is connected with `probability`, independently. By source, then by target. */
export function connectWithProbability(
  space: PairSpace,
  probability: number,
  uniform: UniformSource,
): Result<SynapsePairs> {
  if (!(probability >= 0 && probability <= 1)) {
    return failed(problem('generator/invalid', `A probability lies between 0 and 1; ${probability} does not.`));
  }
  const total = space.sourceCount * space.targetCount;
  let sources = new Int32Array(likelyMost(total, probability));
  let targets = new Int32Array(sources.length);
  let count = 0;
  for (let pair = gap(probability, uniform); pair < total; pair += 1 + gap(probability, uniform)) {
    const source = Math.floor(pair / space.targetCount);
    const target = pair % space.targetCount;
    if (source === target && !space.selfConnections) continue;
    if (count === sources.length) [sources, targets] = [longer(sources), longer(targets)];
    sources[count] = source;
    targets[count] = target;
    count += 1;
  }
  return ok({ sources: sources.subarray(0, count), targets: targets.subarray(0, count) });
}

/** A number of successes that so many trials exceed less than once in a billion: six deviations above the mean. */
export function likelyMost(trials: number, probability: number): number {
  const mean = trials * probability;
  return Math.min(trials, Math.ceil(mean + 6 * Math.sqrt(mean * (1 - probability)) + 6));
}

function longer(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(list.length * 2 + 16);
  copy.set(list);
  return copy;
}

/** Number of failures before the next success of independent trials: geometric, by inversion. */
function gap(probability: number, uniform: UniformSource): number {
  if (probability >= 1) return 0;
  if (probability <= 0) return Infinity;
  return Math.floor(log(uniform.next()) / log1p(-probability));
}
