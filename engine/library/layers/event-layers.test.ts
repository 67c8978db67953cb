/** Event layers as documented: what the released ones cannot do, or do only behind a switch. */
import { describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../model/value.ts';
import { softmax } from '../../math/softmax.ts';
import { createMatrix } from '../../math/matrix.ts';
import { eventsOf, type RunTrace } from '../library-models.test-support.ts';
import { runFed, spikesOf, type FedLayer, type Rows } from './fed-layer.test-support.ts';

type Parameters = FedLayer['parameters'];

const milliseconds = (value: number): ParameterValue => ({ value, unit: 'ms' });

/** A layer in steps of 1 ms, with its spikes or its output recorded. */
function run(kind: string, input: Rows, parameters: Parameters, matrices: Readonly<Record<string, Rows>>): RunTrace {
  const probe = kind === 'layers/cliaf' || kind === 'layers/up-down' ? 'spikes' : 'out';
  return runFed({ kind, input, parameters, matrices, probe });
}

/** One channel, events in some of ten steps. */
const pulses = (...steps: readonly number[]): Rows =>
  Array.from({ length: 10 }, (_, step) => [steps.includes(step) ? 1 : 0]);

describe('constant-leak cells', () => {
  const two = {
    weights: [[8, 0]],
    weights_rec: [
      [0, 8],
      [0, 0],
    ],
  };

  it('send their spikes to each other after the delay, also where they subtract', () => {
    expect(spikesOf(run('layers/cliaf', pulses(1, 5), { delay: milliseconds(3) }, two))).toBe('1:0 4:1 5:0 8:1');
    // As released: one step, once the first delay is over.
    const shared = { delay: milliseconds(3), shared_delay: true };
    expect(spikesOf(run('layers/cliaf', pulses(1, 5), shared, two))).toBe('1:0 5:0 6:1');
  });

  it('round whole delays to whole steps', () => {
    const delay = { value: 0.3 - 1e-15, unit: 's' };
    const { weights } = two;
    const late = (more: Parameters) =>
      run('layers/cliaf', pulses(1), { delay, ...more }, { ...two, weights })['l/queue'];
    expect(late({})).toHaveLength(600);
    expect(late({ truncated_times: true })).toHaveLength(598);
  });

  it('do not spike while they are refractory', () => {
    const strong = { weights: [[20]] };
    const given = { refractory: milliseconds(2) };
    // 20 − 8 = 12 is above the threshold of 8 still.
    expect(spikesOf(run('layers/cliaf', pulses(1), given, strong))).toBe('1:0 4:0');
    const released = { ...given, fires_while_refractory: true };
    expect(spikesOf(run('layers/cliaf', pulses(1), released, strong))).toBe('1:0 2:0');
  });

  it('spike as often as they are above the threshold, and leak', () => {
    expect(spikesOf(run('layers/cliaf', pulses(0, 1), { bias: -1 }, { weights: [[18]] }))).toBe('0:0 0:0 1:0 1:0');
    const slow = { bias: 4, bias_period: milliseconds(3) };
    expect(spikesOf(run('layers/cliaf', pulses(), slow, { weights: [[1]] }))).toBe('5:0');
  });

  it('clip and cut whole numbers', () => {
    const whole = { state_type: 'int8', v_thresh: 1000, bias: -0.5 };
    expect(run('layers/cliaf', pulses(0, 1), whole, { weights: [[100.7]] })['l/v']).toEqual([119]);
  });

  it('round real numbers to their digits, as IEEE 754 has them, and clip what is beyond', () => {
    const after = (state_type: string, weight: number) =>
      run('layers/cliaf', pulses(0), { state_type, v_thresh: 1e300 }, { weights: [[weight]] })['l/v'];
    expect(after('float32', 0.1)).toEqual([Math.fround(0.1)]);
    expect(after('float16', 1 / 3)).toEqual([0.333251953125]);
    expect(after('float16', 1e-6)).toEqual([17 * 2 ** -24]);
    expect(after('float16', 1e6)).toEqual([65_504]);
  });
});

describe('the up/down encoder', () => {
  const ramp = Array.from({ length: 5 }, (_, step) => [step]);

  it('gives as many events as thresholds are passed, on channels in turn', () => {
    const half = { thr_up: 0.5, thr_down: 0.5 };
    expect(spikesOf(run('layers/up-down', ramp, half, {}))).toBe('1:0 1:0 2:0 2:0 3:0 3:0 4:0 4:0');
    expect(spikesOf(run('layers/up-down', ramp, { ...half, multiplex: false }, {}))).toBe('1:0 2:0 3:0 4:0');
    const dealt = { ...half, spread: 3 };
    expect(spikesOf(run('layers/up-down', ramp, dealt, {}))).toBe('1:0 1:1 2:0 2:2 3:1 3:2 4:0 4:1');
  });

  it('tells of what decays in the first step, unless it is silenced', () => {
    const decaying = { thr_up: 0.5, thr_down: 0.5, decay: true, tau_decay: milliseconds(2) };
    const steady = [[2], [2]];
    expect(spikesOf(run('layers/up-down', steady, decaying, {}))).toBe('0:0 0:0 1:0 1:0');
    expect(spikesOf(run('layers/up-down', steady, { ...decaying, silent_start: true }, {}))).toBe('1:0 1:0 1:0');
  });

  it('never gives more than 65535 events of a channel in a step', () => {
    const found = run('layers/up-down', [[0], [1], [1]], { thr_up: 1e-5 }, {});
    expect(eventsOf(found, 'spikes').filter(({ step }) => step === 1)).toHaveLength(65_535);
    expect(found['l/s']?.[0]).toBeCloseTo(1, 4);
  });
});

describe('exponential synapses', () => {
  it('begin at the bias, or relax to it from zero', () => {
    const out = (more: Parameters) =>
      run('layers/exp-syn', pulses(), { bias: 3, tau_syn: milliseconds(2), ...more }, { weights: [[1]] })['probe out'];
    expect(out({})).toEqual(new Array(10).fill(3));
    const relaxing = out({ starts_from_zero: true }) ?? [];
    relaxing.forEach((value, step) => expect(value).toBeCloseTo(3 - 3 * Math.exp(-step / 2), 12));
  });

  it('count events of a channel, or take them as one', () => {
    const several = [[3], [0]];
    const out = (more: Parameters) => run('layers/exp-syn', several, more, { weights: [[2]] })['probe out'];
    expect(out({})).toEqual([0, 6]);
    expect(out({ add_events: false })).toEqual([0, 2]);
  });
});

describe('the soft-max layer', () => {
  it('sums events and adds up to 1 over the cells', () => {
    const weights = [
      [1, 2, 0],
      [0, -1, 800],
    ];
    const found =
      run(
        'layers/softmax',
        [
          [1, 0],
          [0, 0],
          [0, 1],
        ],
        { bias: 0.5 },
        { weights },
      )['probe out'] ?? [];
    const sums = createMatrix(3, 3, Float64Array.of(1.5, 2.5, 0.5, 2, 3, 1, 2.5, 2.5, 801.5));
    const wanted = softmax(sums, 'rows').values;
    found.forEach((value, place) => expect(value).toBeCloseTo(wanted[place] as number, 14));
    for (const row of [0, 1, 2])
      expect(found.slice(3 * row, 3 * row + 3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
  });
});
