/** Layers whose spikes have exact times, from their mathematics; the same bits on both targets. */
import { describe, expect, it } from 'vitest';
import { defined } from '../../base/assert.ts';
import type { ParameterValue } from '../../model/value.ts';
import type { RunTrace } from '../library-models.test-support.ts';
import { runFed, spikesOf, type Rows } from './fed-layer.test-support.ts';

const quantity = (value: number, unit: string): ParameterValue => ({ value, unit });
const ms = (value: number) => quantity(value, 'ms');

/** Times and cells in the log. */
function logged(trace: RunTrace): { readonly times: readonly number[]; readonly cells: readonly number[] } {
  const count = defined(trace['l/spike_count'], 'the count')[0] ?? 0;
  return {
    times: defined(trace['l/spike_times'], 'times').slice(0, count),
    cells: defined(trace['l/spike_cells'], 'cells').slice(0, count),
  };
}

const oneEvent: Rows = [[0], [1], [0], [0]];

describe('event-driven cells', () => {
  const chain = {
    weights: [[100, 0, 0]],
    weights_rec: [
      [0, 100, 0],
      [0, 0, 100],
      [100, 0, 0],
    ],
  };

  it('send spikes on with exact delays, several times in a step', () => {
    const parameters = { delay: ms(0.4), tau_leak: ms(100) };
    const trace = runFed({ kind: 'layers/event-driven-iaf', input: oneEvent, parameters, matrices: chain });
    // From 1 ms on every 0.4 ms, cell after cell.
    const { times, cells } = logged(trace);
    expect(times).toHaveLength(8);
    times.forEach((time, place) => expect(time).toBeCloseTo(0.001 + 0.0004 * place, 15));
    expect(cells).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
    expect(spikesOf(trace)).toBe('1:0 1:1 1:2 2:0 2:1 3:0 3:1 3:2');
    expect(trace['l/pending_count']).toEqual([1]);
    expect(trace['l/pending_times']?.[0]).toBeCloseTo(0.0042, 15);
  });

  it('leak down at every tick, or towards rest and over it', () => {
    const silent: Rows = Array.from({ length: 10 }, () => [0]);
    const kind = 'layers/event-driven-iaf';
    const leaking = { v_reset: 10, leak: 3, tau_leak: ms(2) };
    expect(runFed({ kind, input: silent, parameters: { ...leaking, size: 1 } })['l/v']).toEqual([-2]);
    const rest = { ...leaking, leak_to_rest: true, v_rest: 3 };
    // 10, 7, 4, 1, 4, 1: the leak may go past rest.
    expect(runFed({ kind, input: silent, parameters: { ...rest, size: 1 } })['l/v']).toEqual([4]);
  });

  it('count what finds no place among the waiting events', () => {
    const parameters = { delay: ms(5), tau_leak: ms(100), capacity: 3 };
    const input: Rows = [[2], [5], [0], [0]];
    const trace = runFed({ kind: 'layers/event-driven-iaf', input, parameters, matrices: chain });
    // The cell is refractory at the second event. One copy waits; of the five events of the next step two find a place.
    expect(spikesOf(trace)).toBe('0:0 1:0');
    expect(trace['l/waiting']).toEqual([2]);
    expect(trace['l/lost']).toEqual([3]);
  });

  it('spike again after the refractory period where a spike leaves too much', () => {
    const parameters = {
      ...{ after_spike: 'subtract', v_subtract: 100, refractory: ms(0.25), leak: 0, state_type: 'int16' },
    };
    const trace = runFed({
      ...{ kind: 'layers/event-driven-iaf', input: oneEvent, parameters },
      matrices: { weights: [[350]] },
    });
    const { times } = logged(trace);
    expect(times).toHaveLength(3);
    times.forEach((time, place) => expect(time).toBeCloseTo(0.001 + place * (0.00025 + 1e-10), 15));
    expect(trace['l/v']).toEqual([50]);
  });
});

describe('tightly balanced cells', () => {
  it('spike where the line between two Euler steps crosses the threshold', () => {
    const drive = 0.02;
    const input: Rows = Array.from({ length: 300 }, () => [drive]);
    const trace = runFed({ kind: 'layers/tight-balance', input, parameters: {}, timeStep: 0.1 });
    // v_k = rest + drive · (1 − (1 − dt/tau)^k), and again so from every spike.
    const risen = (steps: number): number => drive * (1 - (1 - 0.1 / 20) ** steps);
    const whole = Math.floor(Math.log(0.5) / Math.log(1 - 0.1 / 20));
    const between = (0.01 - risen(whole)) / (risen(whole + 1) - risen(whole));
    const period = 1e-4 * (whole + between);
    const { times } = logged(trace);
    expect(times).toHaveLength(2);
    times.forEach((time, place) => expect(time).toBeCloseTo((place + 1) * period, 12));
  });

  it('silence each other at once: the one that crosses first keeps the other from spiking', () => {
    const input: Rows = Array.from({ length: 200 }, () => [0.02, 0.0199]);
    const inhibiting = {
      weights_fast: [
        [0, -0.5],
        [-0.5, 0],
      ],
    };
    const layer = { kind: 'layers/tight-balance', input, unit: 'V', timeStep: 0.1, parameters: {} };
    expect(new Set(logged(runFed({ ...layer, matrices: inhibiting })).cells)).toEqual(new Set([0]));
    expect(logged(runFed(layer)).cells).toEqual([0, 1]);
  });
});
