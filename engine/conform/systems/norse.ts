/** norse LIFAdEx, LIF and LI, with and without weights among the cells. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import { prepareTrial, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { memberOf, stacked } from './batches.ts';
import {
  adExCells,
  cellParameters,
  integratorCells,
  lifCells,
  recurrentParameters,
  type NorseCells,
} from './norse-parameters.ts';
import { trainFeedForward, trainRecurrent } from './norse-training.ts';
import { spread } from './rate-layers.ts';
import { spikeRows } from './reservoirs.ts';

/** Rows after every step: those recorded before the steps, shifted by one, then the final state. */
function after(trial: Trial, state: string, steps: number, shape: readonly number[]): NumericArray {
  const final = trial.read(state).values;
  const values = new Float64Array(steps * final.length);
  values.set(trial.samples(state).values.subarray(final.length, steps * final.length));
  values.set(final, (steps - 1) * final.length);
  return { shape: [steps, ...shape], values };
}

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
    traces: named((state) => after(trial, state, steps, [cells])),
    final: named((state) => trial.read(state)),
  };
  trial.dispose();
  return course;
}

function counts({ values }: NumericArray): CaseRecord {
  const count = values.reduce((sum, spike) => sum + spike, 0);
  return { spike_count: count, num_spikes: count };
}

/** The recurrent layer: one member of the batch after the other. */
function evolveRecurrent(kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all } = reference;
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const [steps = 0, batch = 1, inputs = 1] = data.shape;
  const weights = arrayOf(reference.parameters['recurrent_weights'], 'recurrent_weights');
  const cells = weights.shape[0] ?? 1;
  const parameters = recurrentParameters(kind, reference, cells);
  const given = startOf({ ...kind, states: { ...kind.states, z: 'z' } }, all['initial_state'], batch * cells);
  const courses: Course[] = [];
  let effective = weights;
  for (let member = 0; member < batch; member += 1) {
    const trial = prepareTrial(laboratory, {
      ...{ kind: kind.recurrentLayer, parameters },
      input: { shape: [steps, inputs], values: memberOf(data, member) },
      timeStepSeconds: numberOf(all['dt'] ?? 0.001, 'dt'),
      record: ['spikes', ...Object.values(kind.states)],
    });
    if (!trial.ok) return trial;
    const own = (values: Float64Array): Float64Array => values.subarray(member * cells, (member + 1) * cells);
    const start = new Map([...given].map(([state, values]) => [state, own(values)]));
    const before = start.get('z');
    start.delete('z');
    if (before !== undefined) start.set('recurrent', arriving(weights, before, parameters.autapses));
    effective = trial.value.read('W_rec');
    courses.push(runCells(kind, trial.value, start, steps));
  }
  return ok({ ...together(kind, courses, [steps, batch, cells]), effective_recurrent_weights: effective });
}

/** What spikes bring to the cells: weights [to, from] · spikes. */
function arriving({ values }: NumericArray, spikes: Float64Array, autapses: boolean): Float64Array {
  const weigh = (to: number, from: number): number =>
    autapses || to !== from ? (values[to * spikes.length + from] as number) : 0;
  return spikes.map((_, to) => spikes.reduce((sum, spike, from) => sum + spike * weigh(to, from), 0));
}

function together(
  { states }: NorseCells,
  courses: readonly Course[],
  shape: readonly [number, number, number],
): CaseRecord {
  const [steps, batch, cells] = shape;
  const output = stacked(
    courses.map((course) => course.output.values),
    shape,
  );
  const last = (rows: NumericArray): NumericArray => ({
    shape: [batch, cells],
    values: rows.values.slice((steps - 1) * batch * cells),
  });
  const traces = Object.keys(states).map((name) => {
    const rows = courses.map((course) => course.traces[name]?.values ?? new Float64Array());
    return [name, stacked(rows, shape)] as const;
  });
  return {
    output,
    states: Object.fromEntries(traces),
    final_state: { ...Object.fromEntries(traces.map(([name, rows]) => [name, last(rows)])), z: last(output) },
    ...counts(output),
  };
}

type Way = (kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory) => Result<CaseRecord>;

function system(id: string, kind: NorseCells, evolving: Way, training?: Way): System {
  return {
    id,
    kinds: training === undefined ? ['evolve'] : ['evolve', 'train'],
    run: (reference, laboratory) =>
      (reference.kind === 'train' && training !== undefined ? training : evolving)(kind, reference, laboratory),
  };
}

export const lifAdEx = system('norse.LIFAdEx', adExCells, evolve, trainFeedForward);
export const lifAdExRecurrent = system('norse.LIFAdExRecurrent', adExCells, evolveRecurrent, trainRecurrent);
export const norseLif = system('norse.LIF', lifCells, evolve, trainFeedForward);
export const norseLifRecurrent = system('norse.LIFRecurrent', lifCells, evolveRecurrent, trainRecurrent);
export const norseIntegrator = system('norse.LI', integratorCells, evolve);
