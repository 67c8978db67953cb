/** Choices that cannot be used: the hint of the Problem is turned into a button when it names another choice. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../engine/base/problem.ts';
import { offeredChoice } from './ChoiceControl.tsx';

const choices = [
  { value: 'auto', title: 'chosen by the equations' },
  { value: 'exact', title: 'exact (linear equations)' },
  { value: 'exponential-euler', title: 'exponential Euler' },
];
const refused = (hint?: string) =>
  problem('integration/not-applicable', 'It cannot be used.', hint === undefined ? {} : { hint });

describe('the choice that a hint offers', () => {
  it.each([
    ['Use exponential-euler.', 'exponential-euler'],
    ['Use exponential Euler.', 'exponential-euler'],
    ['Use rk4 or exact.', 'exact'],
    ['Use magic.', undefined],
    ['Write the equation as f + g*xi.', undefined],
    [undefined, undefined],
  ])('%j names %j', (hint, expected) => {
    expect(offeredChoice(refused(hint), choices, 'auto')?.value).toBe(expected);
  });

  it('given the choice that is already made, then nothing is offered', () => {
    expect(offeredChoice(refused('Use exact.'), choices, 'exact')).toBeUndefined();
  });
});
