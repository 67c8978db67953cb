/** Events counted in bins of time: a row per time step, a column per channel. */
import { eventsBetween } from './cut-events.ts';
import type { EventSeries } from './event-series.ts';

export interface RasterOptions {
  /** Default: the limits of the series. */
  readonly start?: number;
  readonly stop?: number;
  /** Rows; default floor(duration / timeStep) + 1. */
  readonly steps?: number;
  /** Count events that share a cell; otherwise 1 stands for any number. Default false. */
  readonly addEvents?: boolean;
  /** Columns; default the channels of the series. Events on further channels are left out. */
  readonly channelCount?: number;
}

export interface Raster {
  readonly steps: number;
  readonly channelCount: number;
  /** `counts[step * channelCount + channel]`. */
  readonly counts: Int32Array;
}

/**
 * The raster of a series. The bin of an event is floor((t − start)/timeStep) in plain floating point, as the reference
 * package computes it: an event exactly on the grid may fall into the bin before.
 */
export function rasterise(series: EventSeries, timeStep: number, options: RasterOptions = {}): Raster {
  const window = windowOf(series, timeStep, options);
  const channelCount = options.channelCount ?? series.channelCount;
  const counts = new Int32Array(window.steps * channelCount);
  const { times, channels } = eventsBetween(series, window.start, window.end, window.includeEnd);
  for (let index = 0; index < times.length; index += 1) {
    const step = Math.floor(((times[index] as number) - window.start) / timeStep);
    const channel = channels[index] as number;
    if (step >= window.steps || channel >= channelCount) continue;
    const cell = step * channelCount + channel;
    counts[cell] = options.addEvents === true ? (counts[cell] as number) + 1 : 1;
  }
  return { steps: window.steps, channelCount, counts };
}

/** The times rasterised. A given stop cuts off the event exactly at it; the end of the series does not. */
function windowOf(series: EventSeries, timeStep: number, options: RasterOptions) {
  const { start = series.start, stop = series.stop } = options;
  const steps = options.steps ?? Math.floor((stop - start) / timeStep) + 1;
  const end = options.steps === undefined ? stop : start + steps * timeStep;
  return { start, steps, end, includeEnd: options.stop === undefined };
}
