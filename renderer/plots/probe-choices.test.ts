import { describe, expect, it } from 'vitest';
import { parseCells } from './probe-choices.ts';

describe('cells as people type them', () => {
  it.each([
    ['', null],
    ['all', null],
    ['12', [12]],
    ['3, 1 2', [1, 2, 3]],
    ['0-3, 2', [0, 1, 2, 3]],
    ['5–6', [5, 6]],
  ])('%j is %j', (text, cells) => {
    expect(parseCells(text)).toEqual(cells);
  });

  it.each(['x', '3-1', '1.5', '-2', '0-100000'])('%j is refused', (text) => {
    expect(parseCells(text)).toBeUndefined();
  });
});
