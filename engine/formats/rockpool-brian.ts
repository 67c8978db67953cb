/** Rockpool's layers on Brian as kinds. The package cannot save them; entries are the arguments of their constructors, plain numbers in SI units, equations as texts. */
import {
  brief,
  idleField,
  listField,
  namedField,
  numberField,
  orElse,
  weightsField,
  withDefaults,
  type RockpoolField,
} from './rockpool-fields.ts';
import { feedForward, type RockpoolForm } from './rockpool-form.ts';
import type { LayerValue } from './rockpool-network.ts';
import { shelved } from './rockpool-values.ts';

/** Brian's names of integrators. */
const methods = {
  ...{ rk4: 'rk4', rk2: 'rk2', euler: 'euler', exponential_euler: 'exponential-euler', exact: 'exact' },
  ...{ linear: 'exact', heun: 'heun', milstein: 'milstein' },
} as const;
const integrator = orElse('rk4', namedField('integrator_name', 'method', methods));

/** Equations without leak, which a feed-forward layer may have instead. */
const withoutLeak = [
  'dv/dt = r_m*(I_inp(t, i) + I_bias)/tau_m : volt (unless refractory)',
  ...['I_bias : amp', 'tau_m : second', 'r_m : ohm', 'v_rest : volt', 'v_thresh : volt', 'v_reset : volt'],
].join('\n');

/** Names of the equations that the package has, which are those of the kinds. */
const ownNames = [
  ...['eqNeuronIAFFF', 'eqNeuronIAFSpkInFF', 'eqNeuronIAFRec', 'eqNeuronIAFSpkInRec', 'eqSynapseExp'],
  'eqSynapseExpSpkInRec',
];

/** What was typed in place of the equations of the layer; undefined for what is no text. */
function typed(value: LayerValue): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'string') return undefined;
  return ownNames.includes(value.trim()) ? '' : value;
}

/** Equations of cells and synapses, which are one text here. */
function equationFields(keys: readonly string[]): readonly RockpoolField[] {
  const read: RockpoolField['read'] = (_value, _shelf, values) => {
    const texts = keys.map((key) => typed(values[key] ?? null));
    if (texts.includes(undefined)) return undefined;
    return { neuron_eq: texts.filter((text) => text !== '').join('\n') };
  };
  return keys.map((key, place) => ({
    ...{ key, parameters: ['neuron_eq'], takes: 'equations as a text', otherwise: null, brief: true, read },
    write: ({ parameters }) => (place > 0 || parameters['neuron_eq'] === '' ? null : String(parameters['neuron_eq'])),
  }));
}

/** Equations of the feed-forward layer: one's own, or the two that the package has. */
const leakyOrNot: RockpoolField = {
  ...{
    key: 'neuron_eq',
    parameters: ['neuron_eq', 'leak'],
    takes: 'equations as a text',
    otherwise: null,
    brief: true,
  },
  read(value) {
    const leak = value !== 'eqNeuronCLIAFFF' && value !== withoutLeak;
    const text = leak ? typed(value) : '';
    return text === undefined ? undefined : { neuron_eq: text, leak };
  },
  write({ parameters }) {
    if (parameters['neuron_eq'] !== '') return String(parameters['neuron_eq']);
    return parameters['leak'] === true ? null : withoutLeak;
  },
};

function cells(bias: number): readonly RockpoolField[] {
  return [
    ...withDefaults([
      [0, numberField('noise_std', 'A')],
      [bias, listField('bias', 'A')],
      [0.02, listField('tau_mem', 's')],
      [-0.055, listField('v_thresh', 'V')],
      [-0.065, listField('v_reset', 'V')],
      [-0.065, listField('v_rest', 'V')],
      [0, numberField('refractory', 's')],
    ]),
    integrator,
    idleField('record', () => false),
  ];
}

const shared = { output: 'spikes', switches: {}, defaultStep: () => 1e-4 } as const;

/** Weights, or the number of channels of which each has a synapse of its own. */
const weightsOrSize: RockpoolField = {
  ...weightsField('weights'),
  read(value, shelf, values) {
    const rows = Number.isInteger(value) && Number(value) > 0 ? identity(Number(value)) : undefined;
    return rows === undefined
      ? weightsField('weights').read(value, shelf, values)
      : { weights: shelved(rows, '', shelf) };
  },
};

function identity(size: number) {
  const values = Float64Array.from({ length: size * size }, (_, place) => Number(place % (size + 1) === 0));
  return { shape: [size, size], values };
}

export const brianForms: readonly RockpoolForm[] = [
  {
    ...{ ...shared, className: 'FFIAFBrian', kind: 'layers/ff-iaf-brian', inputs: feedForward },
    fields: [weightsField('weights', 'weights', 'A'), ...cells(0.015), leakyOrNot],
  },
  {
    ...{ ...shared, className: 'FFIAFSpkInBrian', kind: 'layers/ff-iaf-spikes-brian', inputs: feedForward },
    fields: [
      ...[weightsField('weights', 'weights', 'A'), ...cells(0.01), orElse(0.02, listField('tau_syn', 's'))],
      ...equationFields(['neuron_eq']),
    ],
    takesEventsOnly: true,
  },
  {
    ...{ ...shared, className: 'RecIAFBrian', kind: 'layers/rec-iaf-brian', inputs: feedForward },
    fields: [
      ...[weightsField('weights', 'weights', 'A'), ...cells(0.0105), orElse(0.05, listField('tau_syn_r', 's'))],
      ...equationFields(['neuron_eq', 'rec_syn_eq']),
    ],
  },
  {
    ...{ ...shared, className: 'RecIAFSpkInBrian', kind: 'layers/rec-iaf-spikes-brian' },
    inputs: { key: 'weights_in', side: 0 },
    fields: [
      ...[weightsField('weights_in', 'weights_in', 'A'), weightsField('weights_rec', 'weights_rec', 'A')],
      ...[...cells(0.0105), ...equationFields(['neuron_eq', 'synapse_eq'])],
      ...withDefaults([
        [0.05, listField('tau_syn_inp', 's')],
        [0.05, listField('tau_syn_rec', 's')],
      ]),
    ],
    ...{ takesEventsOnly: true, cellMatrix: 'weights_rec' },
  },
  {
    ...{ ...shared, className: 'FFExpSynBrian', kind: 'layers/exp-syn', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsOrSize, orElse(0, numberField('noise_std', '')), orElse(0.005, numberField('tau_syn', 's'))],
      ...[integrator, brief(idleField('synapse_eq', () => null))],
    ],
    fits: (parameters) => parameters['bias'] === 0,
    takesEventsOnly: true,
  },
];
