/** reservoirpy's observables: errors, spectral radii, memory capacity. */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import { effectiveSpectralRadius } from '../../analysis/effective-spectral-radius.ts';
import { memoryTask, recallCapacities } from '../../analysis/memory-capacity.ts';
import {
  errorKinds,
  errorNorms,
  errorOverall,
  errorPerFeature,
  normalisedError,
  normalisedErrorPerFeature,
  type ErrorKind,
  type ErrorNorm,
} from '../../analysis/observables.ts';
import { spectralRadius } from '../../math/spectral-radius.ts';
import { fitRidge, predictRidge } from '../../training/ridge.ts';
import { arrayFromMatrix, arrayOf, BadCase, mathMatrix, numberOf, recordOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { isNumericArray, type CaseRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { optionsOf } from './case-options.ts';
import { reservoirRun, runSeries } from './reservoirs.ts';

/** The case's own divisor where its key says `value`; it is not among its parameters. */
const statedNorm = 2.5;

function isError(key: string): boolean {
  const [name = ''] = key.split('_');
  return name === 'nrmse' || name in errorKinds;
}

/** What a key of the expectation asks for: `nrmse_minmax_2d_dim` is an error, a norm, the input's shape, over all or per feature. */
function errorOf(key: string, input: CaseRecord): Result<CaseValue> {
  const [name = '', ...rest] = key.split('_');
  const shape = rest.find((part) => part === '2d' || part === '3d') ?? '2d';
  const [predicted, target] = [arrayOf(input[`y_pred_${shape}`], key), arrayOf(input[`y_true_${shape}`], key)];
  const perFeature = rest.at(-1) === 'dim';
  if (name !== 'nrmse') {
    const kind = name as ErrorKind;
    return perFeature
      ? mapResult(errorPerFeature(kind, predicted, target), vectorArray)
      : errorOverall(kind, predicted, target);
  }
  const norm = rest[0] === 'value' ? statedNorm : normOf(rest[0] ?? '');
  return perFeature
    ? mapResult(normalisedErrorPerFeature(norm, predicted, target), vectorArray)
    : normalisedError(norm, predicted, target);
}

function normOf(name: string): ErrorNorm {
  if (name in errorNorms) return name as ErrorNorm;
  throw new BadCase(`the norm ${name} is not known`);
}

/** All keys of the expectation, each made by `make`. */
/** What is made for every key that says what is asked for; nothing for others. */
function everyKey(
  expected: CaseRecord,
  asks: (key: string) => boolean,
  make: (key: string) => Result<CaseValue>,
): Result<CaseRecord> {
  const entries: [string, CaseValue][] = [];
  for (const key of Object.keys(expected).filter(asks)) {
    const made = make(key);
    if (!made.ok) return made;
    entries.push([key, made.value]);
  }
  return ok(Object.fromEntries(entries));
}

export const observables: System = {
  id: 'reservoirpy.observables',
  kinds: ['weights'],
  targetless: true,
  where: ['analysis/observables.ts normalisedError', 'analysis/observables.ts errorOverall'],
  deviations: [],
  run: ({ expected, all }) => everyKey(expected, isError, (key) => errorOf(key, recordOf(all['input'], 'input'))),
};

/** `effective_spectral_radius_W2_sparse`: of which matrix, and of the leaky one. */
const radiusKey = /^(effective_)?spectral_radius_(\w+?)(?:_sparse)?$/u;

export const spectralRadii: System = {
  id: 'reservoirpy.spectral_radius',
  kinds: ['weights'],
  targetless: true,
  where: ['analysis/effective-spectral-radius.ts effectiveSpectralRadius', 'math/spectral-radius.ts spectralRadius'],
  deviations: [],
  run: ({ expected, all, parameters }) =>
    everyKey(
      expected,
      (key) => radiusKey.test(key),
      (key) => {
        const [, effective, name = ''] = radiusKey.exec(key) ?? [];
        const matrix = mathMatrix(arrayOf(recordOf(all['input'], 'input')[name], name));
        return ok(
          effective === undefined
            ? spectralRadius(matrix)
            : effectiveSpectralRadius(matrix, numberOf(parameters['lr'], 'lr')),
        );
      },
    ),
};

/** A reservoir and a ridge readout that recalls its inputs. */
function recall(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { parameters: given, all } = reference;
  const series = recordOf(all['input'], 'input')['series'];
  if (!isNumericArray(series)) throw new BadCase('a series is needed');
  const options = optionsOf(given);
  const mostDelay = numberOf(given['k_max'], 'k_max');
  const { run, initial } = reservoirRun(reference);
  return andThen(memoryTask(series.values, mostDelay, options.number('test_size')), (task) =>
    andThen(runSeries({ ...run, initial }, arrayFromMatrix(task.trainInput), laboratory), (trained) => {
      const fit = { ridge: options.number('ridge') ?? 0, fitBias: options.boolean('fit_bias') !== false };
      const training = { features: mathMatrix(trained.output), targets: task.trainTargets };
      return andThen(fitRidge([training], { ...fit, washout: mostDelay }), (solution) =>
        andThen(runSeries({ ...run, initial: trained.final }, arrayFromMatrix(task.testInput), laboratory), (tested) =>
          mapResult(predictRidge(solution, mathMatrix(tested.output)), (predicted) => {
            const capacities = recallCapacities(predicted, task.testTargets);
            return {
              capacities: vectorArray(capacities),
              total: capacities.reduce((sum, value) => sum + value, 0),
            };
          }),
        ),
      );
    }),
  );
}

export const memoryCapacity: System = {
  id: 'reservoirpy.memory_capacity',
  kinds: ['train'],
  where: ['analysis/memory-capacity.ts memoryTask', 'analysis/memory-capacity.ts recallCapacities'],
  deviations: [],
  run: recall,
};
