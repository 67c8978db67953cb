/** Arrays as parameter values: shape, unit, range and finiteness of many numbers at once. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { checkDimension, siNumber } from '../units/convert.ts';
import { printQuantity } from '../units/quantity.ts';
import { decodeArray } from './arrays.ts';
import type { ArrayRecord } from './document.ts';
import type { ParameterSpec } from './kind.ts';
import type { NumericArray } from './validated.ts';

/** Numbers of dimensions that a parameter type takes, and their words. */
const ranks: Partial<Record<ParameterSpec['type'], { readonly allowed: readonly number[]; readonly words: string }>> = {
  quantity: { allowed: [1], words: 'a list (one dimension)' },
  matrix: { allowed: [1, 2], words: 'rows and columns, or a list' },
  series: { allowed: [1, 2], words: 'one value per time, or one row per time' },
};

/** The array in SI units, checked against the specification; `what` is `weights of Reservoir`. */
export function resolveArray(
  spec: ParameterSpec,
  what: string,
  record: ArrayRecord,
  unit: string,
): Result<NumericArray> {
  const factor = checkDimension({ value: 1, unit }, spec.unit ?? '1', what);
  if (!factor.ok) return factor;
  const array = inSi(record, unit);
  if (!array.ok) return array;
  const { shape, values } = array.value;
  const rank = ranks[spec.type];
  if (rank?.allowed.includes(shape.length) === false || values.length === 0) {
    return failed(
      problem(
        'model/parameter-shape',
        `${what} has the shape [${shape.join(', ')}]; it needs ${rank?.words ?? 'values'}.`,
      ),
    );
  }
  const print = (index: number): string => printQuantity({ value: originalValue(record, index), unit });
  const defect = checkNumbers(spec, what, values, print, shape[1]);
  return defect === undefined ? array : failed(defect);
}

const converted = new WeakMap<ArrayRecord, Map<string, Result<NumericArray>>>();

/** The numbers in SI units; converted once per record and unit, since documents are validated after every edit. */
function inSi(record: ArrayRecord, unit: string): Result<NumericArray> {
  const byUnit = converted.get(record) ?? new Map<string, Result<NumericArray>>();
  converted.set(record, byUnit);
  let result = byUnit.get(unit);
  if (result === undefined) {
    result = convert(decodeArray(record), unit);
    byUnit.set(unit, result);
  }
  return result;
}

function convert(array: Result<NumericArray>, unit: string): Result<NumericArray> {
  if (!array.ok || siNumber(1, unit) === 1) return array;
  return ok({ shape: array.value.shape, values: array.value.values.map((value) => siNumber(value, unit)) });
}

function originalValue(record: ArrayRecord, index: number): number {
  const array = decodeArray(record);
  return array.ok ? (array.value.values[index] as number) : Number.NaN;
}

/**
 * The first number (SI) that is not finite or out of range, as a Problem; `print` writes number `index` as the user typed
 * it. Numbers of a matrix of so many `columns` are told by row and column.
 */
export function checkNumbers(
  spec: ParameterSpec,
  what: string,
  values: ArrayLike<number>,
  print: (index: number) => string,
  columns?: number,
): Problem | undefined {
  const bounds = siBounds(spec);
  const place = (index: number): string =>
    columns === undefined
      ? `number ${index + 1}`
      : `row ${Math.floor(index / columns) + 1}, column ${(index % columns) + 1}`;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const which = values.length === 1 ? what : `${what}, ${place(index)},`;
    if (!Number.isFinite(value)) {
      return problem('model/parameter-not-finite', `${which} is ${print(index)}, which is not a finite number.`);
    }
    const broken = bounds.find((bound) => !bound.holds(value));
    if (broken !== undefined) {
      return problem('model/parameter-range', `${which} is ${print(index)}; it has to be ${broken.words}.`);
    }
  }
  return undefined;
}

interface Bound {
  readonly words: string;
  holds(value: number): boolean;
}

function siBounds(spec: ParameterSpec): Bound[] {
  const unit = spec.unit ?? '1';
  const bounds: Bound[] = [];
  const add = (words: string, limit: number | undefined, holds: (value: number, limit: number) => boolean): void => {
    if (limit === undefined) return;
    const si = siNumber(limit, unit);
    bounds.push({ words: `${words} ${printQuantity({ value: limit, unit })}`, holds: (value) => holds(value, si) });
  };
  add('at least', spec.minimum, (value, limit) => value >= limit);
  add('at most', spec.maximum, (value, limit) => value <= limit);
  add('greater than', spec.exclusiveMinimum, (value, limit) => value > limit);
  return bounds;
}
