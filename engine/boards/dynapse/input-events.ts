/** Events of the pattern generator: intervals that fit its counter, with events in between that no neuron sees (Rockpool 1.0.7, DynapseControl). */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { eventLimit, intervalLimit } from './limits.ts';

/** Where a stimulus goes. */
export interface InputTarget {
  readonly chip: number;
  /** Bit i stands for core i. */
  readonly coreMask: number;
}

/** Events in order; neuron 0 with core mask 0 only fills time. */
export interface InputEvents {
  readonly chips: Int32Array;
  readonly coreMasks: Int32Array;
  readonly neurons: Int32Array;
  /** Periods since the event before. */
  readonly intervals: Int32Array;
}

/** Intervals with the neurons whose events they precede; null where none does. */
export interface FilledIntervals {
  readonly intervals: readonly number[];
  readonly neurons: readonly (number | null)[];
}

/** An interval cut into pieces of at most `limit`: all but the last are full. */
export function splitInterval(interval: number, limit: number = intervalLimit): readonly number[] {
  if (interval <= limit) return [interval];
  const full = Math.floor((interval - 1) / limit);
  return [...Array.from({ length: full }, () => limit), ((interval - 1) % limit) + 1];
}

/** How the pieces of too long an interval are shared: as released the event comes after the first of them, else after the last. */
export type EventPlace = 'first' | 'last';

/** Intervals that the counter can hold. */
export function fillIntervals(
  intervals: ArrayLike<number>,
  neurons: ArrayLike<number>,
  limit: number = intervalLimit,
  place: EventPlace = 'last',
): FilledIntervals {
  const filled: { interval: number; neuron: number | null }[] = [];
  Array.from(intervals).forEach((interval, index) => {
    const pieces = splitInterval(interval, limit);
    const own = place === 'first' ? 0 : pieces.length - 1;
    pieces.forEach((piece, at) =>
      filled.push({ interval: piece, neuron: at === own ? (neurons[index] ?? null) : null }),
    );
  });
  return { intervals: filled.map(({ interval }) => interval), neurons: filled.map(({ neuron }) => neuron) };
}

/** Limits of the generator, and where the event of a long interval stands. */
export interface EventOptions {
  readonly intervalLimit?: number;
  readonly eventLimit?: number;
  readonly place?: EventPlace;
}

/** Intervals and neurons as events. Problem `model/parameter-range` for more events than the board takes. */
export function inputEvents(
  intervals: ArrayLike<number>,
  neurons: ArrayLike<number>,
  { chip, coreMask }: InputTarget,
  options: EventOptions = {},
): Result<InputEvents> {
  const filled = fillIntervals(intervals, neurons, options.intervalLimit, options.place);
  const most = options.eventLimit ?? eventLimit;
  const count = filled.intervals.length;
  if (count > most) {
    const message = `A stimulus has ${count} events with those that fill long intervals; the board takes at most ${most}.`;
    return failed(problem('model/parameter-range', message, { hint: 'Send it in parts.' }));
  }
  return ok({
    chips: new Int32Array(count).fill(chip),
    coreMasks: Int32Array.from(filled.neurons, (neuron) => (neuron === null ? 0 : coreMask)),
    neurons: Int32Array.from(filled.neurons, (neuron) => neuron ?? 0),
    intervals: Int32Array.from(filled.intervals),
  });
}

/** Steps and channels of a series as events; `neurons[channel]` sends. Steps do not fall, and count from 0. */
export function seriesEvents(
  steps: ArrayLike<number>,
  channels: ArrayLike<number>,
  neurons: ArrayLike<number>,
  target: InputTarget,
  options: EventOptions = {},
): Result<InputEvents> {
  const intervals = Array.from(steps, (step, index) => step - (index === 0 ? 0 : (steps[index - 1] as number)));
  const senders: number[] = [];
  for (const channel of Array.from(channels)) {
    const neuron = neurons[channel];
    if (neuron === undefined) {
      const message = `An event is on channel ${channel}, but there are ${neurons.length} neurons for input.`;
      return failed(problem('model/parameter-range', message, { hint: 'Give a neuron for every channel.' }));
    }
    senders.push(neuron);
  }
  return inputEvents(intervals, senders, target, options);
}
