/** Draws matrices as often as a case asks and gathers what it compares: statistics, values, properties. */
import { hash32 } from '../../base/hash.ts';
import { createUniformSource, streamKey, type UniformSource } from '../../base/random.ts';
import { mapResult, ok, type Result } from '../../base/result.ts';
import type { Matrix } from '../../math/matrix.ts';
import { BadCase, numberOf, recordOf, vectorArray } from '../case-access.ts';
import { boundedStatistics, exactProperties, matrixStatistics } from '../matrix-statistics.ts';
import { isRecord, type CaseRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';

/** Matrices by the names that the case has for them. */
export type NamedMatrices = Readonly<Record<string, Matrix>>;

/** True when the case compares statistics rather than numbers. */
export function asksForDraws({ tolerance, expected }: ReferenceCase): boolean {
  return tolerance['mode'] === 'statistical' && isRecord(expected['statistics']);
}

/** Own draws of a case whose bounds say how they depend on this number. */
const mostDraws = 40;

/** What a case of Rockpool's generators compares, over the engine's own draws. */
export function drawnStatistics(
  { id, expected }: ReferenceCase,
  draw: (uniform: UniformSource) => Result<NamedMatrices>,
): Result<CaseRecord> {
  return mapResult(severalDraws(id, Math.min(mostDraws, numberOf(expected['n_seeds'], 'n_seeds')), draw), (draws) => {
    const each = (name: string): readonly Matrix[] =>
      draws.map((matrices) => matrices[name] ?? missing(`a matrix called ${name}`));
    const names = (key: string): string[] => Object.keys(isRecord(expected[key]) ? expected[key] : {});
    const record = (keys: readonly string[], of: (name: string) => CaseValue): CaseRecord =>
      Object.fromEntries(keys.map((name) => [name, of(name)]));
    const first = names('shape')[0] ?? '';
    return {
      shape: record(names('shape'), (name) => vectorArray([each(name)[0]?.rows ?? 0, each(name)[0]?.columns ?? 0])),
      statistics: record(names('statistics'), (name) =>
        record(Object.keys(recordOf(recordOf(expected['statistics'], 'statistics')[name], name)), (statistic) =>
          vectorArray(each(name).map(matrixStatistics[statistic] ?? (() => missing(`the statistic ${statistic}`)))),
        ),
      ),
      observed_values: record(names('observed_values'), (name) =>
        vectorArray([...new Set(each(name).flatMap(({ values }) => [...values]))]),
      ),
      exact_properties: record(names('exact_properties'), (name) =>
        vectorArray(each(first).flatMap(exactProperties[name] ?? (() => missing(`the property ${name}`)))),
      ),
    };
  });
}

/** What a case with bounds in its tolerance compares; `exact` is asked once, of all draws. */
export function boundedDraws(
  { id, expected, tolerance }: ReferenceCase,
  draw: (uniform: UniformSource) => Result<Matrix>,
  exact: (draws: readonly Matrix[]) => CaseRecord = () => ({}),
): Result<CaseRecord> {
  const count = numberOf(recordOf(expected['statistics'], 'statistics')['matrices'], 'matrices');
  const named = (uniform: UniformSource): Result<NamedMatrices> => mapResult(draw(uniform), (matrix) => ({ matrix }));
  return mapResult(severalDraws(id, count, named), (draws) => {
    const all = draws.map(({ matrix }) => matrix as Matrix);
    const names = Object.keys(recordOf(tolerance['bounds'], 'bounds'));
    const of = (name: string) => boundedStatistics[name] ?? (() => missing(`the statistic ${name}`));
    return {
      statistics: Object.fromEntries(names.map((name) => [name, vectorArray(all.map(of(name)))])),
      exact: exact(all),
    };
  });
}

/** Every case has streams of its own. */
function severalDraws<T>(id: string, count: number, draw: (uniform: UniformSource) => Result<T>): Result<readonly T[]> {
  const draws: T[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const drawn = draw(createUniformSource(streamKey(seed, hash32(`${id}/b`))));
    if (!drawn.ok) return drawn;
    draws.push(drawn.value);
  }
  return ok(draws);
}

function missing(what: string): never {
  throw new BadCase(`the engine has no ${what.replace(/^an? /u, '')}`);
}
