/** norse LIFAdEx, LIF and LI, with and without weights among the cells. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import {
  adExCells,
  cellParameters,
  encodingCells,
  integratorCells,
  lifCells,
  recurrentParameters,
  steppedRecurrently,
  type NorseCells,
} from './norse-parameters.ts';
import { trainFeedForward, trainRecurrent } from './norse-training.ts';
import { spread } from './rate-layers.ts';
import { spikeRows } from './reservoirs.ts';

/** The feed-forward layer: cells of a batch side by side. */
function evolve(kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all } = reference;
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const [steps = 0, ...shape] = data.shape;
  const cells = shape.reduce((product, extent) => product * extent, 1);
  const experiment = {
    kind: kind.layer,
    parameters: cellParameters(kind, reference, cells),
    input: { shape: [steps, cells], values: data.values },
    timeStepSeconds: numberOf(all['dt'] ?? 0.001, 'dt'),
    record: [kind.output, ...Object.values(kind.states)],
  };
  return andThen(prepareTrial(laboratory, experiment), (trial) => {
    const { output, traces, final } = runCells(kind, trial, startOf(kind, all['initial_state'], cells), steps);
    const named = (values: Readonly<Record<string, NumericArray>>, extents: readonly number[]): CaseRecord =>
      Object.fromEntries(Object.entries(values).map(([name, found]) => [name, { ...found, shape: extents }]));
    return ok({
      output: { shape: data.shape, values: output.values },
      states: named(traces, data.shape),
      final_state: named(final, shape),
      ...counts(output),
    });
  });
}

interface Course {
  readonly output: NumericArray;
  readonly traces: Readonly<Record<string, NumericArray>>;
  readonly final: Readonly<Record<string, NumericArray>>;
}

/** States by the names of the layer at the start. */
function startOf({ states }: NorseCells, given: CaseValue | undefined, cells: number): Map<string, Float64Array> {
  const initial = isRecord(given) ? given : {};
  const named = Object.entries(states).filter(([name]) => initial[name] !== undefined);
  return new Map(named.map(([name, state]) => [state, spread(arrayOf(initial[name], name).values, cells)]));
}

/** Runs a trial from a start, and shows every state after every step. */
function runCells(
  { states, output }: NorseCells,
  trial: Trial,
  start: ReadonlyMap<string, Float64Array>,
  steps: number,
): Course {
  for (const [state, values] of start) trial.write(state, values);
  trial.advance(steps);
  const cells = trial.read('v').values.length;
  const shown = output === 'spikes' ? spikeRows(trial.events(output), steps, cells) : trial.samples(output);
  const named = (of: (state: string) => NumericArray) =>
    Object.fromEntries(Object.entries(states).map(([name, state]) => [name, of(state)]));
  const course = {
    output: shown,
    traces: named((state) => statesAfter(trial, state, steps)),
    final: named((state) => trial.read(state)),
  };
  trial.dispose();
  return course;
}

function counts({ values }: NumericArray): CaseRecord {
  const count = values.reduce((sum, spike) => sum + spike, 0);
  return { spike_count: count, num_spikes: count };
}

/** The recurrent layer: all members of the batch as one program. */
function evolveRecurrent(kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all } = reference;
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const [steps = 0, batch = 1, inputs = 1] = data.shape;
  const weights = arrayOf(reference.parameters['recurrent_weights'], 'recurrent_weights');
  const cells = weights.shape[0] ?? 1;
  const parameters = recurrentParameters(kind, reference, cells);
  const experiment = {
    ...{ kind: kind.recurrentLayer, parameters, members: batch },
    input: batch === 1 ? { shape: [steps, inputs], values: data.values } : data,
    timeStepSeconds: numberOf(all['dt'] ?? 0.001, 'dt'),
    record: ['spikes', ...Object.values(kind.states)],
  };
  return andThen(prepareTrial(laboratory, experiment), (trial) => {
    const start = startOf({ ...kind, states: { ...kind.states, z: 'z' } }, all['initial_state'], batch * cells);
    const before = start.get('z');
    start.delete('z');
    if (before !== undefined) start.set('recurrent', arriving(weights, before, parameters.autapses));
    const effective = trial.read('W_rec');
    const course = runCells(kind, trial, start, steps);
    return ok({ ...ofBatch(course, [steps, batch, cells]), effective_recurrent_weights: effective });
  });
}

/** What the spikes of every member bring to its cells: weights [to, from] · spikes. */
function arriving({ values, shape: [cells = 1] }: NumericArray, spikes: Float64Array, autapses: boolean): Float64Array {
  const weigh = (to: number, from: number): number =>
    autapses || to !== from ? (values[to * cells + from] as number) : 0;
  return spikes.map((_, place) => {
    const [to, first] = [place % cells, place - (place % cells)];
    return spikes.subarray(first, first + cells).reduce((sum, spike, from) => sum + spike * weigh(to, from), 0);
  });
}

function ofBatch({ output, traces }: Course, shape: readonly [number, number, number]): CaseRecord {
  const [steps, batch, cells] = shape;
  const last = ({ values }: NumericArray): NumericArray => ({
    shape: [batch, cells],
    values: values.slice((steps - 1) * batch * cells),
  });
  const named = Object.entries(traces);
  return {
    output: { shape, values: output.values },
    states: Object.fromEntries(named.map(([name, { values }]) => [name, { shape, values }])),
    final_state: { ...Object.fromEntries(named.map(([name, rows]) => [name, last(rows)])), z: last(output) },
    ...counts(output),
  };
}

type Way = (kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory) => Result<CaseRecord>;

function system(id: string, kind: NorseCells, evolving: Way, training?: Way): System {
  return {
    id,
    kinds: training === undefined ? ['evolve'] : ['evolve', 'train'],
    where: [evolving === evolveRecurrent ? kind.recurrentLayer : kind.layer],
    ...(kind.deviations === undefined ? {} : { deviations: kind.deviations }),
    run: (reference, laboratory) =>
      (reference.kind === 'train' && training !== undefined ? training : evolving)(kind, reference, laboratory),
  };
}

/** Layers, their cells called step by step, and the functions of one step. */
export const norseSystems: readonly System[] = [
  system('norse.LIFAdEx', adExCells, evolve, trainFeedForward),
  system('norse.LIFAdExCell', adExCells, evolve),
  system('norse.lif_adex_feed_forward_step', adExCells, evolve),
  system('norse.LIFAdExRecurrent', adExCells, evolveRecurrent, trainRecurrent),
  system('norse.LIFAdExRecurrentCell', adExCells, evolveRecurrent),
  system(steppedRecurrently, adExCells, evolveRecurrent),
  system('norse.lif_adex_current_encoder', encodingCells, evolve),
  system('norse.LIF', lifCells, evolve, trainFeedForward),
  system('norse.LIFRecurrent', lifCells, evolveRecurrent, trainRecurrent),
  system('norse.LI', integratorCells, evolve),
];
