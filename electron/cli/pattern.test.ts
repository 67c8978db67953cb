import { describe, expect, it } from 'vitest';
import { fitsPattern } from './pattern.ts';

describe('pattern', () => {
  it.each([
    ['rockpool/RecRateEuler/a', 'rockpool/*/a', true],
    ['rockpool/RecRateEuler/a', 'rockpool/*', false],
    ['rockpool/RecRateEuler/a', 'rockpool/**', true],
    ['rockpool/RecRateEuler/a', '**/{a,b}', true],
    ['rockpool/RecRateEuler/c', '**/{a,b}', false],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['a(1)', 'a(1)', true],
  ])('%s fits %s: %s', (name, pattern, fits) => {
    expect(fitsPattern(name, pattern)).toBe(fits);
  });
});
