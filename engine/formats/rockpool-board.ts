/** Rockpool's simulated DYNAP-SE board as a kind: values of cores in volts, seconds, nA and pA, contacts as whole numbers. */
import { idleField, matrixIn, numberField, type RockpoolField } from './rockpool-fields.ts';
import type { RockpoolForm } from './rockpool-form.ts';
import type { LayerValue, RockpoolLayer } from './rockpool-network.ts';
import { matrixFrom, numbersFrom, numbersOf, shelved } from './rockpool-values.ts';

type Values = RockpoolLayer['values'];

/** Contacts; none where they are null. */
function contactsField(key: string): RockpoolField {
  return {
    ...{ key, parameters: [key], takes: 'rows of whole numbers, all of one length, or null', otherwise: null },
    read(value, shelf) {
      const matrix = matrixFrom(value);
      if (value === null) return {};
      return matrix && { [key]: shelved(matrix, '', shelf) };
    },
    write: (layer) => matrixIn(layer, key, '') ?? null,
  };
}

/** Truth values for every neuron as ones and zeros; one for all is none or all of them. */
const usesOther: RockpoolField = {
  ...{ key: 'has_tau_mem_2', parameters: ['has_tau_mem_2'], takes: 'true, false or a list of them', otherwise: false },
  read(value, shelf, values) {
    const flags = typeof value === 'boolean' ? Array<LayerValue>(extentOf(values).neurons).fill(value) : value;
    if (!Array.isArray(flags) || !(flags as readonly LayerValue[]).every((flag) => typeof flag === 'boolean'))
      return undefined;
    const numbers = Float64Array.from((flags as readonly boolean[]).map(Number));
    return { has_tau_mem_2: shelved({ shape: [numbers.length], values: numbers }, '', shelf) };
  },
  write(layer) {
    const flags = numbersOf(layer.parameters['has_tau_mem_2']);
    return flags?.map((flag) => flag !== 0) ?? Array<boolean>(layer.cells).fill(false);
  },
};

/** Factors for every neuron, drawn ones, or none. */
const mismatch: RockpoolField = {
  ...{
    key: 'mismatch',
    parameters: ['mismatch', 'mismatch_factors'],
    takes: 'true, false or rows of factors',
    otherwise: true,
  },
  read(value, shelf) {
    if (typeof value === 'boolean') return { mismatch: value };
    const factors = matrixFrom(value);
    return factors && { mismatch: true, mismatch_factors: shelved(factors, '', shelf) };
  },
  write: (layer) => (layer.parameters['mismatch'] === true ? (matrixIn(layer, 'mismatch_factors', '') ?? true) : false),
};

interface Board {
  readonly neurons: number;
  readonly chips: number;
  readonly cores: number;
}

/** The extent of a board by the lists of its neurons and cores; 4 chips of 4 cores of 256 neurons where nothing says otherwise. */
function extentOf(values: Values): Board {
  const neurons = neuronsOf(values);
  const chip = matrixFrom(values['connections_ext'] ?? null)?.shape[0] ?? neurons / 4;
  const perCore = ['tau_mem_1', 'bias', 'v_thresh'].map((key) => numbersFrom(values[key] ?? null)?.length);
  const all = perCore.find((count) => count !== undefined && count < neurons) ?? 16;
  const [chips, cores] = [neurons / chip, (all * chip) / neurons];
  const whole = [chips, cores, neurons / all].every((count) => Number.isInteger(count) && count > 0);
  return whole ? { neurons, chips, cores } : { neurons, chips: 1, cores: 1 };
}

function neuronsOf(values: Values): number {
  const columns = (key: string): number | undefined => matrixFrom(values[key] ?? null)?.shape[1];
  const listed = values['has_tau_mem_2'];
  return (
    (Array.isArray(listed) ? listed.length : undefined) ?? columns('mismatch') ?? columns('connections_rec') ?? 4096
  );
}

/** The extent of the board, which the class has. */
const extent: RockpoolField = {
  ...{
    key: 'num_threads',
    parameters: ['chips', 'cores_chip', 'neurons_core'],
    takes: 'a whole number',
    otherwise: null,
  },
  read(_value, _shelf, values) {
    const { neurons, chips, cores } = extentOf(values);
    return { chips, cores_chip: cores, neurons_core: neurons / (chips * cores) };
  },
  write: () => 1,
};

/** Values of cores. */
function coreField(key: string, unit: string, otherwise: number): RockpoolField {
  const own = numberField(key, unit);
  return {
    ...{ ...own, otherwise },
    write(layer) {
      const values = own.write(layer);
      const cores = Number(layer.parameters['chips']) * Number(layer.parameters['cores_chip']);
      return typeof values === 'number' ? Array<number>(cores).fill(values) : values;
    },
  };
}

/** The board. */
export const boardForm: RockpoolForm = {
  ...{ className: 'VirtualDynapse', kind: 'layers/virtual-dynapse', output: 'spikes', late: true },
  inputs: { key: 'connections_ext', side: 0 },
  fields: [
    ...[contactsField('connections_ext'), contactsField('connections_rec'), usesOther, mismatch, extent],
    ...[coreField('tau_mem_1', 's', 0.02), coreField('tau_mem_2', 's', 0.02), coreField('tau_syn_exc', 's', 0.05)],
    ...[
      coreField('tau_syn_inh', 's', 0.05),
      coreField('baseweight_e', 'nA', 0.01),
      coreField('baseweight_i', 'nA', 0.01),
    ],
    ...[coreField('bias', 'nA', 0), coreField('refractory', 's', 0.001), coreField('v_thresh', 'V', 0.01)],
    ...[coreField('spike_adapt', 'pA', 0), coreField('tau_adapt', 's', 0.1), coreField('delta_t', 'V', 0.002)],
    idleField('record', () => false),
  ],
  ...{ switches: { synapses_match: true, substeps: 0 }, cellMatrix: 'connections_rec', takesEventsOnly: true },
  defaultStep: () => 1e-4,
};
