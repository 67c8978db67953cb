/** Tables over time: whether their values stand still over a step (rules E30, E39, E40 of SPEC.md). */
import { describe, expect, it } from 'vitest';
import { isWholeSteps } from './tables-text.ts';

describe('an interval is a whole number of steps', () => {
  it('up to rounding where a method is named', () => {
    expect(isWholeSteps(3e-4, 1e-4)).toBe(true);
    expect(isWholeSteps(2e-3, 1e-4, 'exact')).toBe(true);
    expect(isWholeSteps(2.5e-4, 1e-4)).toBe(false);
    expect(isWholeSteps(0.5e-4, 1e-4)).toBe(false);
  });

  it('to the last bit for auto (E39)', () => {
    expect(isWholeSteps(3e-4, 1e-4, 'auto')).toBe(false);
    expect(isWholeSteps(2e-3, 1e-4, 'auto')).toBe(true);
    expect(isWholeSteps(0.5e-4, 1e-4, 'auto')).toBe(false);
  });
});
