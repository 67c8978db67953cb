import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { ResolvedValue } from '../model/validated.ts';
import { fakeLibrary } from './fake-model.test-support.ts';
import { createParameterReader } from './parameter-reader.ts';

const parameters: Record<string, ResolvedValue> = {
  scalar: 2.5,
  whole: { shape: [1], values: Float64Array.of(7) },
  list: { shape: [3], values: Float64Array.of(1, 2, 3) },
  matrix: { shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) },
  drawn: { distribution: 'index', arguments: {} },
  unknown: { distribution: 'cauchy', arguments: {} },
  yes: true,
  no: false,
  method: 'euler',
  absent: null,
};

function readerOf(owner: Partial<Parameters<typeof createParameterReader>[0]> = {}) {
  return createParameterReader({ id: 'el', name: 'Cells', seed: 1, parameters, ...owner }, fakeLibrary);
}

describe('parameter reader', () => {
  const reader = readerOf();

  it('reads numbers, flags, texts and arrays', () => {
    expect(reader.number('scalar')).toBe(2.5);
    expect(reader.number('whole')).toBe(7);
    expect([reader.flag('yes'), reader.flag('no')]).toEqual([true, false]);
    expect(reader.text('method')).toBe('euler');
    expect(reader.array('matrix')?.shape).toEqual([2, 2]);
    expect(reader.array('absent')).toBeNull();
    expect(reader.array('scalar')).toBeNull();
  });

  it('fills a vector with a single value', () => {
    expect(expectOk(reader.vector('scalar', 3))).toEqual(Float64Array.of(2.5, 2.5, 2.5));
    expect(expectOk(reader.vector('whole', 2))).toEqual(Float64Array.of(7, 7));
  });

  it('takes a list of the right length as a copy', () => {
    const taken = expectOk(reader.vector('list', 3));
    expect(taken).toEqual(Float64Array.of(1, 2, 3));
    taken[0] = 99;
    expect(expectOk(reader.vector('list', 3))[0]).toBe(1);
  });

  it.each([0, 2, 4])('refuses a list of 3 for %i cells, at the parameter', (cells) => {
    const result = reader.vector('list', cells);
    expect(result.ok).toBe(false);
    expect(result.problems[0]).toMatchObject({
      code: 'model/parameter-shape',
      message: `list of "Cells" has 3 values; it needs 1 or ${cells}.`,
      at: { element: 'el', path: 'parameters.list' },
    });
  });

  it('draws a distribution from the seed, the element and the name, and from nothing else', () => {
    const draw = (seed: number, id: string) => expectOk(readerOf({ seed, id }).vector('drawn', 4));
    expect(draw(1, 'el')).toEqual(draw(1, 'el'));
    const start = draw(1, 'el')[0] as number;
    expect(Array.from(draw(1, 'el'))).toEqual([start, start + 1, start + 2, start + 3]);
    const others = Array.from({ length: 12 }, (_, seed) => draw(seed + 2, 'el')[0]);
    expect(new Set(others).size).toBeGreaterThan(1);
    const elements = Array.from({ length: 12 }, (_, number) => draw(1, `el${number}`)[0]);
    expect(new Set(elements).size).toBeGreaterThan(1);
  });

  it('draws a longer vector with the same beginning', () => {
    expect(expectOk(reader.vector('drawn', 9)).slice(0, 4)).toEqual(expectOk(reader.vector('drawn', 4)));
  });

  it('refuses an unknown distribution', () => {
    expect(reader.vector('unknown', 4).problems[0]).toMatchObject({
      code: 'model/parameter-type',
      at: { element: 'el', path: 'parameters.unknown' },
    });
  });

  it('takes wrong use for a bug', () => {
    expect(() => reader.number('nothing')).toThrow(/Bug/);
    expect(() => reader.number('method')).toThrow(/Bug/);
    expect(() => reader.number('list')).toThrow(/Bug/);
    expect(() => reader.vector('method', 2)).toThrow(/Bug/);
  });
});
