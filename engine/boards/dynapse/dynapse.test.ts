/** DYNAP-SE without the board: events, batches, numbers and limits, from what is documented of them. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { brokenLimits } from './connection-limits.ts';
import { inputBatches } from './input-batches.ts';
import { fillIntervals, inputEvents, seriesEvents, splitInterval } from './input-events.ts';
import { coresOfMask, neuronRectangle } from './neuron-numbers.ts';
import { channelsOfEvents, firingRates } from './recorded-events.ts';
import { synapsePairs } from './synapse-pairs.ts';

const target = { chip: 2, coreMask: 5 };

describe('events of the pattern generator', () => {
  it('are cut into intervals that add up to what they were', () => {
    for (const interval of [1, 19, 20, 21, 40, 41, 399]) {
      const pieces = splitInterval(interval, 20);
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(interval);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(20);
      expect(Math.min(...pieces)).toBeGreaterThan(0);
    }
    expect(splitInterval(0, 20)).toEqual([0]);
  });

  it('come at the end of a long interval, unless asked for as released', () => {
    expect(fillIntervals([7, 53], [3, 4], 20)).toEqual({ intervals: [7, 20, 20, 13], neurons: [3, null, null, 4] });
    expect(fillIntervals([53], [4], 20, 'first').neurons).toEqual([4, null, null]);
  });

  it('have no core where they only fill time', () => {
    const events = expectOk(inputEvents([30], [9], target, { intervalLimit: 20 }));
    expect([events.coreMasks, events.neurons, events.chips].map((list) => Array.from(list))).toEqual([
      [0, 5],
      [0, 9],
      [2, 2],
    ]);
  });

  it('are refused when they are too many, or on channels without a neuron', () => {
    const many = inputEvents([30, 30], [1, 2], target, { intervalLimit: 20, eventLimit: 3 });
    expect(many.problems[0]?.message).toContain('4 events');
    expect(many.problems[0]?.message).toContain('at most 3');
    const unknown = seriesEvents([1, 2], [0, 5], [7, 8], target);
    expect(unknown.problems[0]?.message).toContain('channel 5');
  });

  it('count their intervals from the start', () => {
    expect(Array.from(expectOk(seriesEvents([4, 4, 9], [1, 0, 1], [7, 8], target)).intervals)).toEqual([4, 0, 5]);
  });
});

describe('batches of input', () => {
  it('cover every step and event once', () => {
    const steps = [0, 0, 3, 3, 3, 9, 10, 25];
    const batches = expectOk(inputBatches(steps, steps, 30, { steps: 8, events: 2 }));
    expect(batches.flatMap((batch) => Array.from(batch.steps))).toEqual(steps);
    expect(batches.reduce((sum, { stepCount }) => sum + stepCount, 0)).toBe(30);
    for (const batch of batches) expect(batch.steps.length).toBeLessThanOrEqual(2);
  });

  it.each([
    [{ steps: 0 }, 'at least 1'],
    [{ events: 70_000 }, '65535'],
    [{ events: 1.5 }, '1.5'],
  ])('of %j are refused', (limits, said) => {
    expect(inputBatches([], [], 5, limits).problems[0]?.message).toContain(said);
  });

  it('are none without steps', () => {
    expect(expectOk(inputBatches([], [], 0))).toEqual([]);
  });
});

describe('numbers', () => {
  it('of a rectangle stand in its rows', () => {
    expect(Array.from(expectOk(neuronRectangle(17, 3, 2)))).toEqual([17, 18, 33, 34]);
    expect(neuronRectangle(250, 20, 8).problems[0]?.message).toContain('16 × 16');
    expect(neuronRectangle(0, 4, 0).ok).toBe(false);
  });

  it('of cores are the bits of the mask', () => {
    expect(Array.from(coresOfMask(3, 0b1010))).toEqual([13, 15]);
  });

  it('of recorded neurons become channels, with rates', () => {
    expect(Array.from(channelsOfEvents([5, 6, 7], [7, 5]))).toEqual([1, Number.NaN, 0]);
    const { rates, mean, highest, lowest } = firingRates([5, 5, 7], 0.5, [7, 5, 6]);
    expect([Array.from(rates), mean, highest, lowest]).toEqual([[2, 4, 0], 2, 4, 0]);
    expect(firingRates([], 1).mean).toBeNaN();
  });

  it('of contacts become pairs', () => {
    const { excitatory, inhibitory } = synapsePairs([0, 2, -1, 1], 2);
    expect([excitatory, inhibitory].map(({ sources, targets }) => [Array.from(sources), Array.from(targets)])).toEqual([
      [
        [0, 0, 1],
        [1, 1, 1],
      ],
      [[1], [0]],
    ]);
  });
});

describe('limits of connections', () => {
  const size = { chips: 2, coresPerChip: 1, neuronsPerCore: 2 };
  const connect = (...pairs: readonly (readonly [number, number, number])[]): Float64Array => {
    const contacts = new Float64Array(16);
    for (const [source, to, count] of pairs) contacts[source * 4 + to] = count;
    return contacts;
  };

  it('are kept by few', () => {
    const broken = brokenLimits({ recurrent: connect([0, 1, 3]), external: undefined }, size);
    expect(broken).toEqual({ fanIn: undefined, fanOut: undefined, aliasing: undefined });
  });

  it('are broken by too many inputs, whatever their sign', () => {
    const recurrent = connect([0, 1, 40], [1, 1, -25]);
    expect(brokenLimits({ recurrent, external: undefined }, size).fanIn).toEqual({ neuron: 1, inputs: 65 });
    expect(brokenLimits({ recurrent, external: undefined }, size, { contactStrength: 2 }).fanIn).toBeUndefined();
  });

  it('are broken by too many chips', () => {
    const recurrent = connect([0, 1, 1], [0, 2, 1]);
    expect(brokenLimits({ recurrent, external: undefined }, size, { fanOut: 1 }).fanOut).toEqual({
      neuron: 0,
      chips: 2,
    });
  });

  it('are broken by sources of one number, also from outside', () => {
    const recurrent = connect([0, 1, 1], [2, 0, 1]);
    expect(brokenLimits({ recurrent, external: undefined }, size).aliasing).toEqual({ core: 0, sources: [0, 2] });
    const external = Float64Array.of(0, 0, 0, 0, 0, 0, 1, 0);
    expect(brokenLimits({ recurrent: connect([3, 3, 1]), external }, size).aliasing).toEqual({
      core: 1,
      sources: [3, 5],
    });
  });
});
