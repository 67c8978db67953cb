/** Events from a file: they come in the steps that the raster of the time series package puts them into. */
import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ParameterValue } from '../model/value.ts';
import { clipEvents, delayEvents } from '../timeseries/cut-events.ts';
import { createEventSeries, type EventOptions } from '../timeseries/event-series.ts';
import { elementDocument, eventsOf, prepared, runOn } from './library-models.test-support.ts';
import { elementKinds } from './library.ts';

const ms = (value: number): ParameterValue => ({ value, unit: 'ms' });

function programOf(times: readonly number[], channels: readonly number[], given: Record<string, ParameterValue>) {
  const [at, on] = [encodeArray(times, [times.length, 1]), encodeArray(channels, [channels.length, 1])];
  const parameters = { times: { array: at.id, unit: 's' }, channels: { array: on.id, unit: '1' }, ...given };
  const kind = defined(elementKinds.find('stimuli/events'), 'events');
  const base = elementDocument(kind, { everyPort: false, parameters });
  return prepared({ ...base, arrays: { [at.id]: at, [on.id]: on } }).program;
}

/** Steps of 1 ms and channels of the spikes, the same on both targets. */
function played(
  times: readonly number[],
  channels: readonly number[],
  given: Record<string, ParameterValue>,
  steps: number,
) {
  const program = programOf(times, channels, given);
  const [interpreted, compiled] = (['interpreter', 'wasm'] as const).map((target) => runOn(target, program, steps));
  expect(compiled).toEqual(interpreted);
  return eventsOf(defined(compiled, 'trace'), 'probe_spikes').map(({ step, cell }) => [step, cell]);
}

/** The same from the series itself: no event is nearer than this to a step, so rounding decides nothing. */
function wanted(
  times: readonly number[],
  channels: readonly number[],
  options: EventOptions,
  delay: number,
  steps: number,
) {
  const series = expectOk(createEventSeries(Float64Array.from(times), Int32Array.from(channels), options));
  const inside = expectOk(clipEvents(expectOk(delayEvents(series, delay)), 0, steps / 1000));
  const keys = Array.from(inside.times, (time, event) => [Math.floor(time * 1000), inside.channels[event] as number]);
  return [...new Set(keys.map((key) => key.join()))]
    .map((key) => key.split(',').map(Number))
    .sort((left, right) => (left[0] as number) - (right[0] as number) || (left[1] as number) - (right[1] as number));
}

describe('events from a file', () => {
  const source = createUniformSource(7);
  const times = Array.from({ length: 60 }, () => Math.floor(source.next() * 80) / 1000 + 0.0003).sort((a, b) => a - b);
  const channels = times.map(() => Math.floor(source.next() * 5));

  it('come in the steps of their times, on their channels', () => {
    expect(played(times, channels, {}, 100)).toEqual(wanted(times, channels, { start: 0 }, 0, 100));
  });

  it.each([12, -31])('come later by a delay of %s ms, and what is before the start does not come', (delay) => {
    const found = played(times, channels, { delay: ms(delay) }, 100);
    expect(found).toEqual(wanted(times, channels, { start: 0 }, delay / 1000, 100));
  });

  it.each([
    [0, 0, 82.55],
    [-5, 0, 90.4],
    [0, 45, 81],
  ])('repeat (start %s ms, delay %s ms, stop %s ms) in both directions', (start, delay, stop) => {
    const given = { periodic: true, start: ms(start), stop: ms(stop), delay: ms(delay) };
    const options = { periodic: true, start: start / 1000, stop: stop / 1000 };
    expect(played(times, channels, given, 1000)).toEqual(wanted(times, channels, options, delay / 1000, 1000));
  });

  it('repeat with a period of less than two steps', () => {
    const given = { periodic: true, stop: ms(1.5) };
    expect(played([0.0002, 0.0013], [0, 1], given, 6)).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 1],
      [3, 0],
      [4, 0],
      [4, 1],
      [5, 1],
    ]);
  });

  it('are counted where that is asked for', () => {
    const program = programOf([0.001, 0.0012, 0.0019, 0.002], [1, 1, 0, 1], { add_events: true, size: 3 });
    const trace = runOn('wasm', program, 2);
    expect(program.signals.find(({ id }) => id === 'subject/spikes')).toMatchObject({ type: 'f64', shape: [3] });
    expect(trace['subject/spikes']).toEqual([1, 2, 0]);
  });

  it('on the grid come in their own step, whatever rounding does', () => {
    const grid = Array.from({ length: 1000 }, (_, step) => step / 1000);
    expect(
      played(
        grid,
        grid.map(() => 0),
        {},
        1000,
      ),
    ).toEqual(grid.map((_, step) => [step, 0]));
  });
});
