/** Convolution and pooling of event images against sums written out, on both targets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../library-models.test-support.ts';
import { runFed, spikesOf, type Rows } from './fed-layer.test-support.ts';

interface Shape {
  readonly maps: number;
  readonly height: number;
  readonly width: number;
  readonly kernels: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly padding: number;
}

const shapes: fc.Arbitrary<Shape> = fc
  .record({
    maps: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 5 }),
    width: fc.integer({ min: 1, max: 5 }),
    kernels: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 2 }),
  })
  .filter(
    ({ height, width, rows, columns, padding }) => rows <= height + 2 * padding && columns <= width + 2 * padding,
  );

const places = (extent: number, size: number, { stride, padding }: Shape): number =>
  Math.floor((extent + 2 * padding - size) / stride) + 1;

/** Spikes of each step by the definition: sum under the kernel, minus the leak, threshold subtracted as often as it fits. */
function convolved(shape: Shape, frames: Rows, weight: (k: number, m: number, a: number, b: number) => number): string {
  const { maps, height, width, kernels, rows, columns, stride, padding } = shape;
  const [down, across] = [places(height, rows, shape), places(width, columns, shape)];
  const v = new Array<number>(kernels * down * across).fill(0);
  const spikes: string[] = [];
  frames.forEach((frame, step) => {
    for (const [cell, before] of v.entries()) {
      const [k, y, x] = [Math.floor(cell / (down * across)), Math.floor(cell / across) % down, cell % across];
      let sum = 0;
      for (let m = 0; m < maps; m += 1) {
        for (let a = 0; a < rows; a += 1) {
          for (let b = 0; b < columns; b += 1) {
            const [row, column] = [stride * y + a - padding, stride * x + b - padding];
            if (row < 0 || column < 0 || row >= height || column >= width) continue;
            sum += weight(k, m, a, b) * (frame[(m * height + row) * width + column] as number);
          }
        }
      }
      let after = before + sum - 0.25;
      for (; after >= 2; after -= 2) spikes.push(`${step}:${cell}`);
      v[cell] = after;
    }
  });
  return spikes.join(' ');
}

const whole = (seed: number, index: number, most: number): number => ((seed * 7919 + index * 104_729) >>> 3) % most;

const parametersOf = ({ maps, height, width, kernels, rows, columns, stride, padding }: Shape) => ({
  ...{ maps, image_height: height, image_width: width, kernels, window_height: rows, window_width: columns },
  ...{ stride, padding, v_thresh: { value: 2, unit: '1' }, v_subtract: { value: 2, unit: '1' } },
  ...{ bias: { value: -0.25, unit: '1' }, add_events: true },
});

const framesOf = ({ maps, height, width }: Shape, seed: number): Rows =>
  Array.from({ length: 4 }, (_, step) =>
    Array.from({ length: maps * height * width }, (_, pixel) => whole(seed, step * 997 + pixel, 3)),
  );

describe('a convolution of events', () => {
  it('spikes where the sums under its kernels say', () => {
    fc.assert(
      fc.property(shapes, fc.nat(1000), (shape, seed) => {
        const { maps, kernels, rows, columns } = shape;
        const weight = (k: number, m: number, a: number, b: number): number =>
          whole(seed, ((k * maps + m) * rows + a) * columns + b, 5) - 2;
        const weights = Array.from({ length: kernels }, (_, k) =>
          Array.from({ length: maps * rows * columns }, (_, place) => {
            const [b, a] = [place % columns, Math.floor(place / columns) % rows];
            return weight(k, Math.floor(place / (rows * columns)), a, b);
          }),
        );
        const input = framesOf(shape, seed);
        const found = runFed({
          ...{ kind: 'layers/cliaf-convolution', input, parameters: parametersOf(shape), matrices: { weights } },
        });
        expect(spikesOf(found)).toBe(convolved(shape, input, weight));
      }),
      { numRuns: 25 },
    );
  });

  it('with the maps last gives the same spikes in that order', () => {
    const shape: Shape = { maps: 2, height: 3, width: 4, kernels: 3, rows: 2, columns: 2, stride: 1, padding: 0 };
    const { maps, height, width, kernels, rows, columns } = shape;
    const input = framesOf(shape, 5);
    const turned = input.map((frame) =>
      Array.from({ length: frame.length }, (_, place) => {
        const [map, pixel] = [place % maps, Math.floor(place / maps)];
        return frame[map * height * width + pixel] as number;
      }),
    );
    const weight = (k: number, m: number, a: number, b: number): number => whole(3, ((k * 2 + m) * 2 + a) * 2 + b, 4);
    const last = Array.from({ length: rows * columns }, (_, place) =>
      Array.from({ length: maps * kernels }, (_, pair) =>
        weight(pair % kernels, Math.floor(pair / kernels), Math.floor(place / columns), place % columns),
      ),
    );
    const found = runFed({
      ...{ kind: 'layers/cliaf-convolution', input: turned, matrices: { weights: last } },
      parameters: { ...parametersOf(shape), order: 'channels_last' },
    });
    const [down, across] = [places(height, rows, shape), places(width, columns, shape)];
    const first = eventsOf(found, 'spikes').map(({ step, cell }) => {
      const [kernel, place] = [cell % kernels, Math.floor(cell / kernels)];
      return { step, cell: kernel * down * across + place };
    });
    const expected = convolved(shape, input, weight).split(' ');
    expect(expected.length).toBeGreaterThan(20);
    expect(first.map(({ step, cell }) => `${step}:${cell}`).sort()).toEqual([...expected].sort());
  });
});

describe('pooling of events', () => {
  const input = [[1, 0, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0, 4, 0, 0, 1]];
  const pooled = (rule: string) => {
    const image = { image_height: 4, window_height: 2, rule };
    const found = runFed({ kind: 'layers/event-pooling', input, parameters: image });
    return [0, 1, 2, 3].map((cell) => eventsOf(found, 'spikes').filter((event) => event.cell === cell).length);
  };

  it.each([
    ['sum', [4, 2, 4, 1]],
    ['max', [3, 2, 4, 1]],
    ['any', [1, 1, 1, 1]],
  ] as const)('by the rule %s', (rule, expected) => {
    expect(pooled(rule)).toEqual(expected);
  });
});
