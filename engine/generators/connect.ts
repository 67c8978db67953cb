/** Connectivity drawn at random, written straight into rows by source: a count, then the targets, without lists in between. */
import { problem } from '../base/problem.ts';
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { log1p, log } from '../math/elementary.ts';

/** The targets of source i are targets[starts[i]] … targets[starts[i + 1] − 1]. */
export interface TargetRows {
  readonly starts: Int32Array;
  readonly targets: Uint16Array | Int32Array;
}

/** Sizes of the two populations; `selfConnections: false` leaves out pairs of equal index (for recurrent connections). */
export interface PairSpace {
  readonly sourceCount: number;
  readonly targetCount: number;
  readonly selfConnections: boolean;
}

/** Cells below this number are told by 16 bits. */
const narrowCells = 0x10000;

function room(length: number, cells: number): Uint16Array | Int32Array {
  return cells <= narrowCells ? new Uint16Array(length) : new Int32Array(length);
}

/** Every target gets `degree` different sources; the targets of a source are ascending. */
export function connectFixedInDegree(space: PairSpace, degree: number, uniform: UniformSource): Result<TargetRows> {
  const available = space.sourceCount - (space.selfConnections ? 0 : 1);
  const refusal = refuseDegree(degree, available, 'inputs per cell', 'sources');
  if (refusal !== undefined) return refusal;
  const { sourceCount, targetCount } = space;
  const drawn = room(degree * targetCount, sourceCount);
  const starts = new Int32Array(sourceCount + 1);
  const choose = createChooser(available);
  for (let target = 0; target < targetCount; target += 1) {
    let place = target * degree;
    choose(degree, uniform, (chosen) => {
      const source = !space.selfConnections && chosen >= target ? chosen + 1 : chosen;
      drawn[place] = source;
      place += 1;
      starts[source + 1] = (starts[source + 1] as number) + 1;
    });
  }
  for (let row = 1; row <= sourceCount; row += 1) starts[row] = (starts[row] as number) + (starts[row - 1] as number);
  const next = starts.slice();
  const targets = room(drawn.length, targetCount);
  for (let target = 0, place = 0; target < targetCount; target += 1) {
    for (const end = place + degree; place < end; place += 1) {
      const source = drawn[place] as number;
      const at = next[source] as number;
      targets[at] = target;
      next[source] = at + 1;
    }
  }
  return ok({ starts, targets });
}

/** Every source gets `degree` different targets, ascending. */
export function connectFixedOutDegree(space: PairSpace, degree: number, uniform: UniformSource): Result<TargetRows> {
  const available = space.targetCount - (space.selfConnections ? 0 : 1);
  const refusal = refuseDegree(degree, available, 'targets per cell', 'targets');
  if (refusal !== undefined) return refusal;
  const { sourceCount, targetCount } = space;
  const targets = room(degree * sourceCount, targetCount);
  const choose = createChooser(available);
  for (let source = 0; source < sourceCount; source += 1) {
    let place = source * degree;
    choose(degree, uniform, (chosen) => {
      targets[place] = !space.selfConnections && chosen >= source ? chosen + 1 : chosen;
      place += 1;
    });
    targets.subarray(source * degree, place).sort();
  }
  return ok({ starts: Int32Array.from({ length: sourceCount + 1 }, (_, row) => row * degree), targets });
}

function refuseDegree(degree: number, available: number, what: string, whom: string) {
  if (Number.isInteger(degree) && degree >= 0 && degree <= available) return undefined;
  return failed(
    problem(
      'generator/invalid',
      `${degree} ${what} were asked for, but there are ${Math.max(0, available)} possible ${whom}.`,
    ),
  );
}

/** Every pair is connected with `probability`, independently; the targets of a source are ascending. */
export function connectWithProbability(
  space: PairSpace,
  probability: number,
  uniform: UniformSource,
): Result<TargetRows> {
  if (!(probability >= 0 && probability <= 1)) {
    return failed(problem('generator/invalid', `A probability lies between 0 and 1; ${probability} does not.`));
  }
  const { sourceCount, targetCount, selfConnections } = space;
  const total = sourceCount * targetCount;
  const starts = new Int32Array(sourceCount + 1);
  let targets = room(likelyMost(total, probability), targetCount);
  let count = 0;
  const gap = createGap(probability, uniform);
  let source = 0;
  // First pair of the source.
  let first = 0;
  for (let pair = gap(); pair < total; pair += 1 + gap()) {
    while (pair >= first + targetCount) {
      source += 1;
      first += targetCount;
      starts[source] = count;
    }
    const target = pair - first;
    if (source === target && !selfConnections) continue;
    if (count === targets.length) targets = longer(targets, targetCount);
    targets[count] = target;
    count += 1;
  }
  starts.fill(count, source + 1);
  return ok({ starts, targets: targets.subarray(0, count) });
}

/** Every pair. */
export function connectAll({ sourceCount, targetCount, selfConnections }: PairSpace): TargetRows {
  const left = selfConnections ? 0 : Math.min(sourceCount, targetCount);
  const targets = room(sourceCount * targetCount - left, targetCount);
  const starts = new Int32Array(sourceCount + 1);
  let place = 0;
  for (let source = 0; source < sourceCount; source += 1) {
    for (let target = 0; target < targetCount; target += 1) {
      if (!selfConnections && source === target) continue;
      targets[place] = target;
      place += 1;
    }
    starts[source + 1] = place;
  }
  return { starts, targets };
}

/** A number of successes that so many trials exceed less than once in a billion: six deviations above the mean. */
export function likelyMost(trials: number, probability: number): number {
  const mean = trials * probability;
  return Math.min(trials, Math.ceil(mean + 6 * Math.sqrt(mean * (1 - probability)) + 6));
}

function longer(list: Uint16Array | Int32Array, cells: number): Uint16Array | Int32Array {
  const copy = room(list.length * 2 + 16, cells);
  copy.set(list);
  return copy;
}

/** Numbers of failures before the next success of independent trials: geometric, by inversion. */
function createGap(probability: number, uniform: UniformSource): () => number {
  if (probability >= 1) return () => 0;
  if (probability <= 0) return () => Infinity;
  const scale = 1 / log1p(-probability);
  return () => Math.floor(log(uniform.next()) * scale);
}

/**
 * Chooses different numbers below `total`, each set equally often, in no particular order. R. W. Floyd's method: one draw
 * for each number chosen; marks tell what was chosen before, and are never cleared.
 */
function createChooser(total: number) {
  const marks = new Int32Array(total);
  let turn = 0;
  return (count: number, uniform: UniformSource, visit: (chosen: number) => void): void => {
    turn += 1;
    for (let limit = total - count + 1; limit <= total; limit += 1) {
      const drawn = Math.floor(uniform.next() * limit);
      const chosen = marks[drawn] === turn ? limit - 1 : drawn;
      marks[chosen] = turn;
      visit(chosen);
    }
  };
}
