import { describe, expect, it } from 'vitest';
import type { TraceView } from '../../engine/protocol/history-messages.ts';
import { linePoints, steadyRange, valueRangeOf } from './envelope.ts';

const reduced: TraceView = {
  times: Float64Array.of(0, 1, 2, 3),
  minimum: [Float64Array.of(0, 1, Number.NaN, -5)],
  maximum: [Float64Array.of(2, 2.5, Number.NaN, 9)],
  samplesPerColumn: 40,
  total: 120,
};

describe('points of a reduced trace', () => {
  it('keeps both extremes of every column, in the order that makes the calmer line', () => {
    const points = linePoints(reduced);
    expect([...points.times]).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(points.values[0]?.slice(0, 4)).toEqual([0, 2, 2.5, 1]);
    expect(new Set(points.values[0]?.slice(6))).toEqual(new Set([-5, 9]));
  });

  it('breaks the line where nothing was recorded', () => {
    expect(linePoints(reduced).values[0]?.slice(4, 6)).toEqual([null, null]);
  });

  it('shows raw samples as they are', () => {
    const raw: TraceView = {
      ...reduced,
      minimum: [Float64Array.of(1, 2, 3, 4)],
      maximum: [Float64Array.of(1, 2, 3, 4)],
      samplesPerColumn: 1,
    };
    expect(linePoints(raw, 1000).values[0]).toEqual([1000, 2000, 3000, 4000]);
  });
});

describe('axis range', () => {
  it('covers every value', () => {
    expect(valueRangeOf([reduced])).toEqual({ minimum: -5, maximum: 9 });
    expect(
      valueRangeOf([{ ...reduced, minimum: [Float64Array.of(Number.NaN)], maximum: [Float64Array.of(Number.NaN)] }]),
    ).toBeUndefined();
  });

  it('grows at once and shrinks only when half of it is empty', () => {
    const first = steadyRange(undefined, { minimum: 0, maximum: 10 });
    expect(first.minimum).toBeLessThan(0);
    expect(steadyRange(first, { minimum: 1, maximum: 9 })).toBe(first);
    expect(steadyRange(first, { minimum: 0, maximum: 20 }).maximum).toBeGreaterThan(20);
    expect(steadyRange(first, { minimum: 4, maximum: 5 }).maximum).toBeLessThan(6);
  });

  it('gives a flat line room', () => {
    const range = steadyRange(undefined, { minimum: 3, maximum: 3 });
    expect(range.minimum).toBeLessThan(3);
    expect(range.maximum).toBeGreaterThan(3);
  });
});
