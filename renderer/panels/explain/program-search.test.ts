/** Search in a program: what is found and marked, and that nothing of the text is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundLines, markedParts } from './program-search.ts';

describe('search in a program', () => {
  it('finds lines whatever the case, and takes signs as they are', () => {
    const lines = ['signal A/v: f64[3]', 'load(a/v, i)', 'store', ''];
    expect(foundLines(lines, 'A/V')).toEqual([0, 1]);
    expect(foundLines(lines, '[3]')).toEqual([0]);
    expect(foundLines(lines, '.')).toEqual([]);
    expect(foundLines(lines, '  ')).toEqual([]);
  });

  it('marks every place', () => {
    expect(markedParts('v = v_rest', 'V')).toEqual([
      { text: 'v', marked: true },
      { text: ' = ', marked: false },
      { text: 'v', marked: true },
      { text: '_rest', marked: false },
    ]);
  });

  it('loses nothing: the parts are the line, and a line is found when a part of it is marked', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (line, wanted) => {
        const parts = markedParts(line, wanted);
        expect(parts.map(({ text }) => text).join('')).toBe(line);
        expect(parts.some(({ marked }) => marked)).toBe(foundLines([line], wanted).length > 0);
      }),
    );
  });
});
