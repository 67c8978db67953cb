/** Joining two analogue series: side by side, one after the other, or into each other. */
import { problem } from '../base/problem.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { changedSeries, type ContinuousSeries } from './continuous-series.ts';
import { delaySeries } from './cut-continuous.ts';
import { evaluateSeries } from './evaluate.ts';

/** The channels of `other`, evaluated at the times of `series`, to the right of its own. */
export function appendChannels(series: ContinuousSeries, other: ContinuousSeries): ContinuousSeries {
  const beside = evaluateSeries(other, series.times);
  const channelCount = series.channelCount + other.channelCount;
  const samples = new Float64Array(series.times.length * channelCount);
  for (let row = 0; row < series.times.length; row += 1) {
    samples.set(
      series.samples.subarray(row * series.channelCount, (row + 1) * series.channelCount),
      row * channelCount,
    );
    samples.set(
      beside.subarray(row * other.channelCount, (row + 1) * other.channelCount),
      row * channelCount + series.channelCount,
    );
  }
  return { ...series, samples, channelCount };
}

/** `other` after `series`, `offset` seconds behind its stop (default: the median distance of its samples). */
export function appendInTime(
  series: ContinuousSeries,
  other: ContinuousSeries,
  offset?: number,
): Result<ContinuousSeries> {
  const gap = offset ?? medianDistance(series.times);
  return andThen(delaySeries(other, series.stop + gap - other.start), (later) => mergeSeries(series, later, false));
}

function medianDistance(times: Float64Array): number {
  if (times.length < 2) return 0;
  const distances = times
    .subarray(1)
    .map((time, index) => time - (times[index] as number))
    .sort();
  const middle = distances.length >> 1;
  const upper = distances[middle] as number;
  return distances.length % 2 === 1 ? upper : ((distances[middle - 1] as number) + upper) / 2;
}

/**
 * Samples of both, by time; at equal times those of `series` first. Samples of `other` at times of `series` are left out
 * unless told otherwise. A series without channels takes those of the other; else their number must be the same. An
 * empty one adds nothing.
 */
export function mergeSeries(
  series: ContinuousSeries,
  other: ContinuousSeries,
  removeDuplicates = true,
): Result<ContinuousSeries> {
  if (series.channelCount !== other.channelCount && series.channelCount > 0) {
    return failed(
      problem(
        'timeseries/invalid',
        `A series of ${series.channelCount} channels cannot be merged with one of ${other.channelCount}.`,
      ),
    );
  }
  if (other.times.length === 0) return ok(series);
  // A series of no channels may have times; they are left behind.
  const kept = series.channelCount > 0 ? series.times : new Float64Array();
  const own = new Set(removeDuplicates ? kept : []);
  const order = [
    ...Array.from(kept, (time, row) => ({ time, row, from: series })),
    ...Array.from(other.times, (time, row) => ({ time, row, from: other })).filter(({ time }) => !own.has(time)),
  ].sort((left, right) => left.time - right.time);
  const { channelCount } = other;
  const samples = new Float64Array(order.length * channelCount);
  order.forEach(({ row, from }, place) => {
    samples.set(from.samples.subarray(row * channelCount, (row + 1) * channelCount), place * channelCount);
  });
  const times = Float64Array.from(order, ({ time }) => time);
  const [start, stop] = [Math.min(series.start, other.start), Math.max(series.stop, other.stop)];
  return changedSeries(series, { times, samples, channelCount, start, stop });
}
