/** Layers of NEST's cells and the simulated board, from their equations: what is documented, and what the switches bring back. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { prepareTrial, type Trial } from '../laboratory.ts';

const dt = 1e-3;

function matrix(...rows: readonly (readonly number[])[]): NumericArray {
  return { shape: [rows.length, rows[0]?.length ?? 0], values: Float64Array.from(rows.flat()) };
}

/** A layer fed with rows, one per step of 1 ms. */
function layerOn(
  kind: string,
  parameters: Record<string, ResolvedValue>,
  input: NumericArray | undefined,
  record: readonly string[] = ['spikes'],
): Trial {
  const experiment = { kind: `layers/${kind}`, parameters, input, timeStepSeconds: dt, record };
  return expectOk(prepareTrial(laboratoryOn('wasm'), experiment));
}

/** A state of the first cell after each of some steps. */
function course(trial: Trial, name: string, steps: number): number[] {
  const values = Array.from({ length: steps }, () => {
    trial.advance(1);
    return trial.read(name).values[0] as number;
  });
  trial.dispose();
  return values;
}

function expectClose(found: readonly number[], wanted: readonly number[], digits = 12): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, place) => expect(found[place]).toBeCloseTo(value, digits));
}

/** One event on each channel in the first step. */
const firstStep = (channels: number): NumericArray =>
  matrix(
    Array.from({ length: channels }, () => 1),
    ...Array.from({ length: 30 }, () => Array.from({ length: channels }, () => 0)),
  );
const quiet = { bias: 0, v_rest: 0, v_reset: 0, v_thresh: 1, tau_mem: 0.02, conductance: 1e-9 };
const steps = (count: number): number[] => Array.from({ length: count }, (_, step) => step + 1);

describe('exact cells under currents', () => {
  const input = matrix(...Array.from({ length: 8 }, () => [1]));
  const driven = { ...quiet, weights: matrix([1e-12]) };

  it('follow the input at once, as the exact solution says', () => {
    const wanted = steps(5).map((step) => 1e-3 * (1 - Math.exp((-step * dt) / 0.02)));
    expectClose(course(layerOn('ff-iaf-exact', driven, input), 'v', 5), wanted);
  });

  it('as released follow it 2 ms later, a thousandfold', () => {
    const released = { ...driven, late_input: true, milli_twice: true };
    const wanted = steps(5).map((step) => (step < 3 ? 0 : 1 - Math.exp((-(step - 2) * dt) / 0.02)));
    expectClose(course(layerOn('ff-iaf-exact', released, input), 'v', 5), wanted);
  });

  it('spike at the threshold itself, and are held for the refractory period, rounded up', () => {
    const held = { ...driven, v_thresh: 0, v_reset: -0.5, refractory: 1.2e-3 };
    const found = course(layerOn('ff-iaf-exact', held, undefined), 'v', 4);
    expectClose(found, [-0.5, -0.5, -0.5, -0.5 * Math.exp(-dt / 0.02)]);
  });
});

describe('delayed synapses', () => {
  const synapses = { ...quiet, weights_rec: matrix([0]), tau_syn_exc: 0.01, tau_syn_inh: 0.02 };
  const decay = (tau: number, time: number): number => Math.exp(-time / tau);

  it('arrive at the end of the step of their event, with the excitatory time constant', () => {
    const trial = layerOn('rec-iaf-exact', { ...synapses, weights_in: matrix([1e-12]) }, firstStep(1));
    const factor = 1e-3 / 0.02 / (1 / 0.02 - 1 / 0.01);
    const wanted = steps(6).map((step) => factor * (decay(0.01, (step - 1) * dt) - decay(0.02, (step - 1) * dt)));
    expectClose(course(trial, 'v', 6), wanted);
  });

  it('have the limit of equal time constants', () => {
    const trial = layerOn('rec-iaf-exact', { ...synapses, weights_in: matrix([-1e-12]) }, firstStep(1));
    const wanted = steps(6).map((step) => (-1e-3 / 0.02) * (step - 1) * dt * decay(0.02, (step - 1) * dt));
    expectClose(course(trial, 'v', 6), wanted);
  });

  it('have delays of their own', () => {
    const weights_in = matrix([1e-12], [4e-12], [-2e-12]);
    const parameters = { ...synapses, tau_syn_exc: 1e9, tau_syn_inh: 1e9, weights_in };
    const delayed = { ...parameters, delays_in: matrix([1e-3], [3e-3], [2e-3]) };
    const arrived = (name: string) =>
      course(layerOn('rec-iaf-exact', delayed, firstStep(3)), name, 4).map((i) => i * 1e12);
    expectClose(arrived('I_exc'), [1, 1, 5, 5], 6);
    expectClose(arrived('I_inh'), [0, -2, -2, -2], 6);
  });

  it('bring own spikes one step after the spike, or after their delay', () => {
    const loop = { ...synapses, v_thresh: 0, v_reset: -1, weights_rec: matrix([3e-12]), tau_syn_exc: 1e9 };
    const arrived = (delay_rec: number) =>
      course(layerOn('rec-iaf-exact', { ...loop, delay_rec }, undefined), 'I_exc', 4).map((i) => i * 1e12);
    expectClose(arrived(0), [0, 3, 3, 3], 6);
    expectClose(arrived(3e-3), [0, 0, 0, 3], 6);
  });
});

describe('adaptive exponential cells', () => {
  const events = { weights_in: matrix([40e-12]), weights_rec: matrix([-5e-12]), tau_syn_exc: 0.01, tau_syn_inh: 0.02 };
  const firing = { ...quiet, v_thresh: 0.01, bias: 40e-12, refractory: 2e-3, ...events };

  it('without adaptation and sharpness are the exact cells, to the accuracy of their substeps', () => {
    const plain = { ...firing, delta_t: 0, subthresh_adapt: 0, spike_adapt: 0, substeps: 8 };
    const both = [layerOn('rec-ad-ex', plain, firstStep(1)), layerOn('rec-iaf-exact', firing, firstStep(1))] as const;
    both.forEach((trial) => trial.advance(60));
    const [found, wanted] = both.map((trial) => trial.events('spikes').steps);
    expect(wanted?.length).toBeGreaterThan(2);
    expect(found?.length).toBe(wanted?.length);
    found?.forEach((step, place) => expect(Math.abs(step - (wanted?.[place] ?? 0))).toBeLessThanOrEqual(place + 1));
    both.forEach((trial) => trial.dispose());
  });

  it('come closer to each other with more substeps, by their fourth power', () => {
    const smooth = { ...firing, v_thresh: 0.03, delta_t: 2e-3, subthresh_adapt: 1e-9, tau_adapt: 0.01 };
    const at = (substeps: number): number =>
      course(layerOn('rec-ad-ex', { ...smooth, substeps }, firstStep(1)), 'v', 12)[11] as number;
    const [one, two, eight] = [at(1), at(2), at(8)];
    expect(Math.abs(two - eight)).toBeLessThan(Math.abs(one - eight) / 8);
  });

  it('in steps chosen by the error come close to many substeps, without any given number', () => {
    const sharp = { ...firing, v_thresh: 0.03, delta_t: 2e-3, subthresh_adapt: 1e-9, tau_adapt: 0.01 };
    const [chosen, eight] = [0, 8].map((substeps) =>
      course(layerOn('rec-ad-ex', { ...sharp, substeps }, firstStep(1)), 'v', 12),
    ) as [number[], number[]];
    chosen.forEach((v, step) => expect(Math.abs(v - (eight[step] as number))).toBeLessThan(2e-8));
    expect(chosen).not.toEqual(eight);
  });

  it('in steps chosen by the error may spike several times in a time step', () => {
    const hurried = { ...firing, bias: 4e-9, refractory: 0, delta_t: 0, subthresh_adapt: 0, spike_adapt: 0 };
    const trial = layerOn('rec-ad-ex', { ...hurried, weights_rec: matrix([3e-12]), substeps: 0 }, undefined);
    trial.advance(3);
    const found = trial.events('spikes').steps;
    const first = found.filter((step) => step === 0).length;
    expect(first).toBeGreaterThan(1);
    const after = trial.read('I_exc').values[0] as number;
    const decayed = [0, 1].reduce(
      (sum, step) => sum + found.filter((one) => one === step).length * 3 * Math.exp((-(1 - step) * dt) / 0.01),
      0,
    );
    expect(after * 1e12).toBeCloseTo(decayed, 5);
    trial.dispose();
  });

  it('adapt by a step at each spike while they are held', () => {
    const once = { ...quiet, v_thresh: 0, v_reset: -0.5, refractory: 0.1, delta_t: 0, subthresh_adapt: 0 };
    const parameters = { ...once, spike_adapt: 7e-12, tau_adapt: 0.05, weights_rec: matrix([0]) };
    const wanted = steps(4).map((step) => 7 * Math.exp((-step * dt) / 0.05));
    const found = course(layerOn('rec-ad-ex', parameters, undefined), 'w', 4).map((current) => current * 1e12);
    // The spike comes after the first of four substeps.
    expectClose(
      found,
      wanted.map((value) => value * Math.exp(dt / 4 / 0.05)),
      5,
    );
  });
});

describe('the simulated board', () => {
  const board = { chips: 2, cores_chip: 1, neurons_core: 2, mismatch: false, baseweight_e: 1e-12, baseweight_i: 2e-12 };
  const connections_ext = matrix([3, 0, 0, -1], [0, 5, 0, 0]);
  const currents = (parameters: Record<string, ResolvedValue>, channels: number, name = 'I_exc'): number[] => {
    const trial = layerOn('virtual-dynapse', { ...board, ...parameters }, firstStep(channels));
    trial.advance(1);
    const found = Array.from(trial.read(name).values, (value) => value * 1e12);
    trial.dispose();
    return found;
  };

  it('weighs contacts by their sign and the weight of their core', () => {
    expectClose(currents({ connections_ext }, 2), [3, 5, 0, 0], 6);
    expectClose(currents({ connections_ext }, 2, 'I_inh'), [0, 0, 0, -2], 6);
    const perCore = { baseweight_e: { shape: [2], values: Float64Array.of(1e-12, 4e-12) } };
    expectClose(currents({ connections_ext: matrix([2, 0, 2, 0]), ...perCore }, 1), [2, 0, 8, 0], 6);
  });

  it('leads channels to the rows that they are told', () => {
    expectClose(currents({ connections_ext, ids_in: matrix([1]) }, 1), [0, 5, 0, 0], 6);
  });

  it('has mismatch of cores and synapses, as released of neither', () => {
    const mismatch_factors = { shape: [20, 4], values: new Float64Array(80).fill(2) };
    const factors = { mismatch: true, mismatch_factors };
    expectClose(currents({ connections_ext, ...factors }, 2), [6, 10, 0, 0], 6);
    expectClose(currents({ connections_ext, ...factors, synapses_match: true }, 2), [3, 5, 0, 0], 6);
  });

  it('draws mismatch around 1 for every neuron', () => {
    const many = { ...board, chips: 1, neurons_core: 256, mismatch: true, v_thresh: 0.01 };
    const trial = layerOn('virtual-dynapse', many, undefined);
    const found = Array.from(trial.read('neuron_v_thresh').values, (value) => value / 0.01);
    trial.dispose();
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const spread = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / found.length);
    expect(Math.abs(mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(spread - 0.2)).toBeLessThan(0.04);
  });

  it('shows the neurons that are asked for, in their order', () => {
    const firing = { bias: { shape: [4], values: Float64Array.of(0, 1e-9, 0, 1e-9) }, delta_t: 0 };
    const ids_out = matrix([3, 0, 1]);
    const trial = layerOn('virtual-dynapse', { ...board, ...firing, ids_out }, undefined, ['spikes', 'selected']);
    trial.advance(1);
    expect(trial.events('spikes').cells).toEqual([1, 3]);
    expect(trial.events('selected').cells).toEqual([0, 2]);
    trial.dispose();
  });
});
