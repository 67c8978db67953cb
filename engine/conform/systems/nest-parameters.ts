/** Parameters of Rockpool's NEST layers as the kinds take them: nA, nS and nF become SI units, times are NEST's. */
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, matrixOf, parameterOf } from '../case-access.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';

/** A layer of NEST cells. */
export interface NestForm {
  readonly kind: string;
  readonly input: 'currents' | 'events';
  /** Names of the weights, those of the input first. */
  readonly weights: readonly string[];
  readonly defaultBias: number;
  readonly adaptive: boolean;
}

type Value = number | NumericArray;

/** Layers hand NEST thousandths of what they are given. */
const nano = 1e-9;
const pico = 1e-12;

/** A number or the numbers of a vector, each changed. */
function mapped(value: Value, change: (single: number, index: number) => number): Value {
  return typeof value === 'number'
    ? change(value, 0)
    : { shape: value.shape, values: Float64Array.from(value.values, change) };
}

function given(parameters: CaseRecord, name: string, otherwise: number): Value {
  return parameterOf(parameters[name] ?? otherwise, name);
}

/** All parameters of a case; its steps are `dt` seconds long. */
export function nestParameters(form: NestForm, parameters: CaseRecord, dt: number): Record<string, ResolvedValue> {
  const volts = { v_thresh: -0.055, v_reset: -0.065, v_rest: -0.065 };
  return {
    ...Object.fromEntries(form.weights.map((name) => [name, weightsOf(parameters[name], name)])),
    ...Object.fromEntries(Object.entries(volts).map(([name, value]) => [name, given(parameters, name, value)])),
    ...leakOf(parameters, form.adaptive),
    bias: mapped(given(parameters, 'bias', form.defaultBias), (value) => value * nano),
    refractory: mapped(given(parameters, 'refractory', 1e-3), inTics),
    ...(form.input === 'events' ? synapsesOf(parameters, dt) : { late_input: true, milli_twice: true }),
    ...(form.adaptive ? { ...adaptationOf(parameters), substeps: 0 } : {}),
  };
}

function weightsOf(value: CaseValue | undefined, name: string): NumericArray {
  const { shape, values } = matrixOf(value, name);
  return { shape, values: Float64Array.from(values, (weight) => weight * nano) };
}

/** NEST counts time in microseconds. */
function inTics(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/** Time constant and conductance; a capacitance decides where one of them is left to it. */
function leakOf(parameters: CaseRecord, adaptive: boolean): Record<string, Value> {
  const unset = (name: string) => parameters[name] === null;
  const capacity = parameters['capacity'] ?? undefined;
  const conductance = given(parameters, 'conductance', 1);
  const tau = given(parameters, 'tau_mem', 0.02);
  if (capacity === undefined) return { tau_mem: tau, conductance: mapped(conductance, (value) => value * nano) };
  const farads = parameterOf(capacity, 'capacity');
  if (adaptive && unset('tau_mem'))
    return {
      tau_mem: combined(farads, conductance, (total, leak) => total / leak),
      conductance: mapped(conductance, (value) => value * nano),
    };
  if (adaptive && !unset('conductance'))
    return { tau_mem: tau, conductance: mapped(conductance, (value) => value * nano) };
  return { tau_mem: tau, conductance: combined(farads, tau, (total, time) => (total / time) * nano) };
}

/** A function of two values, one by one where either is a vector. */
function combined(left: Value, right: Value, both: (a: number, b: number) => number): Value {
  const at = (value: Value, index: number): number =>
    typeof value === 'number' ? value : (value.values[index] as number);
  if (typeof left !== 'number') return mapped(left, (value, index) => both(value, at(right, index)));
  return mapped(right, (value, index) => both(at(left, index), value));
}

function synapsesOf(parameters: CaseRecord, dt: number): Record<string, ResolvedValue> {
  const shared = parameters['tau_syn'] ?? 0.05;
  return {
    tau_syn_exc: parameterOf(parameters['tau_syn_exc'] ?? shared, 'tau_syn_exc'),
    tau_syn_inh: parameterOf(parameters['tau_syn_inh'] ?? shared, 'tau_syn_inh'),
    ...delayOf(parameters, 'delay_in', dt),
    ...delayOf(parameters, 'delay_rec', dt),
  };
}

/** Delays are at least one step. */
function delayOf(parameters: CaseRecord, name: string, dt: number): Record<string, ResolvedValue> {
  const { shape, values } = arrayOf(parameters[name] ?? 1e-4, name);
  const clipped = Float64Array.from(values, (delay) => Math.max(delay, dt));
  return values.length === 1
    ? { [name]: clipped[0] ?? dt }
    : { [name.replace('delay', 'delays')]: { shape, values: clipped } };
}

function adaptationOf(parameters: CaseRecord): Record<string, Value> {
  return {
    subthresh_adapt: mapped(given(parameters, 'subthresh_adapt', 4), (value) => value * nano),
    spike_adapt: mapped(given(parameters, 'spike_adapt', 80.5), (value) => value * pico),
    delta_t: given(parameters, 'delta_t', 2e-3),
    tau_adapt: given(parameters, 'tau_adapt', 0.144),
  };
}
