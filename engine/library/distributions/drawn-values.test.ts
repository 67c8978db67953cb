import { describe, expect, it } from 'vitest';
import { uniformAt } from '../../base/random.ts';
import { mostKept, writtenTo, type Written } from '../../base/written.ts';
import { drawnContents, drawnValues } from '../../build/drawn-values.ts';
import type { DistributionKind } from '../../build/library-kind.ts';
import { fillNormals, normalAt } from '../../math/normal.ts';
import { clippedNormal } from './clipped-normal.ts';
import { normal } from './normal.ts';
import { uniform } from './uniform.ts';

/** The kind, counting how often it draws. */
function counted(kind: DistributionKind, id: string) {
  const count = { drawn: 0 };
  const fillDeviates = (key: number, into: Float64Array, first: number): void => {
    count.drawn += 1;
    kind.fillDeviates(key, into, first);
  };
  return { count, kind: { ...kind, id, fillDeviates } };
}

describe('drawn values', () => {
  it('are mean + deviation·z of the normals of the stream, one by one', () => {
    for (const length of [0, 1, 7, 1000]) {
      const filled = new Float64Array(length);
      fillNormals(5, filled, 6);
      expect(filled).toEqual(filled.map((_, index) => normalAt(5, 0, 6 + index)));
    }
    const values = drawnValues({ kind: normal, parameters: { mean: 2, deviation: 0.5 }, key: 77 }, 301);
    expect(values).toEqual(Float64Array.from(values, (_, index) => 2 + 0.5 * normalAt(77, 0, index)));
    const clipped = drawnValues(
      { kind: clippedNormal, parameters: { mean: 0, deviation: 1, least: -0.2 }, key: 77 },
      301,
    );
    expect(clipped).toEqual(Float64Array.from(clipped, (_, index) => Math.max(-0.2, normalAt(77, 0, index))));
    const even = drawnValues({ kind: uniform, parameters: { low: 1, high: 3 }, key: 77 }, 301);
    expect(even).toEqual(Float64Array.from(even, (_, index) => 1 + 2 * uniformAt(77, 0, index)));
  });

  it('are the same array while nothing changes', () => {
    const { count, kind } = counted(normal, 'same');
    const first = drawnValues({ kind, parameters: { mean: 1, deviation: 2 }, key: 3 }, 500);
    expect(drawnValues({ kind, parameters: { deviation: 2, mean: 1 }, key: 3 }, 500)).toBe(first);
    expect(count.drawn).toBe(1);
  });

  it('come from the same numbers after an edit of an argument, with the bits of a fresh draw', () => {
    const { count, kind } = counted(normal, 'edited');
    const first = drawnValues({ kind, parameters: { mean: 1, deviation: 2 }, key: 3 }, 500);
    const edited = drawnValues({ kind, parameters: { mean: 1, deviation: 2.5 }, key: 3 }, 500);
    expect(count.drawn).toBe(1);
    expect(first).not.toEqual(edited);
    expect(edited).toEqual(
      drawnValues({ kind: counted(normal, 'fresh').kind, parameters: { mean: 1, deviation: 2.5 }, key: 3 }, 500),
    );
  });

  it('are drawn anew for another stream, length or distribution', () => {
    const { count, kind } = counted(normal, 'others');
    const parameters = { mean: 1, deviation: 2, least: 0 };
    drawnValues({ kind, parameters, key: 3 }, 500);
    drawnValues({ kind, parameters, key: 4 }, 500);
    drawnValues({ kind, parameters, key: 3 }, 501);
    expect(count.drawn).toBe(3);
    const other = counted(clippedNormal, 'others, clipped');
    expect(drawnValues({ kind: other.kind, parameters, key: 3 }, 500)).not.toEqual(
      drawnValues({ kind, parameters, key: 3 }, 500),
    );
    expect(other.count.drawn).toBe(1);
  });

  it('are written where they are wanted when there are very many, with the same bits', () => {
    const drawing = { kind: normal, parameters: { mean: 1, deviation: 2 }, key: 9 };
    const length = mostKept + 5;
    const contents = drawnContents(drawing, length);
    expect(contents).not.toBeInstanceOf(Float64Array);
    const values = writtenTo(new Float64Array(length), contents as Written);
    for (const index of [0, 1, 4095, 4096, 4097, mostKept, length - 1]) {
      expect(values[index]).toBe(1 + 2 * normalAt(9, 0, index));
    }
    const atOnce = drawnValues(drawing, length);
    expect(values.every((value, index) => value === atOnce[index])).toBe(true);
    expect(drawnContents(drawing, mostKept)).toBeInstanceOf(Float64Array);
    const single = writtenTo(new Float32Array(length), contents as Written);
    expect(single.every((value, index) => value === Math.fround(values[index] as number))).toBe(true);
  });
});
