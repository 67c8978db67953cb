/** Soak: what its arguments mean, and that its processes keep to the time. */
import { describe, expect, it } from 'vitest';
import { nextRounds, readArguments } from './steps/soak-plan.mjs';

const known = ['file-kills', 'power-loss'];

describe('arguments of soak', () => {
  it('without any, ask for everything without a limit', () => {
    expect(readArguments([], known)).toEqual({ names: known, minutes: Infinity });
  });

  it('name tests and minutes in any order', () => {
    const wanted = { names: ['power-loss'], minutes: 1.5 };
    expect(readArguments(['power-loss', '--minutes', '1.5'], known)).toEqual(wanted);
    expect(readArguments(['--minutes', '1.5', 'power-loss'], known)).toEqual(wanted);
  });

  it.each([[['other']], [['--minutes']], [['--minutes', '0']], [['--minutes', 'x']], [['power-loss', '-m']]])(
    'are refused: %s',
    (args) => expect(readArguments(args, known)).toBeUndefined(),
  );
});

describe('rounds of the next process', () => {
  const row = { test: 100, soak: 3000 };

  it('are those of npm test at first', () => {
    expect(nextRounds(row, { rounds: 0, seconds: 0 }, 1)).toBe(100);
    expect(nextRounds({ test: 100, soak: 50 }, { rounds: 0, seconds: 0 }, 1)).toBe(50);
  });

  it('fit into the time that is left', () => {
    expect(nextRounds(row, { rounds: 100, seconds: 40 }, 20)).toBe(50);
    expect(nextRounds(row, { rounds: 100, seconds: 40 }, 0.1)).toBe(1);
  });

  it('are never more than are missing, or than twenty times those of npm test', () => {
    expect(nextRounds(row, { rounds: 100, seconds: 1 }, Infinity)).toBe(2000);
    expect(nextRounds(row, { rounds: 2900, seconds: 1 }, Infinity)).toBe(100);
  });
});
