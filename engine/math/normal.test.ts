import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../build/ir/types.ts';
import { functionTable, type TableFunctionName } from './function-table.ts';
import { normalAt } from './normal.ts';

describe('normalAt', () => {
  it('gives mean 0, deviation 1, and the tails of a normal distribution', () => {
    const values = Array.from({ length: 40000 }, (_, index) => normalAt(77, Math.floor(index / 1000), index % 1000));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.005);
  });

  it('is a function of key, step and index alone, in whatever order they are asked for', () => {
    const first = [normalAt(1, 5, 9), normalAt(2, 5, 9), normalAt(1, 6, 9), normalAt(1, 5, 10)];
    const again = [normalAt(1, 5, 10), normalAt(1, 6, 9), normalAt(2, 5, 9), normalAt(1, 5, 9)].reverse();
    expect(again).toEqual(first);
    expect(new Set(first).size).toBe(4);
  });
});

describe('function table', () => {
  it('has exactly the functions of the intermediate representation', () => {
    type Same = [TableFunctionName] extends [FunctionName]
      ? [FunctionName] extends [TableFunctionName]
        ? true
        : false
      : false;
    const same: Same = true;
    expect(same).toBe(true);
    expect(Object.values(functionTable).every((entry) => typeof entry === 'function')).toBe(true);
  });
});
