/** Rockpool 2's modules Linear, Rate, ExpSyn and LIF: tensors [batch, steps, n] through one layer. */
import type { Result } from '../../base/result.ts';
import { mapResult } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, matrixOf, numberOf, parameterOf, recordOf, rowsOf } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';

/** Where the numbers under a name of the case are here. */
interface Place {
  /** State, taken after the step, or output port. */
  readonly of: 'state' | 'port';
  readonly name: string;
  /** Columns into which the numbers of a step are cut; by default they are one row. */
  columns?(given: CaseRecord): number;
}

/** A module as a layer. */
interface Module {
  readonly id: string;
  readonly kind: string;
  readonly deviations?: readonly string[];
  parameters(given: CaseRecord): Record<string, ResolvedValue>;
  readonly output: Place;
  readonly states: Readonly<Record<string, Place>>;
  /** States before and after the call, by their names in the cases. */
  readonly kept: Readonly<Record<string, string>>;
  /** A state that the original adds to the first row of the input. */
  readonly addedToInput?: string;
}

/** The tensor with axes 0 and 1 exchanged: [batch, steps, …] ⇄ [steps, batch, …]. */
function exchanged({ shape, values }: NumericArray): NumericArray {
  const [first = 1, second = 1, ...rest] = shape;
  const width = rest.reduce((product, extent) => product * extent, 1);
  const turned = new Float64Array(values.length);
  for (let row = 0; row < first * second; row += 1) {
    const to = (row % second) * first + Math.floor(row / second);
    turned.set(values.subarray(row * width, (row + 1) * width), to * width);
  }
  return { shape: [second, first, ...rest], values: turned };
}

/** The values of one member for each of the members. */
function forAll(values: Float64Array, members: number): Float64Array {
  return Float64Array.from({ length: values.length * members }, (_, place) => values[place % values.length] as number);
}

function evolve(module: Module, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all, parameters: given } = reference;
  const data = exchanged(arrayOf(recordOf(all['input'], 'input')['data'], 'input.data'));
  const [steps = 0, members = 1] = data.shape;
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  const places = [module.output, ...Object.values(module.states)];
  const experiment = {
    ...{ kind: module.kind, parameters: module.parameters(given), members },
    input: addToFirstRow(data, module, initial),
    timeStepSeconds: numberOf(given['dt'] ?? 0.001, 'dt'),
    record: [...new Set(places.map(({ name }) => name))],
  };
  return mapResult(prepareTrial(laboratory, experiment), (trial) => {
    for (const [name, state] of Object.entries(module.kept))
      if (name !== module.addedToInput && initial[name] !== undefined)
        trial.write(state, forAll(arrayOf(initial[name], name).values, members));
    trial.advance(steps);
    const rows = (place: Place) => tensorOf(trial, place, { steps, members, given });
    const output = rows(module.output);
    const states = Object.entries(module.states).map(([name, place]) => [name, rows(place)] as const);
    const final = Object.entries(module.kept).map(([name, state]) => {
      const columns = Object.values(module.states)
        .find((place) => place.name === state)
        ?.columns?.(given);
      return [name, ofFirstMember(trial.read(state), members, columns)] as const;
    });
    trial.dispose();
    const { values } = output;
    return {
      ...{ output, states: Object.fromEntries(states), final_state: Object.fromEntries(final) },
      spike_count: values.reduce((sum, count) => sum + count, 0),
      max_spikes_in_a_step: values.reduce((most, count) => Math.max(most, count), 0),
    };
  });
}

function addToFirstRow(data: NumericArray, { addedToInput }: Module, initial: CaseRecord): NumericArray {
  if (addedToInput === undefined || initial[addedToInput] === undefined) return data;
  const [, members = 1] = data.shape;
  const added = forAll(arrayOf(initial[addedToInput], addedToInput).values, members);
  return { ...data, values: data.values.map((value, place) => value + (added[place] ?? 0)) };
}

interface Extents {
  readonly steps: number;
  readonly members: number;
  readonly given: CaseRecord;
}

/** [batch, steps, n] or [batch, steps, n / columns, columns] of what a place held in every step. */
function tensorOf(trial: Trial, place: Place, { steps, members, given }: Extents): NumericArray {
  const rows =
    place.of === 'state' ? statesAfter(trial, place.name, steps) : rowsOf(trial.samples(place.name), 0, steps);
  const width = (rows.shape[1] ?? 0) / members;
  return exchanged({ shape: [steps, members, ...cut(width, place.columns?.(given))], values: rows.values });
}

function cut(width: number, columns: number | undefined): number[] {
  return columns === undefined ? [width] : [width / columns, columns];
}

/** The original keeps the state of the first member only. */
function ofFirstMember({ values }: NumericArray, members: number, columns: number | undefined): NumericArray {
  const width = values.length / members;
  return { shape: cut(width, columns), values: values.slice(0, width) };
}

/** A parameter that may be missing or null: then the default of the layer holds. */
function some(given: CaseRecord, names: Readonly<Record<string, string>>): Record<string, ResolvedValue> {
  const found = Object.entries(names).filter(([name]) => (given[name] ?? null) !== null);
  return Object.fromEntries(found.map(([name, own]) => [own, parameterOf(given[name], name)]));
}

const linear: Module = {
  ...{ id: 'rockpool2.Linear', kind: 'layers/dense' },
  parameters: (given) => ({ weights: matrixOf(given['weight'], 'weight'), ...some(given, { bias: 'bias' }) }),
  ...{ output: { of: 'port', name: 'out' }, states: {}, kept: {} },
};

const rate: Module = {
  ...{ id: 'rockpool2.Rate', kind: 'layers/threshold-rate' },
  parameters: (given) => ({
    ...some(given, { tau: 'tau', bias: 'bias', threshold: 'threshold', noise_std: 'noise_std' }),
    ...((given['w_rec'] ?? null) === null ? {} : { w_rec: matrixOf(given['w_rec'], 'w_rec') }),
    activation: String(given['activation_func'] ?? 'ReLU').toLowerCase(),
  }),
  output: { of: 'port', name: 'out' },
  states: { rec_input: { of: 'port', name: 'recurrent' }, x: { of: 'state', name: 'v' } },
  kept: { x: 'v' },
};

const expSyn: Module = {
  ...{ id: 'rockpool2.ExpSyn', kind: 'layers/synaptic-filter' },
  deviations: [
    'Nothing is forgotten; with the switch "short window" inputs older than ten time constants are, as released.',
  ],
  parameters: (given) => ({ ...some(given, { tau: 'tau', noise_std: 'noise_std' }), short_window: true }),
  output: { of: 'port', name: 'out' },
  states: {},
  kept: { isyn: 'i_syn' },
  addedToInput: 'isyn',
};

/** Synapses of each cell, from the shape (channels, cells). */
function synapsesOf(given: CaseRecord): number {
  const [channels = 1, cells = channels] = Array.from(arrayOf(given['shape'], 'shape').values);
  return Math.floor(channels / cells);
}

/** Time constants of synapses: one for all, a row for every cell, or one for each synapse of each cell. */
function synapticTimes(given: CaseRecord): ResolvedValue {
  const shape = Array.from(arrayOf(given['shape'], 'shape').values);
  const cells = shape[1] ?? shape[0] ?? 1;
  const taus = arrayOf(given['tau_syn'] ?? 0.02, 'tau_syn');
  if (taus.values.length === 1) return taus.values[0] as number;
  const ofEach = taus.shape[0] === 1 && cells > 1 ? forAll(taus.values, cells) : taus.values;
  return { shape: [ofEach.length], values: ofEach };
}

const lif: Module = {
  ...{ id: 'rockpool2.LIF', kind: 'layers/lif-synapses' },
  deviations: [
    'A cell spikes at V ≥ threshold and as often as the threshold fits, as released; the manual tells of one spike at V > threshold.',
  ],
  parameters: (given) => {
    const shape = Array.from(arrayOf(given['shape'], 'shape').values);
    const named = { tau_mem: 'tau_mem', bias: 'bias', threshold: 'threshold', noise_std: 'noise_std' };
    return {
      ...{ size: shape[1] ?? shape[0] ?? 1, synapses: synapsesOf(given), tau_syn: synapticTimes(given) },
      ...some(given, { ...named, max_spikes_per_dt: 'max_spikes_per_dt' }),
      ...((given['w_rec'] ?? null) === null ? {} : { w_rec: matrixOf(given['w_rec'], 'w_rec') }),
    };
  },
  output: { of: 'state', name: 'count' },
  states: {
    irec: { of: 'port', name: 'recurrent', columns: synapsesOf },
    isyn: { of: 'state', name: 'i_syn', columns: synapsesOf },
    vmem: { of: 'state', name: 'v' },
  },
  kept: { spikes: 'count', isyn: 'i_syn', vmem: 'v' },
};

export const rockpool2Modules: readonly System[] = [linear, rate, expSyn, lif].map((module) => ({
  id: module.id,
  kinds: ['evolve'],
  where: [module.kind],
  ...(module.deviations === undefined ? {} : { deviations: module.deviations }),
  run: (reference, laboratory) => evolve(module, reference, laboratory),
}));
