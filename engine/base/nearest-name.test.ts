/** Tests of the suggestion for a misspelt name. */
import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['tua', ['tau', 'v', 'I'], 'tau'],
    ['sni', ['snr', 'sin', 'sign'], 'sin'],
    ['tau_rfe', ['tau_r', 'tau_ref'], 'tau_ref'],
    ['ta', ['at', 'b'], 'at'],
    ['abc', ['cab', 'bca'], undefined],
    ['Tua', ['tau'], undefined],
    ['taum', ['tau_m', 'v', 'I'], 'tau_m'],
    ['Tau', ['tau', 'v'], 'tau'],
    ['v_tresh', ['v_reset', 'v_thresh'], 'v_thresh'],
    ['foo', ['v', 'tau', 'E'], undefined],
    ['x', ['y', 'z'], undefined],
  ])('for %s among %j is %s', (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });
});
