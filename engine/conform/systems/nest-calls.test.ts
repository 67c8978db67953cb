/** What calls of Rockpool's NEST layers leave out and hold on to, from how NEST hands over rows, events and currents. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import type { CaseRecord } from '../reference-case.ts';
import { runCalls, type CallResults, type NestLayer } from './nest-calls.ts';
import { nestParameters, type NestForm } from './nest-parameters.ts';

const dt = 1e-4;
const laboratory = laboratoryOn('wasm');
const one = { shape: [1, 1], values: Float64Array.of(1) };
const shared = { defaultBias: 0, adaptive: false } as const;
const currents: NestForm = { ...shared, kind: 'layers/ff-iaf-exact', input: 'currents', weights: ['weights'] };
const events: NestForm = {
  ...shared,
  kind: 'layers/rec-iaf-exact',
  input: 'events',
  weights: ['weights_in', 'weights_rec'],
};

/** Calls of one cell that starts at rest, with rest at 0 V and a threshold that is never reached. */
function called(form: NestForm, given: CaseRecord, requests: readonly CaseRecord[], input?: CaseRecord): CallResults {
  const parameters = { ...given, v_rest: 0, v_reset: 0, v_thresh: 1e3 };
  const layer: NestLayer = {
    ...{ form, parameters: nestParameters(form, parameters, dt), timeStepSeconds: dt, cells: 1, inputs: 1 },
    initial: { v: 0 },
  };
  return expectOk(runCalls(layer, requests, input, laboratory));
}

function rowsOfCalls({ membranes }: CallResults): number[] {
  return membranes.map(({ samples }) => samples.shape[0] ?? 0);
}

describe('recorded rows', () => {
  it('come in slices of a millisecond, the delay of the recorders', () => {
    const calls = [{ steps: 213 }, { steps: 25 }];
    expect(rowsOfCalls(called(currents, { weights: one }, calls))).toEqual([210, 17]);
  });

  it('come in slices of the shortest delay where that is shorter', () => {
    const weights = { weights_in: one, weights_rec: one };
    expect(rowsOfCalls(called(events, { ...weights, delay_in: 8e-4, delay_rec: 2e-3 }, [{ steps: 30 }]))).toEqual([24]);
    const silent = { ...weights, weights_in: { shape: [1, 1], values: new Float64Array(1) } };
    expect(rowsOfCalls(called(events, { ...silent, delay_in: 8e-4, delay_rec: 2e-3 }, [{ steps: 30 }]))).toEqual([30]);
  });
});

describe('events', () => {
  it('in the second step of a later call are lost', () => {
    const given = { weights_in: one, weights_rec: one, delay_in: dt, delay_rec: dt };
    const moved = (step: number): boolean => {
      const input = {
        type: 'events',
        times: [(step + 0.5) * dt],
        channels: [0],
        num_channels: 1,
        t_start: 0,
        t_stop: 1,
      };
      const { final } = called(events, given, [{ steps: 10 }, { steps: 10 }], input);
      return (final.get('v')?.values[0] ?? 0) > 0;
    };
    expect([8, 9, 10, 11, 12, 13].map(moved)).toEqual([true, true, true, false, true, true]);
  });
});

describe('currents', () => {
  it('that a later call has replaced are held at the last that came through', () => {
    const times = Array.from({ length: 101 }, (_, step) => step * dt);
    const samples = { shape: [101, 1], values: Float64Array.from(times) };
    const input = { type: 'continuous', times, samples, t_start: 0, t_stop: 100 * dt };
    const weights = { shape: [1, 1], values: Float64Array.of(1e-3) };
    const { membranes } = called(currents, { weights, tau_mem: 0.02 }, [{ steps: 50 }, { steps: 50 }], input);
    const v = membranes.flatMap((each) => Array.from(each.samples.values));
    const decay = Math.exp(-dt / 0.02);
    const current = (row: number): number => ((v[row + 1] ?? 0) - (v[row] ?? 0) * decay) / (1 - decay);
    const unit = current(40) / 21;
    const step = (row: number): number => Math.round(current(row) / unit);
    expect([59, 60, 61, 68, 69, 70].map(step)).toEqual([40, 41, 41, 41, 50, 51]);
  });
});
