/** Analogue time series: one row of samples per time, read between the times by interpolation (Rockpool's TSContinuous). */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';

/**
 * How values between two samples are found. `previous` and `zero` hold the last sample; `nearest` goes down at halves;
 * `quadratic` and `cubic` are splines through all samples.
 */
export const interpolationKinds = ['linear', 'previous', 'next', 'nearest', 'zero', 'quadratic', 'cubic'] as const;
export type InterpolationKind = (typeof interpolationKinds)[number];

/** Degrees of the kinds that are splines. */
export const splineDegrees: Readonly<Partial<Record<InterpolationKind, 2 | 3>>> = { quadratic: 2, cubic: 3 };

/** `samples[row * channelCount + channel]` belongs to `times[row]`, in seconds. Never changed after it is made. */
export interface ContinuousSeries {
  readonly type: 'continuous';
  readonly times: Float64Array;
  readonly samples: Float64Array;
  readonly channelCount: number;
  /** Limits in seconds; they enclose all times. */
  readonly start: number;
  readonly stop: number;
  /** Repeats with period stop − start. */
  readonly periodic: boolean;
  readonly interpolation: InterpolationKind;
}

/** What may be left out: limits default to the first and last time (0 when empty), interpolation to `linear`. */
export interface ContinuousOptions {
  readonly start?: number;
  readonly stop?: number;
  readonly periodic?: boolean;
  readonly interpolation?: InterpolationKind;
}

/**
 * Makes a series; a `timeseries/invalid` problem when times decrease, rows do not match, limits cut off times or a spline
 * has too few samples or two at one time (a single sample needs no spline).
 */
export function createContinuousSeries(
  times: Float64Array,
  samples: Float64Array,
  channelCount: number,
  options: ContinuousOptions = {},
): Result<ContinuousSeries> {
  const limits = limitsOf(times, options.start, options.stop);
  const { periodic = false, interpolation = 'linear' } = options;
  const found =
    problemOfTimes(times, limits) ??
    problemOfRows(times.length, samples.length, channelCount) ??
    problemOfSpline(times, interpolation);
  if (found !== undefined) return failed(found);
  return ok({ type: 'continuous', times, samples, channelCount, ...limits, periodic, interpolation });
}

/** A series of the same settings with other samples, limits or settings; checked anew. */
export function changedSeries(
  series: ContinuousSeries,
  change: Partial<Pick<ContinuousSeries, 'times' | 'samples' | 'channelCount'>> & ContinuousOptions,
): Result<ContinuousSeries> {
  const { times, samples, channelCount, ...options } = { ...series, ...change };
  return createContinuousSeries(times, samples, channelCount, options);
}

/** A series sampled every `interval` seconds from `start`. */
export function createSampledSeries(
  samples: Float64Array,
  channelCount: number,
  interval: number,
  options: ContinuousOptions = {},
): Result<ContinuousSeries> {
  const start = options.start ?? 0;
  const rows = channelCount === 0 ? 0 : Math.floor(samples.length / channelCount);
  return createContinuousSeries(
    Float64Array.from({ length: rows }, (_, row) => start + row * interval),
    samples,
    channelCount,
    options,
  );
}

/** Given limits, or first and last time. */
export function limitsOf(
  times: Float64Array,
  start: number | undefined,
  stop: number | undefined,
): { start: number; stop: number } {
  return { start: start ?? times[0] ?? 0, stop: stop ?? times[times.length - 1] ?? start ?? 0 };
}

/** What is wrong with times and limits, if anything. */
export function problemOfTimes(times: Float64Array, limits: { start: number; stop: number }): Problem | undefined {
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] as number;
    if (!Number.isFinite(time)) return problem('timeseries/invalid', `Time ${row + 1} is not a finite number.`);
    if (row > 0 && time < (times[row - 1] as number)) {
      return problem(
        'timeseries/invalid',
        `Time ${row + 1} (${time} s) lies before time ${row} (${times[row - 1]} s).`,
        {
          hint: 'Sort the rows by time.',
        },
      );
    }
  }
  const early = times.length > 0 && (times[0] as number) < limits.start;
  const late = times.length > 0 && (times[times.length - 1] as number) > limits.stop;
  if (early) return problem('timeseries/invalid', `The series starts at ${limits.start} s, after its first time.`);
  if (late) return problem('timeseries/invalid', `The series stops at ${limits.stop} s, before its last time.`);
  if (!(limits.start <= limits.stop)) return problem('timeseries/invalid', 'The series stops before it starts.');
  return undefined;
}

function problemOfRows(rows: number, values: number, channelCount: number): Problem | undefined {
  if (rows * channelCount === values) return undefined;
  return problem(
    'timeseries/invalid',
    `${rows} times of ${channelCount} channels need ${rows * channelCount} samples, not ${values}.`,
  );
}

function problemOfSpline(times: Float64Array, interpolation: InterpolationKind): Problem | undefined {
  const degree = splineDegrees[interpolation];
  if (degree === undefined || times.length < 2) return undefined;
  if (times.length <= degree) {
    return problem(
      'timeseries/invalid',
      `A ${interpolation} spline needs at least ${degree + 1} samples, not ${times.length}.`,
      { hint: 'Take more samples, or straight lines between them.' },
    );
  }
  const twin = times.findIndex((time, row) => row > 0 && time === times[row - 1]);
  if (twin < 0) return undefined;
  return problem(
    'timeseries/invalid',
    `A ${interpolation} spline cannot go through two samples at ${times[twin]} s (rows ${twin} and ${twin + 1}).`,
    { hint: 'Leave one of them out, or take another kind of interpolation.' },
  );
}
