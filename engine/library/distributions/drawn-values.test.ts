import { describe, expect, it } from 'vitest';
import { uniformAt } from '../../base/random.ts';
import { drawnValues } from '../../build/drawn-values.ts';
import type { DistributionKind } from '../../build/library-kind.ts';
import { normalAt, normals } from '../../math/normal.ts';
import { clippedNormal } from './clipped-normal.ts';
import { normal } from './normal.ts';
import { uniform } from './uniform.ts';

/** The kind, counting how often it draws. */
function counted(kind: DistributionKind, id: string) {
  const count = { drawn: 0 };
  const deviates = (key: number, length: number): Float64Array => {
    count.drawn += 1;
    return kind.deviates(key, length);
  };
  return { count, kind: { ...kind, id, deviates } };
}

describe('drawn values', () => {
  it('are mean + deviation·z of the normals of the stream, one by one', () => {
    for (const length of [0, 1, 7, 1000]) {
      expect(normals(5, length)).toEqual(Float64Array.from({ length }, (_, index) => normalAt(5, 0, index)));
    }
    const values = drawnValues(normal, { mean: 2, deviation: 0.5 }, 77, 301);
    expect(values).toEqual(Float64Array.from(values, (_, index) => 2 + 0.5 * normalAt(77, 0, index)));
    const clipped = drawnValues(clippedNormal, { mean: 0, deviation: 1, least: -0.2 }, 77, 301);
    expect(clipped).toEqual(Float64Array.from(clipped, (_, index) => Math.max(-0.2, normalAt(77, 0, index))));
    const even = drawnValues(uniform, { low: 1, high: 3 }, 77, 301);
    expect(even).toEqual(Float64Array.from(even, (_, index) => 1 + 2 * uniformAt(77, 0, index)));
  });

  it('are the same array while nothing changes', () => {
    const { count, kind } = counted(normal, 'same');
    const first = drawnValues(kind, { mean: 1, deviation: 2 }, 3, 500);
    expect(drawnValues(kind, { deviation: 2, mean: 1 }, 3, 500)).toBe(first);
    expect(count.drawn).toBe(1);
  });

  it('come from the same numbers after an edit of an argument, with the bits of a fresh draw', () => {
    const { count, kind } = counted(normal, 'edited');
    const first = drawnValues(kind, { mean: 1, deviation: 2 }, 3, 500);
    const edited = drawnValues(kind, { mean: 1, deviation: 2.5 }, 3, 500);
    expect(count.drawn).toBe(1);
    expect(first).not.toEqual(edited);
    expect(edited).toEqual(drawnValues(counted(normal, 'fresh').kind, { mean: 1, deviation: 2.5 }, 3, 500));
  });

  it('are drawn anew for another stream, length or distribution', () => {
    const { count, kind } = counted(normal, 'others');
    const parameters = { mean: 1, deviation: 2, least: 0 };
    drawnValues(kind, parameters, 3, 500);
    drawnValues(kind, parameters, 4, 500);
    drawnValues(kind, parameters, 3, 501);
    expect(count.drawn).toBe(3);
    const other = counted(clippedNormal, 'others, clipped');
    expect(drawnValues(other.kind, parameters, 3, 500)).not.toEqual(drawnValues(kind, parameters, 3, 500));
    expect(other.count.drawn).toBe(1);
  });
});
