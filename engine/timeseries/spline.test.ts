import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splineThrough, writeSplineRow } from './spline.ts';

/** Increasing times of uneven distances, and numbers for them. */
const points = fc
  .array(
    fc.record({
      gap: fc.double({ min: 0.05, max: 3, noNaN: true }),
      value: fc.double({ min: -9, max: 9, noNaN: true }),
    }),
    {
      minLength: 4,
      maxLength: 30,
    },
  )
  .map((rows) => {
    let time = -2;
    return {
      times: Float64Array.from(rows, ({ gap }) => (time += gap)),
      samples: Float64Array.from(rows, ({ value }) => value),
    };
  });

function reader(times: Float64Array, samples: Float64Array, degree: 2 | 3): (time: number) => number {
  const spline = splineThrough(times, samples, 1, degree);
  const row = new Float64Array(1);
  return (time) => {
    writeSplineRow(spline, time, row, 0);
    return row[0] as number;
  };
}

/** Slope or curvature from one side of a knot: derivative of the polynomial through degree + 1 values of that side. */
function sidedDifference(read: (time: number) => number, at: number, step: number, order: 1 | 2): number {
  const values = [0, 1, 2, 3].map((place) => read(at + place * step)) as [number, number, number, number];
  if (order === 1) return (-11 * values[0] + 18 * values[1] - 9 * values[2] + 2 * values[3]) / (6 * step);
  return (2 * values[0] - 5 * values[1] + 4 * values[2] - values[3]) / (step * step);
}

describe.each([2, 3] as const)('a spline of degree %d', (degree) => {
  it('goes through its points', () => {
    fc.assert(
      fc.property(points, ({ times, samples }) => {
        const read = reader(times, samples, degree);
        times.forEach((time, row) => expect(read(time)).toBeCloseTo(samples[row] as number, 8));
      }),
    );
  });

  it('is the polynomial itself where the points lie on one of its degree', () => {
    fc.assert(
      fc.property(points, ({ times }) => {
        const polynomial = (time: number): number =>
          1 - 2 * time + 0.5 * time ** 2 - (degree === 3 ? 0.25 * time ** 3 : 0);
        const read = reader(times, times.map(polynomial), degree);
        for (let row = 1; row < times.length; row += 1) {
          const between = ((times[row - 1] as number) + 2 * (times[row] as number)) / 3;
          const expected = polynomial(between);
          const largest = Math.max(...times.map((time) => Math.abs(polynomial(time))));
          expect(Math.abs(read(between) - expected)).toBeLessThanOrEqual(1e-9 * (1 + largest));
        }
      }),
    );
  });

  it('bends without a jump: its slope is the same from both sides, and that of a cubic does not break', () => {
    const times = Float64Array.of(0, 0.7, 1.5, 2, 3.1, 4, 4.6);
    const samples = Float64Array.of(1, -1, 2, 0.5, 0, 3, 1);
    const read = reader(times, samples, degree);
    const knots =
      degree === 3 ? times.slice(1, -1) : times.slice(1).map((time, row) => (time + (times[row] as number)) / 2);
    for (const knot of knots) {
      const step = 0.01;
      expect(sidedDifference(read, knot, step, 1)).toBeCloseTo(sidedDifference(read, knot, -step, 1), 8);
      if (degree === 3)
        expect(sidedDifference(read, knot, step, 2)).toBeCloseTo(sidedDifference(read, knot, -step, 2), 6);
    }
  });
});

it('the second and the last but one point of a cubic are no knots: three points at each end lie on one polynomial', () => {
  const times = Float64Array.of(0, 1, 2, 3, 4, 5);
  const read = reader(times, Float64Array.of(0, 3, -1, 4, 2, 2), 3);
  const fourthDifference = (from: number): number =>
    read(from) - 4 * read(from + 0.5) + 6 * read(from + 1) - 4 * read(from + 1.5) + read(from + 2);
  expect(fourthDifference(0)).toBeCloseTo(0, 10);
  expect(fourthDifference(3)).toBeCloseTo(0, 10);
  expect(Math.abs(fourthDifference(1))).toBeGreaterThan(0.1);
});

it('has channels side by side that do not touch each other', () => {
  const times = Float64Array.of(0, 1, 2.5, 3, 5);
  const [left, right] = [Float64Array.of(1, 2, 0, -1, 3), Float64Array.of(5, 5, 7, 9, 1)];
  const both = Float64Array.from([...times.keys()].flatMap((row) => [left[row] as number, right[row] as number]));
  const spline = splineThrough(times, both, 2, 3);
  const row = new Float64Array(2);
  writeSplineRow(spline, 1.3, row, 0);
  expect([...row]).toEqual([reader(times, left, 3)(1.3), reader(times, right, 3)(1.3)]);
});
