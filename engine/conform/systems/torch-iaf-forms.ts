/** Rockpool's Torch integrate-and-fire layers by their classes: which kind, which parameters, which defaults. */
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { matrixOf, numberOf, parameterOf } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';

export interface TorchForm {
  readonly kind: 'layers/ff-iaf-torch' | 'layers/rec-iaf-torch';
  readonly input: 'currents' | 'spikes';
  readonly defaultBias: number;
  /** Names of the weights in cases and in the kind, those of the input first. */
  readonly weights: Readonly<Record<string, string>>;
  /** Time constants in seconds by the names of the cases, with the name in the kind and the default. */
  readonly taus: Readonly<Record<string, readonly [string, number]>>;
  /** Classes with a refractory period. */
  readonly refractory: boolean;
  readonly constantLeak: boolean;
  /** The state that is kept between calls as `synapse_state`. */
  readonly synapse: 'I_syn' | 'I_rec';
}

const feedForward = {
  kind: 'layers/ff-iaf-torch',
  weights: { weights: 'weights' },
  constantLeak: false,
  synapse: 'I_syn',
} as const;
const currents = { ...feedForward, input: 'currents', defaultBias: 0.015, taus: {} } as const;
const spikes = { ...feedForward, input: 'spikes', defaultBias: 0.01, taus: { tau_syn: ['tau_syn', 0.02] } } as const;
const recurrent = { kind: 'layers/rec-iaf-torch', constantLeak: false, synapse: 'I_rec' } as const;
const recurrentCurrents = {
  ...recurrent,
  input: 'currents',
  defaultBias: 0.015,
  weights: { weights: 'weights_rec' },
  taus: { tau_syn_r: ['tau_syn_rec', 0.05] },
} as const;
const recurrentSpikes = {
  ...recurrent,
  input: 'spikes',
  defaultBias: 0.0105,
  weights: { weights_in: 'weights_in', weights_rec: 'weights_rec' },
  taus: { tau_syn_inp: ['tau_syn_inp', 0.05], tau_syn_rec: ['tau_syn_rec', 0.05] },
} as const;

/** All classes by their names. */
export const torchForms: Readonly<Record<string, TorchForm>> = {
  FFIAFTorch: { ...currents, refractory: false },
  FFIAFRefrTorch: { ...currents, refractory: true },
  FFIAFSpkInTorch: { ...spikes, refractory: false },
  FFIAFSpkInRefrTorch: { ...spikes, refractory: true },
  RecIAFTorch: { ...recurrentCurrents, refractory: false },
  RecIAFRefrTorch: { ...recurrentCurrents, refractory: true },
  RecIAFSpkInTorch: { ...recurrentSpikes, refractory: false },
  RecIAFSpkInRefrTorch: { ...recurrentSpikes, refractory: true },
  RecIAFSpkInRefrCLTorch: { ...recurrentSpikes, refractory: true, constantLeak: true },
};

const membrane = { tau_mem: 0.02, v_thresh: -0.055, v_reset: -0.065 } as const;

/** The weights of a case under the names of the kind. */
export function weightsOf({ weights }: TorchForm, { parameters }: ReferenceCase): Record<string, NumericArray> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, own]) => [own, arrayInSingle(matrixOf(parameters[name], name))]),
  );
}

/** The parameters of the kind, with the switches on for what the original does otherwise than documented. */
export function torchParameters(form: TorchForm, given: CaseRecord): Record<string, ResolvedValue> {
  const value = (name: string, fallback: number) => inSingle(parameterOf(given[name] ?? fallback, name));
  const taus = Object.entries(form.taus).map(([name, [own, fallback]]) => [own, value(name, fallback)]);
  return {
    ...(Object.fromEntries([
      ...Object.entries(membrane).map(([name, fallback]) => [name, value(name, fallback)]),
      ...taus,
    ]) as Record<string, number | NumericArray>),
    v_rest: given['v_rest'] === null ? 0 : value('v_rest', -0.065),
    bias: value('bias', form.defaultBias),
    input_type: form.input,
    add_events: countsEvents(form, given) ? 1 : 0,
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    refractory: form.refractory ? numberOf(given['refractory'] ?? 0, 'refractory') : 0,
    ...(form.synapse === 'I_syn' ? { noise_through_synapses: 1 } : { fast_synapses_silent: 1 }),
    ...(form.constantLeak ? leakOf(given, value) : {}),
  };
}

/** The feed-forward classes count coincident events once; the recurrent ones as asked, those with a refractory period always. */
function countsEvents({ synapse, refractory }: TorchForm, given: CaseRecord): boolean {
  return synapse === 'I_rec' && (refractory || given['add_events'] !== false);
}

/** The original keeps its parameters in single precision: a cell at rest is neither above nor below rest. */
function inSingle(value: number | NumericArray): number | NumericArray {
  return typeof value === 'number' ? Math.fround(value) : arrayInSingle(value);
}

export function arrayInSingle({ shape, values }: NumericArray): NumericArray {
  return { shape, values: values.map(Math.fround) };
}

function leakOf(given: CaseRecord, value: (name: string, fallback: number) => ResolvedValue) {
  const limit: Readonly<Record<string, ResolvedValue>> =
    given['state_min'] === null ? {} : { lower_limit: 1, state_min: value('state_min', -0.085) };
  return {
    leak: given['v_rest'] === null ? 'downwards' : 'constant',
    leak_rate: value('leak_rate', 0.02),
    leak_as_released: 1,
    noise_std: 0,
    ...limit,
  };
}
