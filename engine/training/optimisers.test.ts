import { describe, expect, it } from 'vitest';
import { clipByNorm, createAdam, createDescent, type Optimiser } from './optimisers.ts';

/** Where steps down the slope of (p − 3)² lead from 0. */
function descend(optimiser: Optimiser, steps: number): number[] {
  let p = 0;
  return Array.from({ length: steps }, () => {
    const slope = Float64Array.of(2 * (p - 3));
    p = optimiser.step(new Map([['p', Float64Array.of(p)]]), new Map([['p', slope]])).get('p')?.[0] as number;
    return p;
  });
}

describe('optimisers', () => {
  it('Adam goes the length of its learning rate at first, and gets there', () => {
    const path = descend(createAdam({ learningRate: 0.1 }), 400);
    expect(path[0]).toBeCloseTo(0.1, 8);
    expect(path[1]).toBeCloseTo(
      0.1 +
        (0.1 * (0.9 * 0.1 * 6 + 0.1 * 5.8)) / 0.19 / Math.sqrt((0.999 * 0.001 * 36 + 0.001 * 33.64) / (1 - 0.999 ** 2)),
      8,
    );
    expect(path.at(-1)).toBeCloseTo(3, 3);
  });

  it('descent takes the slope, and with momentum what is left of earlier ones', () => {
    expect(descend(createDescent({ learningRate: 0.1 }), 2)).toEqual([0.6000000000000001, 1.08]);
    const [first = 0, second = 0] = descend(createDescent({ learningRate: 0.1, momentum: 0.5 }), 2);
    expect(first).toBeCloseTo(0.6, 12);
    expect(second).toBeCloseTo(0.6 + 0.1 * (0.5 * 6 + 4.8), 12);
  });

  it('clipping shortens long gradients together and leaves short ones', () => {
    const gradients = new Map([
      ['a', Float64Array.of(3)],
      ['b', Float64Array.of(0, 4)],
    ]);
    const clipped = clipByNorm(gradients, 1);
    expect(clipped.get('a')?.[0]).toBeCloseTo(0.6, 6);
    expect(clipped.get('b')?.[1]).toBeCloseTo(0.8, 6);
    expect(clipByNorm(gradients, 6)).toEqual(gradients);
  });
});
