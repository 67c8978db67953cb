/** Reading the parts of a case. What a case lacks throws `BadCase`, which the runner turns into a failed case. */
import type { NumericArray } from '../model/validated.ts';
import type { ContinuousSeries } from '../timeseries/continuous-series.ts';
import { createContinuousSeries, interpolationKinds, type InterpolationKind } from '../timeseries/continuous-series.ts';
import { createEventSeries, type EventSeries } from '../timeseries/event-series.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { expectOk } from '../base/result.ts';
import type { CaseRecord, CaseValue } from './reference-case.ts';
import { isNumericArray, isRecord } from './reference-case.ts';

/** A case that lacks what its system needs. */
export class BadCase extends Error {}

/** A number that must be there. */
export function numberOf(value: CaseValue | undefined, what: string): number {
  if (typeof value === 'number') return value;
  if (isNumericArray(value) && value.values.length === 1) return value.values[0] as number;
  throw new BadCase(`${what} is not a number`);
}

/** A number, or undefined where the case has none or null. */
export function optionalNumber(value: CaseValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Numbers given as scalar, list (also nested) or array. */
export function arrayOf(value: CaseValue | undefined, what: string): NumericArray {
  if (isNumericArray(value)) return value;
  if (typeof value === 'number') return { shape: [], values: Float64Array.of(value) };
  if (Array.isArray(value)) return listArray(value as readonly CaseValue[], what);
  throw new BadCase(`${what} is not an array of numbers`);
}

function listArray(list: readonly CaseValue[], what: string): NumericArray {
  const parts = list.map((entry, index) => arrayOf(entry, `${what}[${index}]`));
  const inner = parts[0]?.shape ?? [];
  const values = Float64Array.from(parts.flatMap((part) => Array.from(part.values)));
  return { shape: [list.length, ...inner], values };
}

/** The array as a matrix: a vector counts as one row (as Rockpool's weights do). */
export function matrixOf(value: CaseValue | undefined, what: string): NumericArray {
  const array = arrayOf(value, what);
  if (array.shape.length >= 2) return array;
  return { shape: [1, array.values.length], values: array.values };
}

/** A scalar or a vector as parameter value. */
export function parameterOf(value: CaseValue | undefined, what: string): number | NumericArray {
  const array = arrayOf(value, what);
  return array.values.length === 1
    ? (array.values[0] as number)
    : { shape: [array.values.length], values: array.values };
}

/** A part of the case that must be an object. */
export function recordOf(value: CaseValue | undefined, what: string): CaseRecord {
  if (isRecord(value)) return value;
  throw new BadCase(`${what} is missing`);
}

/** The analogue series of an input or target; undefined for null. */
export function seriesOf(value: CaseValue | undefined): ContinuousSeries | undefined {
  if (!isRecord(value)) return undefined;
  const times = arrayOf(value['times'], 'times').values;
  const samples = arrayOf(value['samples'], 'samples');
  const kind = interpolationKinds.find((candidate) => candidate === value['interp']) ?? ('linear' as InterpolationKind);
  const start = optionalNumber(value['t_start']);
  const stop = optionalNumber(value['t_stop']);
  return expectOk(
    createContinuousSeries(times, samples.values, samples.shape[1] ?? 1, {
      ...(start === undefined ? {} : { start }),
      ...(stop === undefined ? {} : { stop }),
      periodic: value['periodic'] === true,
      interpolation: kind,
    }),
  );
}

/** The events of an input or target; undefined for null. Written as `num_channels` says, else as many channels as occur. */
export function eventsOf(value: CaseValue | undefined): EventSeries | undefined {
  if (!isRecord(value)) return undefined;
  const channelCount = optionalNumber(value['num_channels']);
  const start = optionalNumber(value['t_start']);
  const stop = optionalNumber(value['t_stop']);
  return expectOk(
    createEventSeries(
      arrayOf(value['times'], 'times').values,
      Int32Array.from(arrayOf(value['channels'], 'channels').values),
      {
        ...(channelCount === undefined ? {} : { channelCount }),
        ...(start === undefined ? {} : { start }),
        ...(stop === undefined ? {} : { stop }),
        periodic: value['periodic'] === true,
      },
    ),
  );
}

/** An array [rows, columns] as a matrix of the math package. */
export function mathMatrix(array: NumericArray): Matrix {
  const rows = array.shape[0] ?? 1;
  return createMatrix(rows, rows === 0 ? 0 : array.values.length / rows, array.values);
}

/** A matrix as an array of the case. */
export function arrayFromMatrix(matrix: Matrix): NumericArray {
  return { shape: [matrix.rows, matrix.columns], values: matrix.values };
}

/** Rows of an array [rows, …] from `first` to `end` − 1: the very numbers, no copy. */
export function rowsOf(array: NumericArray, first: number, end: number): NumericArray {
  const [rows = 0, ...rest] = array.shape;
  const width = rows === 0 ? 0 : array.values.length / rows;
  return { shape: [end - first, ...rest], values: array.values.subarray(first * width, end * width) };
}

/** A vector as an array of the case. */
export function vectorArray(values: ArrayLike<number>): NumericArray {
  return { shape: [values.length], values: new Float64Array(values) };
}
