/** Rockpool's integrate-and-fire layers on Torch as kinds: parameters are single-precision numbers in volts, amperes and seconds. */
import type { ParameterValue } from '../model/value.ts';
import {
  flagField,
  idleField,
  listField,
  numberField,
  optionalField,
  orElse,
  weightsField,
  withDefaults,
  type RockpoolField,
} from './rockpool-fields.ts';
import type { LayerValue } from './rockpool-network.ts';
import { feedForward, type Resolved, type RockpoolForm } from './rockpool-form.ts';

/** The package keeps what it is given as single-precision numbers. */
function inSingle(field: RockpoolField): RockpoolField {
  return { ...field, read: (value, shelf, values) => field.read(single(value), shelf, values) };
}

function single(value: LayerValue): LayerValue {
  if (typeof value === 'number') return Math.fround(value);
  return Array.isArray(value) ? (value as readonly LayerValue[]).map(single) : value;
}

function torchWeights(key: string, parameter = key): RockpoolField {
  return inSingle(weightsField(key, parameter, 'A'));
}

/** Numbers for every cell, with the name of the parameter where it is another. */
function cellField(key: string, unit: string, parameter = key): RockpoolField {
  return inSingle(listField(key, unit, 'everyCell', parameter));
}

const restingPotential = orElse(-0.065, cellField('v_rest', 'V'));

function membrane(bias: number): readonly RockpoolField[] {
  return [
    ...withDefaults([
      [-0.055, cellField('v_thresh', 'V')],
      [-0.065, cellField('v_reset', 'V')],
      [0.02, cellField('tau_mem', 's')],
      [bias, cellField('bias', 'A')],
    ]),
    idleField('record', () => false),
    idleField('max_num_timesteps', () => 400),
  ];
}

const noise = orElse(0, numberField('noise_std', 'A'));
const refractory = orElse(0, numberField('refractory', 's'));

/** What distinguishes the classes. */
interface TorchClass {
  readonly className: string;
  readonly recurrent: boolean;
  readonly spikes: boolean;
  readonly refractory: boolean;
  readonly fields: readonly RockpoolField[];
  readonly switches: Readonly<Record<string, ParameterValue>>;
}

function torchForm(own: TorchClass): RockpoolForm {
  const { className, recurrent, spikes, fields, switches } = own;
  return {
    ...{ className, output: 'spikes', late: true, fields, switches },
    kind: recurrent ? 'layers/rec-iaf-torch' : 'layers/ff-iaf-torch',
    inputs: recurrent && spikes ? { key: 'weights_in', side: 0 } : feedForward,
    chosen: { input_type: spikes ? 'spikes' : 'currents' },
    cellMatrix: recurrent ? 'weights_rec' : 'weights',
    fits: (parameters) =>
      (own.refractory || parameters['refractory'] === 0) && (!recurrent || parameters['leak'] === 'exponential'),
    ...(spikes ? { takesEventsOnly: true } : {}),
    defaultStep: () => 1e-4,
  };
}

/** A class without refractory period and the one with it. */
function bothForms(
  names: readonly [plain: string, refractory: string],
  own: Omit<TorchClass, 'className' | 'refractory'>,
): readonly RockpoolForm[] {
  const [plain, refr] = names;
  return [
    torchForm({ ...own, className: plain, refractory: false }),
    torchForm({ ...own, className: refr, refractory: true, fields: [...own.fields, refractory] }),
  ];
}

const recurrentSpikes = (bias: number): readonly RockpoolField[] => [
  torchWeights('weights_in'),
  torchWeights('weights_rec'),
  ...membrane(bias),
  ...withDefaults([
    [0.05, cellField('tau_syn_inp', 's')],
    [0.05, cellField('tau_syn_rec', 's')],
  ]),
];
const silent = { fast_synapses_silent: true } as const;
/** Classes with a refractory period count coincident events whatever they are told. */
const alwaysAdded = idleField('add_events', () => true);

const constantLeak: RockpoolForm = {
  ...torchForm({
    ...{ className: 'RecIAFSpkInRefrCLTorch', recurrent: true, spikes: true, refractory: true },
    fields: [
      ...[...recurrentSpikes(0.0105), refractory, alwaysAdded, orElse(0.02, cellField('leak_rate', 'V/s'))],
      optionalField(restingPotential, { parameter: 'leak', on: 'constant', off: 'downwards' }),
      optionalField(orElse(-0.085, cellField('state_min', 'V')), { parameter: 'lower_limit', on: true, off: false }),
    ],
    switches: { ...silent, leak_as_released: true, add_events: true },
  }),
  fits: (parameters: Resolved) => parameters['leak'] !== 'exponential',
};

/** The classes; of those that share a kind the first that can say an element is taken. */
export const torchForms: readonly RockpoolForm[] = [
  ...bothForms(['FFIAFTorch', 'FFIAFRefrTorch'], {
    ...{ recurrent: false, spikes: false, switches: {} },
    fields: [torchWeights('weights'), noise, ...membrane(0.015), restingPotential],
  }),
  ...bothForms(['FFIAFSpkInTorch', 'FFIAFSpkInRefrTorch'], {
    ...{ recurrent: false, spikes: true, switches: { noise_through_synapses: true, add_events: false } },
    fields: [
      ...[torchWeights('weights'), noise, ...membrane(0.01), restingPotential],
      orElse(0.02, cellField('tau_syn', 's')),
    ],
  }),
  ...bothForms(['RecIAFTorch', 'RecIAFRefrTorch'], {
    ...{ recurrent: true, spikes: false, switches: silent },
    fields: [
      ...[torchWeights('weights', 'weights_rec'), noise, ...membrane(0.015), restingPotential],
      orElse(0.05, cellField('tau_syn_r', 's', 'tau_syn_rec')),
    ],
  }),
  torchForm({
    ...{ className: 'RecIAFSpkInTorch', recurrent: true, spikes: true, refractory: false, switches: silent },
    fields: [...recurrentSpikes(0.0105), noise, restingPotential, orElse(true, flagField('add_events'))],
  }),
  torchForm({
    ...{ className: 'RecIAFSpkInRefrTorch', recurrent: true, spikes: true, refractory: true },
    fields: [...recurrentSpikes(0.0105), noise, restingPotential, refractory, alwaysAdded],
    switches: { ...silent, add_events: true },
  }),
  constantLeak,
];
