/** Rockpool's layers on NEST as kinds: they take volts and seconds, and what they hand NEST as nA, nS and nF. */
import {
  connectionField,
  idleField,
  listField,
  numberField,
  weightsField,
  withDefaults,
  type RockpoolField,
} from './rockpool-fields.ts';
import { feedForward, type RockpoolForm } from './rockpool-form.ts';
import type { LayerValue, RockpoolLayer } from './rockpool-network.ts';
import { numbersFrom } from './rockpool-values.ts';

type Values = RockpoolLayer['values'];

const conductanceList = listField('conductance', 'nS');
const timeList = listField('tau_mem', 's');

/** Time constant and conductance; a capacitance in nF decides where one of them is left to it. */
function leakOf(values: Values): { readonly tau: LayerValue; readonly conductance: LayerValue } {
  const [given, leak] = [values['capacity'] ?? null, values['conductance'] ?? null];
  const tau = values['tau_mem'] === null ? null : (values['tau_mem'] ?? 0.02);
  if (tau === null) return { tau: divided(given, leak ?? 1), conductance: leak ?? 1 };
  return { tau, conductance: leak ?? (given === null ? 1 : divided(given, tau)) };
}

/** The capacitance is the product of time constant and conductance. */
const capacity: RockpoolField = {
  ...{ key: 'capacity', parameters: ['conductance'], takes: 'a number or a list of numbers, in nF', otherwise: null },
  read: (_value, shelf, values) => conductanceList.read(leakOf(values).conductance, shelf, values),
  write(layer) {
    const [taus, leaks] = [timeList, conductanceList].map((field) => numbersFrom(field.write(layer) ?? null));
    return taus?.map((tau, cell) => tau * (leaks?.[cell] as number));
  },
};

const conductance: RockpoolField = {
  ...{ ...numberField('conductance', 'nS'), otherwise: null },
  read: capacity.read,
};

const timeConstant: RockpoolField = {
  ...{ ...timeList, otherwise: 0.02 },
  read: (_value, shelf, values) => timeList.read(leakOf(values).tau, shelf, values),
};

/** One number by another, or one by one where either is a list. */
function divided(left: LayerValue, right: LayerValue): LayerValue {
  const [above, below] = [left, right].map((value) => (typeof value === 'number' ? [value] : numbersFrom(value)));
  if (above === undefined || below === undefined) return 'no numbers';
  const count = Math.max(above.length, below.length);
  const at = (list: readonly number[], cell: number): number => list[list.length === 1 ? 0 : cell] ?? Number.NaN;
  const quotients = Array.from({ length: count }, (_, cell) => at(above, cell) / at(below, cell));
  return typeof left === 'number' && typeof right === 'number' ? (quotients[0] as number) : quotients;
}

const cells: readonly RockpoolField[] = [
  ...withDefaults([
    [0, listField('bias', 'nA')],
    [-0.055, listField('v_thresh', 'V')],
    [-0.065, listField('v_reset', 'V')],
    [-0.065, listField('v_rest', 'V')],
    [0.001, listField('refractory', 's')],
  ]),
  ...[timeConstant, capacity, idleField('record', () => false), idleField('num_cores', () => 1)],
];

/** A time constant of the synapses, where it is not given that of both. */
function synapseTime(key: string): RockpoolField {
  const own = listField(key, 's');
  return {
    ...{ ...own, otherwise: null },
    read: (value, shelf, values) => own.read(value ?? values['tau_syn'] ?? 0.05, shelf, values),
  };
}

/** Delays are at least one step. */
function delayField(key: string, weights: string): RockpoolField {
  const own = connectionField(key, { one: key, each: key.replace('delay', 'delays'), weights });
  const least = (value: LayerValue, step: number): LayerValue => {
    if (typeof value === 'number') return Math.max(value, step);
    return Array.isArray(value) ? (value as readonly LayerValue[]).map((each) => least(each, step)) : value;
  };
  return {
    ...{ ...own, otherwise: 1e-4 },
    read: (value, shelf, values) => own.read(least(value, Number(values['dt'] ?? 1e-4)), shelf, values),
  };
}

const synapses: readonly RockpoolField[] = [
  ...[weightsField('weights_in', 'weights_in', 'nA'), weightsField('weights_rec', 'weights_rec', 'nA')],
  ...[delayField('delay_in', 'weights_in'), delayField('delay_rec', 'weights_rec')],
  ...[synapseTime('tau_syn_exc'), synapseTime('tau_syn_inh')],
];

const adaptation = withDefaults([
  [4, listField('subthresh_adapt', 'nS')],
  [80.5, listField('spike_adapt', 'pA')],
  [0.002, listField('delta_t', 'V')],
  [0.144, listField('tau_adapt', 's')],
]);

const shared = { output: 'spikes', late: true, switches: {}, defaultStep: () => 1e-4 } as const;
const recurrent = {
  ...shared,
  inputs: { key: 'weights_in', side: 0 },
  cellMatrix: 'weights_rec',
  takesEventsOnly: true,
} as const;

export const nestForms: readonly RockpoolForm[] = [
  {
    ...{ ...shared, className: 'FFIAFNest', kind: 'layers/ff-iaf-exact', inputs: feedForward },
    fields: [weightsField('weights', 'weights', 'nA'), ...cells],
    switches: { late_input: true, milli_twice: true },
  },
  {
    ...{ ...recurrent, className: 'RecIAFSpkInNest', kind: 'layers/rec-iaf-exact' },
    fields: [...cells, ...synapses],
  },
  {
    ...{ ...recurrent, className: 'RecAEIFSpkInNest', kind: 'layers/rec-ad-ex' },
    switches: { substeps: 0 },
    fields: [...cells, conductance, ...synapses, ...adaptation],
  },
];
