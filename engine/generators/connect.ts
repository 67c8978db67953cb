/** Connectivity drawn at random in rows by source: counted, then drawn again where the targets go, without lists in between. */
import { problem } from '../base/problem.ts';
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { blockCount } from '../base/target-blocks.ts';
import { keptIfShort, type NumericContents, type Written } from '../base/written.ts';
import { log1p, log } from '../math/elementary.ts';

/**
 * The targets in block b of source i stand at starts[i · blocks + b] … starts[i · blocks + b + 1] − 1, ascending, counted
 * from the first cell of the block.
 */
export interface TargetRows {
  readonly starts: Int32Array;
  readonly targets: Uint16Array | Written;
  /** Consecutive target cells that are a block. */
  readonly blockCells: number;
}

/** Sizes of the two populations; `selfConnections: false` leaves out pairs of equal index (for recurrent connections). */
export interface PairSpace {
  readonly sourceCount: number;
  readonly targetCount: number;
  readonly selfConnections: boolean;
  /** At most 65,536. */
  readonly blockCells: number;
}

/** Gives a source of the same numbers at each call. */
export type Uniforms = () => UniformSource;

type Visit = (source: number, target: number) => void;

/** Rows of the pairs that `each` visits, the same ones at each call, the targets of a source ascending. */
function rowsOf({ sourceCount, targetCount, blockCells }: PairSpace, each: (visit: Visit) => void): TargetRows {
  const blocks = blockCount(targetCount, blockCells);
  const starts = new Int32Array(sourceCount * blocks + 1);
  const rowOf = (source: number, target: number): number => source * blocks + Math.floor(target / blockCells);
  each((source, target) => {
    const next = rowOf(source, target) + 1;
    starts[next] = (starts[next] as number) + 1;
  });
  for (let row = 1; row < starts.length; row += 1) starts[row] = (starts[row] as number) + (starts[row - 1] as number);
  const write = (into: NumericContents): void => {
    const places = starts.slice();
    each((source, target) => {
      const row = rowOf(source, target);
      const place = places[row] as number;
      into[place] = target % blockCells;
      places[row] = place + 1;
    });
  };
  const length = starts[starts.length - 1] as number;
  return { starts, targets: keptIfShort({ length, write }, (room) => new Uint16Array(room)), blockCells };
}

/** Every target gets `degree` different sources. */
export function connectFixedInDegree(space: PairSpace, degree: number, uniforms: Uniforms): Result<TargetRows> {
  const { sourceCount, targetCount, selfConnections } = space;
  const available = sourceCount - (selfConnections ? 0 : 1);
  const refusal = refuseDegree(degree, available, 'inputs per cell', 'sources');
  if (refusal !== undefined) return refusal;
  return ok(
    rowsOf(space, (visit) => {
      const choose = createChooser(available, uniforms());
      for (let target = 0; target < targetCount; target += 1) {
        choose(degree, (chosen) => visit(!selfConnections && chosen >= target ? chosen + 1 : chosen, target));
      }
    }),
  );
}

/** Every source gets `degree` different targets. */
export function connectFixedOutDegree(space: PairSpace, degree: number, uniforms: Uniforms): Result<TargetRows> {
  const { sourceCount, targetCount, selfConnections } = space;
  const available = targetCount - (selfConnections ? 0 : 1);
  const refusal = refuseDegree(degree, available, 'targets per cell', 'targets');
  if (refusal !== undefined) return refusal;
  return ok(
    rowsOf(space, (visit) => {
      const choose = createChooser(available, uniforms());
      const own = new Int32Array(degree);
      for (let source = 0; source < sourceCount; source += 1) {
        let place = 0;
        choose(degree, (chosen) => {
          own[place] = !selfConnections && chosen >= source ? chosen + 1 : chosen;
          place += 1;
        });
        own.sort();
        for (const target of own) visit(source, target);
      }
    }),
  );
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

/** Every pair is connected with `probability`, independently. */
export function connectWithProbability(space: PairSpace, probability: number, uniforms: Uniforms): Result<TargetRows> {
  if (!(probability >= 0 && probability <= 1)) {
    return failed(problem('generator/invalid', `A probability lies between 0 and 1; ${probability} does not.`));
  }
  const { sourceCount, targetCount, selfConnections } = space;
  const total = sourceCount * targetCount;
  return ok(
    rowsOf(space, (visit) => {
      const gap = createGap(probability, uniforms());
      let source = 0;
      // First pair of the source.
      let first = 0;
      for (let pair = gap(); pair < total; pair += 1 + gap()) {
        while (pair >= first + targetCount) {
          source += 1;
          first += targetCount;
        }
        if (selfConnections || source !== pair - first) visit(source, pair - first);
      }
    }),
  );
}

/** Every pair. */
export function connectAll(space: PairSpace): TargetRows {
  const { sourceCount, targetCount, selfConnections } = space;
  return rowsOf(space, (visit) => {
    for (let source = 0; source < sourceCount; source += 1) {
      for (let target = 0; target < targetCount; target += 1) {
        if (selfConnections || source !== target) visit(source, target);
      }
    }
  });
}

/** Every cell with the cell of its own number. */
export function connectEqual(cells: number, blockCells: number): TargetRows {
  return rowsOf({ sourceCount: cells, targetCount: cells, selfConnections: true, blockCells }, (visit) => {
    for (let cell = 0; cell < cells; cell += 1) visit(cell, cell);
  });
}

/** A number of successes that so many trials exceed less than once in a billion: six deviations above the mean. */
export function likelyMost(trials: number, probability: number): number {
  const mean = trials * probability;
  return Math.min(trials, Math.ceil(mean + 6 * Math.sqrt(mean * (1 - probability)) + 6));
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
function createChooser(total: number, uniform: UniformSource) {
  const marks = new Int32Array(total);
  let turn = 0;
  return (count: number, visit: (chosen: number) => void): void => {
    turn += 1;
    for (let limit = total - count + 1; limit <= total; limit += 1) {
      const drawn = Math.floor(uniform.next() * limit);
      const chosen = marks[drawn] === turn ? limit - 1 : drawn;
      marks[chosen] = turn;
      visit(chosen);
    }
  };
}
