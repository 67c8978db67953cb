import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { appendEventChannels, appendEventsInTime, mergeEvents } from './combine-events.ts';
import { clipEvents, delayEvents, eventsBetween, selectEventChannels } from './cut-events.ts';
import { createEventSeries, type EventOptions } from './event-series.ts';
import { rasterise } from './raster.ts';

const make = (times: number[], channels: number[], options: EventOptions = {}) =>
  expectOk(createEventSeries(Float64Array.from(times), Int32Array.from(channels), options));

describe('event series', () => {
  const series = make([0.1, 0.2, 0.2, 0.7], [0, 1, 0, 2], { start: 0, stop: 1 });

  it('counts its channels and refuses what does not fit', () => {
    expect(series.channelCount).toBe(3);
    expect(createEventSeries(new Float64Array([1]), new Int32Array(0)).ok).toBe(false);
    expect(createEventSeries(new Float64Array([1]), new Int32Array([2]), { channelCount: 2 }).ok).toBe(false);
    expect(createEventSeries(new Float64Array([1, 0]), new Int32Array([0, 0])).ok).toBe(false);
  });

  it('is read in half-open windows, over periods when periodic', () => {
    expect([...expectOk(eventsBetween(series, 0.2, 0.7)).channels]).toEqual([1, 0]);
    expect([...expectOk(eventsBetween(series, 0.7, 0.2, true)).channels]).toEqual([1, 0, 2]);
    expect([...expectOk(eventsBetween({ ...series, periodic: true }, 0.5, 1.15)).channels]).toEqual([2, 0]);
    expect(expectOk(clipEvents(series, 0.15, 0.3))).toMatchObject({
      channels: new Int32Array([1, 0]),
      channelCount: 3,
      start: 0.15,
      stop: 0.3,
    });
  });

  it('has at the junction of two periods the events at the end of the one and at the beginning of the other', () => {
    const periodic = make([0, 0.5, 1], [0, 1, 2], { periodic: true });
    const channels = (from: number, to: number) => [...expectOk(eventsBetween(periodic, from, to, true)).channels];
    expect(channels(1, 1)).toEqual([2]);
    expect(channels(1, 1.5)).toEqual([2, 0, 1]);
    expect(channels(2, 3)).toEqual([2, 0, 1, 2]);
    // Before the series the one at the end of the period that is over does not count.
    expect(channels(-1, 0)).toEqual([0, 1, 2, 0]);
  });

  it('is delayed, merged and appended', () => {
    expect(expectOk(delayEvents(series, 1))).toMatchObject({
      start: 1,
      stop: 2,
      times: new Float64Array([1.1, 1.2, 1.2, 1.7]),
    });
    expect(mergeEvents(series, series, true).times.length).toBe(4);
    expect([...mergeEvents(series, make([0.15], [4])).channels]).toEqual([0, 4, 1, 0, 2]);
    expect(appendEventChannels(series, make([0.5], [1]))).toMatchObject({
      channelCount: 5,
      channels: new Int32Array([0, 1, 0, 4, 2]),
    });
    expect(
      expectOk(appendEventsInTime(series, [{ series: make([0.5], [0], { start: 0.25, stop: 0.75 }), offset: 0.5 }])),
    ).toMatchObject({
      stop: 2,
      times: new Float64Array([0.1, 0.2, 0.2, 0.7, 1.75]),
    });
    expect(expectOk(selectEventChannels(series, [2, 1], true))).toMatchObject({
      channels: new Int32Array([1, 0]),
      channelCount: 2,
    });
    expect(expectOk(selectEventChannels(series, [2])).channelCount).toBe(3);
  });

  it('becomes a raster of booleans or counts', () => {
    const twice = make([0.01, 0.02, 0.11], [0, 0, 1], { start: 0, stop: 0.2 });
    expect([...expectOk(rasterise(twice, 0.1, { steps: 2 })).counts]).toEqual([1, 0, 0, 1]);
    expect([...expectOk(rasterise(twice, 0.1, { steps: 2, addEvents: true })).counts]).toEqual([2, 0, 0, 1]);
    expect(expectOk(rasterise(twice, 0.1)).steps).toBe(3);
    expect([...expectOk(rasterise(twice, 0.1, { steps: 2, channelCount: 1, addEvents: true })).counts]).toEqual([2, 0]);
    expect([...expectOk(rasterise(twice, 0.1, { start: 0, stop: 0.11, addEvents: true })).counts]).toEqual([
      2, 0, 0, 0,
    ]);
  });

  it('bins grid events as floating-point division says', () => {
    const grid = make([0.1, 0.2, 0.3, 0.6, 0.7], [0, 0, 0, 0, 0], { start: 0, stop: 1 });
    const rows = [0.1, 0.2, 0.3, 0.6, 0.7].map((time) => Math.floor(time / 0.1));
    const counts = expectOk(rasterise(grid, 0.1, { steps: 10, addEvents: true })).counts;
    expect(rows).toEqual([1, 2, 2, 5, 6]);
    expect([...counts]).toEqual([0, 1, 2, 0, 0, 1, 1, 0, 0, 0]);
  });
});
