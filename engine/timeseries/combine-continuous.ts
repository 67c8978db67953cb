/** Joining two analogue series: side by side, one after the other, or into each other. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { ContinuousSeries } from './continuous-series.ts';
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
  return mergeSeries(series, delaySeries(other, series.stop + gap - other.start), false);
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

/** Samples of both, by time; at equal times those of `series` first. Duplicates of `other` are left out unless told otherwise. */
export function mergeSeries(
  series: ContinuousSeries,
  other: ContinuousSeries,
  removeDuplicates = true,
): Result<ContinuousSeries> {
  if (series.channelCount !== other.channelCount) {
    return failed(
      problem(
        'timeseries/invalid',
        `A series of ${series.channelCount} channels cannot be merged with one of ${other.channelCount}.`,
      ),
    );
  }
  const own = new Set(removeDuplicates ? series.times : []);
  const order = [
    ...Array.from(series.times, (time, row) => ({ time, row, from: series })),
    ...Array.from(other.times, (time, row) => ({ time, row, from: other })).filter(({ time }) => !own.has(time)),
  ].sort((left, right) => left.time - right.time);
  const { channelCount } = series;
  const samples = new Float64Array(order.length * channelCount);
  order.forEach(({ row, from }, place) => {
    samples.set(from.samples.subarray(row * channelCount, (row + 1) * channelCount), place * channelCount);
  });
  const times = Float64Array.from(order, ({ time }) => time);
  return ok({
    ...series,
    times,
    samples,
    start: Math.min(series.start, other.start),
    stop: Math.max(series.stop, other.stop),
  });
}
