/** Events counted in bins of time: a row per time step, a column per channel. */
import { problem, type Problem } from '../base/problem.ts';
import { failed, mapResult, type Result } from '../base/result.ts';
import { eventsBetween } from './cut-events.ts';
import type { EventSeries } from './event-series.ts';

export interface RasterOptions {
  /** Default: the limits of the series. */
  readonly start?: number;
  readonly stop?: number;
  /** Rows, which go before `stop`; default floor(duration / timeStep) + 1. */
  readonly steps?: number;
  /** Where reading ends if the rows are given; default so many steps after the start, as rounding has it. */
  readonly until?: number;
  /** Count events that share a cell; otherwise 1 stands for any number. Default false. */
  readonly addEvents?: boolean;
  /** Columns; default the channels of the series. Events on further channels are left out. */
  readonly channelCount?: number;
}

/** Most cells of a raster (1 GB). */
const mostCells = 2 ** 28;

export interface Raster {
  readonly steps: number;
  readonly channelCount: number;
  /** `counts[step * channelCount + channel]`. */
  readonly counts: Int32Array;
}

/**
 * The raster of a series. The bin of an event is floor((t − start)/timeStep) in plain floating point, as the reference
 * package computes it: an event exactly on the grid may fall into the bin before. Fails with `timeseries/invalid`.
 */
export function rasterise(series: EventSeries, timeStep: number, options: RasterOptions = {}): Result<Raster> {
  const { start = series.start, stop = series.stop } = options;
  const steps = options.steps ?? Math.floor((stop - start) / timeStep) + 1;
  const channelCount = options.channelCount ?? series.channelCount;
  const found = problemOfRaster(timeStep, steps, channelCount);
  if (found !== undefined) return failed(found);
  // A stop that is given cuts off the event exactly at it, and so does a number of steps; the end of the series does not.
  const end = options.steps === undefined ? options.stop : (options.until ?? start + steps * timeStep);
  return mapResult(eventsBetween(series, start, end), ({ times, channels }) => {
    const counts = new Int32Array(steps * channelCount);
    for (let index = 0; index < times.length; index += 1) {
      const step = Math.floor(((times[index] as number) - start) / timeStep);
      const channel = channels[index] as number;
      if (step >= steps || channel >= channelCount) continue;
      const cell = step * channelCount + channel;
      counts[cell] = options.addEvents === true ? (counts[cell] as number) + 1 : 1;
    }
    return { steps, channelCount, counts };
  });
}

function problemOfRaster(timeStep: number, steps: number, channelCount: number): Problem | undefined {
  if (!(timeStep > 0 && Number.isFinite(timeStep)))
    return problem('timeseries/invalid', `The time step of a raster must be positive, not ${timeStep} s.`);
  if (!(Number.isInteger(steps) && steps >= 0))
    return problem('timeseries/invalid', `A raster cannot have ${steps} steps.`, {
      hint: 'Let it stop after it starts, or give a whole number of at least 0.',
    });
  if (steps * channelCount <= mostCells) return undefined;
  return problem('timeseries/invalid', `A raster of ${steps} steps of ${channelCount} channels is too large.`, {
    hint: `It may have ${mostCells} cells; take a longer time step or fewer channels.`,
  });
}
