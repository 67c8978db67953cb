/** What Rockpool 1 documents of its Torch layers and its release does otherwise, from the equations. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { prepareTrial } from '../laboratory.ts';

const dt = 1e-3;
const zero = { shape: [1, 1], values: new Float64Array(1) };

/** v after each of some steps of one cell without input, from a start. */
function membrane(parameters: Record<string, ResolvedValue>, start: number, steps: number): number[] {
  const trial = expectOk(
    prepareTrial(laboratoryOn('wasm'), {
      ...{ kind: 'layers/rec-iaf-torch', input: undefined, timeStepSeconds: dt, record: ['v'] },
      parameters: { weights_rec: zero, bias: 0, v_thresh: 1, v_rest: -0.06, ...parameters },
    }),
  );
  trial.write('v', [start]);
  const values = Array.from({ length: steps }, () => {
    trial.advance(1);
    return trial.read('v').values[0] as number;
  });
  trial.dispose();
  return values;
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, place) => expect(found[place]).toBeCloseTo(value, 12));
}

describe('a constant leak', () => {
  const constant = { leak: 'constant', leak_rate: 2 } as const;

  it('moves the membrane towards rest by the leak rate, from either side', () => {
    expectClose(membrane(constant, -0.05, 3), [-0.052, -0.054, -0.056]);
    expectClose(membrane(constant, -0.07, 3), [-0.068, -0.066, -0.064]);
  });

  it('adds to what the bias does', () => {
    expectClose(membrane({ ...constant, bias: 0.04, tau_mem: 0.02 }, -0.07, 2), [-0.066, -0.062]);
  });

  it('goes down without resting potential, to the lowest potential', () => {
    const falling = { ...constant, leak: 'downwards', lower_limit: 1, state_min: -0.067 };
    expectClose(membrane(falling, -0.064, 3), [-0.066, -0.067, -0.067]);
  });

  it('as released is weak, goes up without resting potential, and knows no bias', () => {
    const released = { ...constant, leak_as_released: 1, bias: 1, tau_mem: 0.02 };
    expectClose(membrane(released, -0.05, 2), [-0.0501, -0.0502]);
    expectClose(membrane({ ...released, leak: 'downwards' }, -0.05, 2), [-0.0499, -0.0498]);
  });
});

/** Stationary deviation of membranes that only noise drives. */
function deviation(parameters: Record<string, ResolvedValue>): number {
  const cells = 20;
  const steps = 3000;
  const weights = { shape: [1, cells], values: new Float64Array(cells) };
  const trial = expectOk(
    prepareTrial(laboratoryOn('wasm'), {
      ...{ kind: 'layers/ff-iaf-torch', input: undefined, timeStepSeconds: dt, record: ['v'] },
      parameters: { weights, v_thresh: 10, noise_std: 0.004, input_type: 'spikes', ...parameters },
    }),
  );
  trial.advance(steps);
  const settled = trial.samples('v').values.subarray(500 * cells);
  trial.dispose();
  const mean = settled.reduce((sum, value) => sum + value, 0) / settled.length;
  return Math.sqrt(settled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / settled.length);
}

describe('noise of a layer with synapses', () => {
  it('is about 1.6 times its strength in the membrane, as in the layers without', () => {
    expect(deviation({}) / 0.004).toBeCloseTo(1.63, 0);
    expect(deviation({})).toBeCloseTo(deviation({ input_type: 'currents' }), 12);
  });

  it('as released goes through the synapses and becomes many times as large', () => {
    expect(deviation({ noise_through_synapses: 1 }) / 0.004).toBeGreaterThan(10);
  });
});

describe('synapses faster than the time step', () => {
  const fires = { weights_rec: { shape: [1, 1], values: Float64Array.of(0.01) }, tau_syn_rec: 0.0005, v_thresh: -0.1 };

  it('act in the next step', () => {
    const acting = membrane({ ...fires, v_reset: -0.06, tau_mem: 0.01 }, -0.06, 2);
    const silent = membrane({ ...fires, v_reset: -0.06, tau_mem: 0.01, fast_synapses_silent: 1 }, -0.06, 2);
    expect(acting).toEqual(silent);
    expect(current(0)).toBeCloseTo(0.01, 12);
  });

  it('as released are silent', () => expect(current(1)).toBe(0));

  function current(silent: number): number {
    const trial = expectOk(
      prepareTrial(laboratoryOn('wasm'), {
        ...{ kind: 'layers/rec-iaf-torch', input: undefined, timeStepSeconds: dt, record: ['v'] },
        parameters: { ...fires, fast_synapses_silent: silent },
      }),
    );
    trial.advance(2);
    const [found = Number.NaN] = trial.read('I_syn').values;
    trial.dispose();
    return found;
  }
});
