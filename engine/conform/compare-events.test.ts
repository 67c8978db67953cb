import { expect, it } from 'vitest';
import { vectorArray } from './case-access.ts';
import { compare } from './compare.ts';

const events = (times: number[], channels: number[]) => ({
  output: { type: 'events', times: vectorArray(times), channels: vectorArray(channels) },
});
const expected = events([0.1, 0.2, 0.2, 0.2], [3, 2, 0, 1]);
const anyOrder = { mode: 'trace', abs: 1e-12, note: 'events with equal times may come in any order' };

it('events of one time may come in any order where the tolerance says so', () => {
  expect(compare(expected, events([0.1, 0.2, 0.2, 0.2], [3, 0, 1, 2]), anyOrder).passed).toBe(true);
  expect(compare(expected, events([0.1, 0.2, 0.2, 0.2], [3, 0, 1, 2]), { mode: 'trace', abs: 1e-12 }).passed).toBe(
    false,
  );
});

it('but they must be the same events', () => {
  expect(compare(expected, events([0.1, 0.2, 0.2, 0.2], [3, 0, 1, 1]), anyOrder).passed).toBe(false);
  expect(compare(expected, events([0.1, 0.2, 0.2, 0.3], [3, 2, 0, 1]), anyOrder).passed).toBe(false);
  expect(compare(expected, events([0.1, 0.1, 0.2, 0.2], [3, 2, 0, 1]), anyOrder).passed).toBe(false);
});
