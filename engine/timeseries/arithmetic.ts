/** Arithmetic on the samples of analogue series, with the rules of Rockpool's TSContinuous for what is not a number. */
import { problem } from '../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../base/result.ts';
import type { ContinuousSeries } from './continuous-series.ts';
import { evaluateSeries } from './evaluate.ts';

/** What a series is combined with: a number, rows of numbers with their shape, or a series. */
export type Operand = number | { readonly shape: readonly number[]; readonly values: Float64Array } | ContinuousSeries;

/**
 * What is done to sample and operand. Sums and differences count what is not a number as 0, unless neither is one; the
 * others are not a number where one of the two is not. Whole quotients go down, as Python's `//`, and are not a number
 * where the divisor is 0.
 */
export const operations = {
  add: (left: number, right: number): number => (left !== left && right !== right ? NaN : orZero(left) + orZero(right)),
  subtract: (left: number, right: number): number =>
    left !== left && right !== right ? NaN : orZero(left) - orZero(right),
  multiply: (left: number, right: number): number => left * right,
  divide: (left: number, right: number): number => left / right,
  floorDivide,
  power,
} as const;
export type Operation = keyof typeof operations;

function orZero(value: number): number {
  return value !== value ? 0 : value;
}

/** The whole number of times that `right` goes into `left`, exact where rounding of the quotient would not be. */
function floorDivide(left: number, right: number): number {
  const rest = left % right;
  if (rest !== rest) return NaN;
  const quotient = (left - rest) / right;
  const down = rest !== 0 && rest < 0 !== right < 0 ? quotient - 1 : quotient;
  if (down === 0) return left / right < 0 ? -0 : 0;
  const whole = Math.floor(down);
  return down - whole > 0.5 ? whole + 1 : whole;
}

/** Powers of 1 (and of −1 to an infinite exponent) are 1, as IEEE 754 has it. */
function power(left: number, right: number): number {
  if (left !== left || right !== right) return NaN;
  const one = left === 1 || (left === -1 && !Number.isFinite(right));
  return one ? 1 : left ** right;
}

/**
 * The series with every sample combined with the operand; `swapped` puts the operand first. Another series is read at
 * the times of this one. Fails when the operand does not spread over the samples as numpy spreads shapes.
 */
export function combineSamples(
  series: ContinuousSeries,
  operation: Operation,
  operand: Operand,
  swapped = false,
): Result<ContinuousSeries> {
  const act = operations[operation];
  return mapResult(spreadOver(series, operand), (valueAt) => ({
    ...series,
    samples: series.samples.map((sample, place) =>
      swapped ? act(valueAt(place), sample) : act(sample, valueAt(place)),
    ),
  }));
}

/** The operand at every place of the samples. */
function spreadOver(series: ContinuousSeries, operand: Operand): Result<(place: number) => number> {
  if (typeof operand === 'number') return ok(() => operand);
  const { channelCount, times } = series;
  const { shape, values } =
    'type' in operand
      ? { shape: [times.length, operand.channelCount], values: evaluateSeries(operand, times) }
      : operand;
  const [rows, columns] = shape.length === 2 ? (shape as [number, number]) : [1, shape[0] ?? 1];
  const fits = shape.length <= 2 && [1, times.length].includes(rows) && [1, channelCount].includes(columns);
  if (!fits) {
    return failed(
      problem(
        'timeseries/invalid',
        `Numbers of shape [${shape.join(', ')}] do not spread over ${times.length} samples of ${channelCount} channels.`,
        { hint: 'Give one number, one per channel, one per sample (a column), or one each.' },
      ),
    );
  }
  return ok((place) => {
    const row = rows === 1 ? 0 : Math.floor(place / channelCount);
    return values[row * columns + (columns === 1 ? 0 : place % channelCount)] as number;
  });
}

/** Every sample changed by itself. */
export function mapSamples(series: ContinuousSeries, change: (sample: number) => number): ContinuousSeries {
  return { ...series, samples: series.samples.map(change) };
}

/** Least and greatest sample; what is not a number does not count. NaN where there is no number, undefined without samples. */
export function extremesOf(
  series: ContinuousSeries,
): { readonly least: number; readonly greatest: number } | undefined {
  if (series.samples.length === 0) return undefined;
  let [least, greatest] = [NaN, NaN];
  for (const sample of series.samples) {
    if (!(sample >= least)) least = sample === sample ? sample : least;
    if (!(sample <= greatest)) greatest = sample === sample ? sample : greatest;
  }
  return { least, greatest };
}
