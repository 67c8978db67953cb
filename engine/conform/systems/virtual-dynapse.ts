/** Rockpool's VirtualDynapse: a board simulated on NEST, and the check of its connections. */
import { failed, mapResult, ok, type Result } from '../../base/result.ts';
import { problem } from '../../base/problem.ts';
import { contactWeights, neuronValues } from '../../boards/dynapse/board-neurons.ts';
import { brokenLimits } from '../../boards/dynapse/connection-limits.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, matrixOf, numberOf, optionalNumber, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { isNumericArray, isRecord, type CaseRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { present } from './case-options.ts';
import { initialOf } from './event-layers.ts';
import { runCalls, type CallResults, type NestLayer } from './nest-calls.ts';

/** SI units of a parameter's one. */
const units: Readonly<Record<string, number>> = {
  baseweight_e: 1e-9,
  baseweight_i: 1e-9,
  bias: 1e-9,
  spike_adapt: 1e-12,
};

const named = [
  ...['tau_mem_1', 'tau_mem_2', 'tau_syn_exc', 'tau_syn_inh', 'baseweight_e', 'baseweight_i', 'bias', 'refractory'],
  ...['v_thresh', 'spike_adapt', 'tau_adapt', 'delta_t', 'has_tau_mem_2', 'connections_rec', 'connections_ext'],
];

/** Values of neurons as the original lists them. */
const shown = [
  'bias',
  'v_thresh',
  'refractory',
  'tau_syn_exc',
  'tau_syn_inh',
  'spike_adapt',
  'tau_adapt',
  'delta_t',
  'tau_mem',
];

function given(parameters: CaseRecord, name: string): boolean {
  return (parameters[name] ?? null) !== null;
}

function sizeOf(parameters: CaseRecord) {
  const number = (name: string, otherwise: number) => optionalNumber(parameters[name]) ?? otherwise;
  return {
    chips: number('num_chips', 4),
    coresPerChip: number('num_cores_chip', 4),
    neuronsPerCore: number('num_neurons_core', 256),
  };
}

function parametersOf(parameters: CaseRecord, substeps: number): Record<string, ResolvedValue> {
  const { chips, coresPerChip, neuronsPerCore } = sizeOf(parameters);
  const neurons = chips * coresPerChip * neuronsPerCore;
  const mismatch = parameters['mismatch'] ?? true;
  const factors = isNumericArray(mismatch) ? { mismatch_factors: matrixOf(mismatch, 'mismatch') } : {};
  return {
    ...{ chips, cores_chip: coresPerChip, neurons_core: neuronsPerCore, synapses_match: true, substeps },
    ...{ mismatch: mismatch !== false, ...factors },
    ...Object.fromEntries(
      named
        .filter((name) => given(parameters, name))
        .map((name) => [name, inSi(forAll(parameters[name], neurons), name)]),
    ),
  };
}

/** A switch that is the same for all neurons, one by one. */
function forAll(value: CaseValue | undefined, neurons: number): CaseValue | undefined {
  return typeof value === 'boolean' ? vectorArray(Array.from({ length: neurons }, () => Number(value))) : value;
}

function inSi(value: CaseValue | undefined, name: string): ResolvedValue {
  const unit = units[name] ?? 1;
  if (typeof value === 'number') return Math.max(0, value) * unit;
  const { shape, values } = arrayOf(Array.isArray(value) ? value.map(Number) : value, name);
  const least = name.startsWith('connections') ? -Infinity : 0;
  return { shape, values: Float64Array.from(values, (single) => Math.max(least, single) * unit) };
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { parameters, all } = reference;
  const options = isRecord(all['evolve_args']) ? all['evolve_args'] : {};
  const { chips, coresPerChip, neuronsPerCore } = sizeOf(parameters);
  const input = all['input'];
  const cells = chips * coresPerChip * neuronsPerCore;
  const ids = given(options, 'ids_in') ? { ids_in: arrayOf(options['ids_in'], 'ids_in') } : {};
  const layer: NestLayer = {
    form: { kind: 'layers/virtual-dynapse', input: 'events', weights: [], defaultBias: 0, adaptive: true },
    parameters: { ...parametersOf(parameters, 0), ...ids },
    timeStepSeconds: numberOf(optionalNumber(parameters['dt']) ?? all['dt'] ?? 1e-4, 'dt'),
    cells,
    inputs: isRecord(input) ? (optionalNumber(input['num_channels']) ?? 1) : 1,
    initial: initialOf(reference),
    reads: shown.map((name) => `neuron_${name}`),
  };
  return mapResult(runCalls(layer, [{ ...all, ...options }], input, laboratory), (made) => ({
    output: selected(made.outputs[0] ?? {}, options),
    ...weightsOf(parameters, cells),
    neuron_parameters: neuronsOf(made, parameters, cells),
  }));
}

/** Neurons that are asked for; those that spiked are numbered in order. */
function selected(output: CaseRecord, options: CaseRecord): CaseRecord {
  if (!given(options, 'ids_out')) return output;
  const ids = new Set(arrayOf(options['ids_out'], 'ids_out').values);
  const times = arrayOf(output['times'], 'times').values;
  const channels = arrayOf(output['channels'], 'channels').values;
  const kept = Array.from(channels.keys()).filter((event) => ids.has(channels[event] as number));
  const fired = [...new Set(kept.map((event) => channels[event] as number))].sort((left, right) => left - right);
  const remapped = options['remap_out_channels'] !== false;
  const numberOfCell = (cell: number): number => (remapped ? fired.indexOf(cell) : cell);
  return {
    ...output,
    times: vectorArray(kept.map((event) => times[event] as number)),
    channels: vectorArray(kept.map((event) => numberOfCell(channels[event] as number))),
    ...(remapped ? { num_channels: ids.size } : {}),
  };
}

/** Weights in nA; of the input those of all channels of a chip, of which the port reads some. Made as the kind makes its own. */
function weightsOf(parameters: CaseRecord, cells: number): CaseRecord {
  const { coresPerChip, neuronsPerCore } = sizeOf(parameters);
  const base = (name: string) => neuronValues(numbersOf(parameters[name] ?? 0.01), cells, name, () => 1);
  const synapses = { neurons: cells, excitatory: base('baseweight_e'), inhibitory: base('baseweight_i') };
  const weights = (name: string, rows: number): NumericArray => ({
    shape: [rows, cells],
    values: contactWeights({ contacts: paddedContacts(parameters, name, rows, cells), ...synapses }),
  });
  return {
    weights_rec: weights('connections_rec', cells),
    weights_ext: weights('connections_ext', coresPerChip * neuronsPerCore),
  };
}

/** Values for cores or neurons; the original raises what is below 0. */
function numbersOf(value: CaseValue): Float64Array {
  return Float64Array.from(arrayOf(value, 'a parameter').values, (single) => Math.max(0, single));
}

function paddedContacts(parameters: CaseRecord, name: string, rows: number, cells: number): Float64Array {
  const contacts = new Float64Array(rows * cells);
  if (!given(parameters, name)) return contacts;
  const { shape, values } = matrixOf(parameters[name], name);
  const columns = shape[1] ?? 1;
  values.forEach((count, place) => {
    contacts[Math.floor(place / columns) * cells + (place % columns)] = Math.trunc(count);
  });
  return contacts;
}

/** Values of the neurons by the names of the original; currents in its own units, made as the kind makes its own. */
function neuronsOf({ final }: CallResults, parameters: CaseRecord, cells: number): CaseRecord {
  const of = (name: string): Float64Array => Float64Array.from(final.get(`neuron_${name}`)?.values ?? []);
  const factors = parameters['mismatch'];
  const mismatch = (row: number, neuron: number): number =>
    isNumericArray(factors) ? (factors.values[row * cells + neuron] as number) : 1;
  const current = (name: string) => neuronValues(numbersOf(parameters[name] ?? 0), cells, name, mismatch);
  const tau = of('tau_mem');
  const sharp = of('delta_t');
  return {
    ...Object.fromEntries(shown.map((name) => [name, vectorArray(name in units ? current(name) : of(name))])),
    conductance: vectorArray(tau.map(() => 1)),
    capacity: vectorArray(tau),
    v_peak: vectorArray(of('v_thresh').map((value, neuron) => ((sharp[neuron] as number) > 0 ? value + 0.01 : value))),
  };
}

/** 1 for too many inputs, 2 for too many chips, 4 for sources that cannot be told apart, added up. */
function validate({ parameters }: ReferenceCase): CaseRecord {
  const size = sizeOf(parameters);
  const contacts = (name: string) => (given(parameters, name) ? matrixOf(parameters[name], name).values : undefined);
  const neurons = size.chips * size.coresPerChip * size.neuronsPerCore;
  const bits = optionalNumber(parameters['weight_resolution']);
  const broken = brokenLimits(
    {
      recurrent: contacts('connections_rec') ?? new Float64Array(neurons * neurons),
      external: contacts('connections_ext'),
    },
    size,
    present({
      fanIn: optionalNumber(parameters['cam_limit']),
      fanOut: optionalNumber(parameters['sram_limit']),
      contactStrength: bits === undefined ? undefined : 2 ** bits - 1,
    }),
  );
  const bit = (wrong: unknown, check: string, value: number): number =>
    wrong !== undefined && parameters[check] !== false ? value : 0;
  return {
    output:
      bit(broken.fanIn, 'validate_fanin', 1) +
      bit(broken.fanOut, 'validate_fanout', 2) +
      bit(broken.aliasing, 'validate_aliasing', 4),
  };
}

export const virtualDynapse: System = {
  id: 'rockpool.VirtualDynapse',
  kinds: ['evolve', 'weights'],
  where: ['layers/virtual-dynapse', 'boards/dynapse/connection-limits.ts brokenLimits'],
  deviations: [
    'A new board has 8 neurons per core instead of 256, and its synapses have mismatch, as documented.',
    'The port "selected" has the neurons in the order asked for, whether they spike or not; the original numbers those that spiked.',
    'Values below 0 and mismatch factors of the wrong shape are refused instead of changed.',
    'A new board is solved in four substeps of a time step; with substeps 0 in steps chosen by an estimate of the error, as the original.',
  ],
  run(reference, laboratory) {
    if (reference.kind === 'evolve') return evolve(reference, laboratory);
    if (reference.all['op'] === 'validate_connections') return ok(validate(reference));
    return failed(problem('conform/bad-case', `There is no operation "${String(reference.all['op'])}".`));
  },
};
