/** How layers read their input: at the points of their clock, by the rules of Rockpool 1.0.7. */
import { problem, type Problem } from '../base/problem.ts';
import { expectOk, failed, ok, type Result } from '../base/result.ts';
import { tabulated } from '../base/tabulated.ts';
import type { ContinuousSeries } from './continuous-series.ts';
import { containsTimes, evaluateSeries } from './evaluate.ts';
import type { EventSeries } from './event-series.ts';
import { rasterise, type Raster } from './raster.ts';

/** What decides how long a layer runs: the first of `steps`, `duration` and `input` that is given. */
export interface LayerDuration {
  readonly steps?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly input?: ContinuousSeries | EventSeries | undefined;
}

/** Number of steps of `timeStep` from time `now`: `steps`, or floor((D + 1e−9)/timeStep) for a duration D in seconds. */
export function stepsToRun(timeStep: number, now: number, given: LayerDuration): Result<number> {
  if (given.steps !== undefined) {
    if (Number.isInteger(given.steps) && given.steps >= 0) return ok(given.steps);
    return failed(
      problem('run/duration', `The number of steps must be a whole number of at least 0, not ${given.steps}.`),
    );
  }
  const duration = given.duration ?? durationOfInput(now, given.input);
  if (duration === undefined || !(duration > 0)) {
    return failed(
      problem('run/duration', 'The duration is missing or not positive.', {
        hint: 'Give a duration or an input that goes on.',
      }),
    );
  }
  return ok(Math.floor((duration + 1e-9) / timeStep));
}

function durationOfInput(now: number, input: ContinuousSeries | EventSeries | undefined): number | undefined {
  if (input === undefined) return undefined;
  return input.periodic ? input.stop - input.start : input.stop - now;
}

/** Input of a layer on its clock. */
export interface LayerInput {
  /** steps + 1 times; the first and last may be snapped onto the ends of the series. */
  readonly times: Float64Array;
  /** [steps + 1, channels], row-major; 0 where the series is not defined. */
  readonly samples: Float64Array;
}

/** Samples of an analogue input (or zeros without one) at the steps + 1 points k·timeStep + now. */
export function sampleForLayer(
  series: ContinuousSeries | undefined,
  timeStep: number,
  now: number,
  steps: number,
  channelCount: number,
): Result<LayerInput> {
  const times = tabulated(steps + 1, (step) => step * timeStep + now);
  if (series === undefined) return ok({ times, samples: new Float64Array(times.length * channelCount) });
  snapEnds(series, times, timeStep / 1000);
  const warnings: Problem[] = [];
  if (!containsTimes(series, times)) {
    warnings.push(warning('The input does not cover the whole run; it counts as 0 where it is missing.'));
  }
  const values = zeroWhereMissing(evaluateSeries(series, times));
  const samples = spreadChannels(values, series.channelCount, channelCount, times.length);
  if (samples === undefined) {
    return failed(
      problem('timeseries/invalid', `The input has ${series.channelCount} channels, but ${channelCount} are needed.`),
    );
  }
  if (series.channelCount !== channelCount)
    warnings.push(warning(`The one input channel is copied to all ${channelCount} channels.`));
  return ok({ times, samples }, warnings);
}

function zeroWhereMissing(values: Float64Array): Float64Array {
  for (let place = 0; place < values.length; place += 1) {
    if (Number.isNaN(values[place])) values[place] = 0;
  }
  return values;
}

function warning(message: string): Problem {
  return problem('timeseries/invalid', message, { severity: 'warning' });
}

/** A first or last time that lies less than `tolerance` outside the series is moved onto its end. */
function snapEnds(series: ContinuousSeries, times: Float64Array, tolerance: number): void {
  if (series.periodic || times.length === 0) return;
  const first = times[0] as number;
  const last = times[times.length - 1] as number;
  if (first <= series.start && first >= series.start - tolerance) times[0] = series.start;
  if (last >= series.stop && last <= series.stop + tolerance) times[times.length - 1] = series.stop;
}

/** One channel copied to all; undefined when the counts do not fit. */
function spreadChannels(values: Float64Array, from: number, to: number, rows: number): Float64Array | undefined {
  if (from === to) return values;
  if (from !== 1) return undefined;
  const spread = new Float64Array(rows * to);
  for (let row = 0; row < rows; row += 1) spread.fill(values[row] as number, row * to, (row + 1) * to);
  return spread;
}

/** Which input events a layer reads. */
export interface RasterOfLayer {
  /** Time of the first row, in seconds. */
  readonly now: number;
  readonly steps: number;
  readonly channelCount: number;
  /** Where reading ends; default so many steps after `now`, which rounding may put beside the end that a layer counts. */
  readonly until?: number;
  /** Default: several events in a bin count once. */
  readonly addEvents?: boolean;
}

/** Input events of a layer: a raster of `steps` rows; missing channels are silent, further ones ignored. */
export function rasterForLayer(
  series: EventSeries | undefined,
  timeStep: number,
  { now, ...options }: RasterOfLayer,
): Raster {
  const { steps, channelCount } = options;
  if (series === undefined) return { steps, channelCount, counts: new Int32Array(steps * channelCount) };
  // A layer has a positive time step and a number of steps.
  return expectOk(rasterise(series, timeStep, { start: now, ...options }));
}
