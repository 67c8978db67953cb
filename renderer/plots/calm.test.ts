import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calmed } from './calm.ts';
import { createValue } from './value.test-support.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a calmed value', () => {
  it('tells the first change at once and the last of many at the end of the interval', () => {
    const source = createValue(0);
    const calm = calmed(source, 250);
    const heard: number[] = [];
    calm.subscribe(() => heard.push(calm.get()));
    for (let value = 1; value <= 50; value++) source.set(value);
    expect(heard).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(heard).toEqual([1, 50]);
  });

  it('tells at once what matters, in the middle of the interval too', () => {
    const source = createValue(0);
    const calm = calmed(source, 250, (next) => next >= 100);
    const heard: number[] = [];
    calm.subscribe(() => heard.push(calm.get()));
    for (const value of [1, 2, 100, 3]) source.set(value);
    expect(heard).toEqual([1, 100]);
    vi.advanceTimersByTime(250);
    expect(heard).toEqual([1, 100, 3]);
  });

  it('is quiet after the last listener left, and still right', () => {
    const source = createValue(0);
    const calm = calmed(source, 250);
    const heard: number[] = [];
    calm.subscribe(() => heard.push(calm.get()))();
    source.set(7);
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual([]);
    expect(calm.get()).toBe(7);
  });
});
