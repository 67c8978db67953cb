/** The latest events of a layer with the membranes before and after their spikes, kept in rings of states. */
import { add, f64, i32, load, multiply } from '../../build/ir/expressions.ts';
import { store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { ringPlace } from './event-log.ts';

export interface EventTrace {
  readonly signals: readonly SignalId[];
  /** Keeps the membrane of a cell with what the event brought. */
  reached(cell: Expression, value: Expression): Statement[];
  /** Keeps the membrane of a cell after its spike. */
  left(cell: Expression, value: Expression): Statement[];
  /** Keeps time and channel, and goes on to the next event. */
  finish(time: Expression, channel: Expression): Statement[];
}

/** States `trace_times`, `trace_channels`, `trace_reached` and `trace_left` [trace, cells], `trace_count`; undefined where none are kept. */
export function eventTrace(builder: ElementBuilder, cells: number): EventTrace | undefined {
  const length = builder.number('trace');
  if (length === 0) return undefined;
  const state = (name: string, ...shape: readonly number[]): SignalId =>
    builder.signal({ name, shape, initial: 0, role: 'state' });
  const [times, reached, left] = [
    state('trace_times', length),
    state('trace_reached', length, cells),
    state('trace_left', length, cells),
  ];
  const channels = builder.signal({ name: 'trace_channels', shape: [length], initial: 0, role: 'state', type: 'i32' });
  const count = state('trace_count', 1);
  const place = ringPlace(count, length);
  const at = (cell: Expression): Expression => add(multiply(place, i32(cells)), cell);
  return {
    signals: [times, channels, reached, left, count],
    reached: (cell, value) => [store(reached, at(cell), value)],
    left: (cell, value) => [store(left, at(cell), value)],
    finish: (time, channel) => [
      store(times, place, time),
      store(channels, place, channel),
      store(count, 0, add(load(count), f64(1))),
    ],
  };
}
