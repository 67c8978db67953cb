/** Liquid state machines of mlx-snn: the liquid, readouts on its spikes, and gradients of the readout. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { BatchGradients, Loss } from '../../training/gradient-run.ts';
import { meanSquaredError } from '../../training/losses.ts';
import { arrayOf, BadCase, numberOf, recordOf } from '../case-access.ts';
import { prepareGradient, type Link } from '../gradient-laboratory.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { memberOf, stacked, transposed } from './batches.ts';

export const liquidReservoir: System = {
  id: 'lsm.LiquidReservoir',
  where: ['layers/liquid-reservoir'],
  kinds: ['evolve'],
  run: (reference, laboratory) =>
    andThen(runBatch(reference, laboratory, { readout: [], wrt: [], lossOf: () => nothing }), (batch) =>
      ok({
        ...liquidOutcome(batch),
        output: rowsOf(batch, 'liquid/spikes'),
        threshold_margin: marginOf(batch, numberOf(reference.parameters['threshold'], 'threshold')),
      }),
    ),
};

export const liquidStateMachine: System = {
  id: 'lsm.LSM',
  where: ['layers/liquid-reservoir', 'layers/dense'],
  kinds: ['evolve', 'train'],
  run: (reference, laboratory) => (reference.kind === 'train' ? train : evolve)(reference, laboratory),
};

const nothing: Loss = () => ({ value: 0, slopes: new Map() });

/** What is run besides the liquid, and what is asked of it. */
interface Asked {
  readonly readout: readonly Link[];
  readonly wrt: readonly string[];
  lossOf(member: number): Loss;
}

interface Batch {
  readonly found: BatchGradients;
  readonly steps: number;
}

const table = 'source/out_table';

/** Runs the members of the batch side by side. */
function runBatch(reference: ReferenceCase, laboratory: Laboratory, asked: Asked): Result<Batch> {
  const { all, parameters: given } = reference;
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const [steps = 0, members = 0, inputs = 0] = data.shape;
  const W_rec = arrayOf(given['W_res'], 'W_res');
  const liquid = {
    ...{ W_in: arrayOf(given['W_in'], 'W_in'), W_rec },
    beta: numberOf(given['beta'], 'beta'),
    threshold: numberOf(given['threshold'], 'threshold'),
  };
  const series = { shape: [steps, inputs], values: new Float64Array(steps * inputs) };
  const shown = asked.readout.map(({ id }) => `${id}/out`).slice(-1);
  const experiment = {
    links: [
      { id: 'source', kind: 'stimuli/series', parameters: { series } },
      { id: 'liquid', kind: 'layers/liquid-reservoir', parameters: liquid },
      ...asked.readout,
    ],
    ...{ timeStepSeconds: 1, steps, wrt: asked.wrt },
    observed: ['liquid/spikes', 'liquid/v', ...shown],
    ...{ members, own: [table] },
  };
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  const batch = Array.from({ length: members }, (_, member) => ({
    contents: new Map([[table, memberOf(data, member)] as const, ...startOf(initial, member, W_rec)]),
    loss: asked.lossOf(member),
  }));
  return andThen(prepareGradient(laboratory, experiment), (run) =>
    mapResult(run.evaluateBatch(batch), (found) => ({ found, steps })),
  );
}

/** The states of a member at the start; spikes of the step before arrive in the first one. */
function startOf(initial: CaseRecord, member: number, W_rec: NumericArray): [string, Float64Array][] {
  const cells = W_rec.shape[1] ?? 1;
  const own = (name: string): Float64Array =>
    arrayOf(initial[name], name).values.subarray(member * cells, (member + 1) * cells);
  const spikes = own('spk');
  const weigh = (from: number, to: number): number => W_rec.values[from * cells + to] as number;
  const arriving = spikes.map((_, to) => spikes.reduce((sum, spike, from) => sum + spike * weigh(from, to), 0));
  return [
    ['liquid/v', own('mem')],
    ['liquid/recurrent', arriving],
  ];
}

/** What a signal held after every step, [steps, batch, n]. */
function rowsOf({ found, steps }: Batch, signal: string): NumericArray {
  const rows = found.outcomes.map((outcome) => outcome(signal));
  return stacked(rows, [steps, rows.length, (rows[0]?.length ?? 0) / steps]);
}

/** The smallest distance of a membrane, before its reset, to the threshold. */
function marginOf(batch: Batch, threshold: number): number {
  const spikes = rowsOf(batch, 'liquid/spikes').values;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, v] of rowsOf(batch, 'liquid/v').values.entries())
    least = Math.min(least, Math.abs(v + threshold * (spikes[place] as number) - threshold));
  return least;
}

function liquidOutcome(batch: Batch): CaseRecord {
  const [mem, spikes] = [rowsOf(batch, 'liquid/v'), rowsOf(batch, 'liquid/spikes')];
  const [steps = 0, members = 0, cells = 0] = mem.shape;
  const last = ({ values }: NumericArray): NumericArray => ({
    shape: [members, cells],
    values: values.slice((steps - 1) * members * cells),
  });
  return {
    states: { mem },
    final_state: { mem: last(mem), spk: last(spikes) },
    spike_count: spikes.values.reduce((sum, spike) => sum + spike, 0),
  };
}

/** The readout as layers: a linear one, or two with a ReLU between them. */
function readoutOf({ parameters: given }: ReferenceCase): Link[] {
  const layers = given['readout_layers'];
  if (!Array.isArray(layers)) throw new BadCase('readout_layers is not a list');
  return (layers as readonly CaseValue[]).map((entry, position) => {
    const layer = recordOf(entry, 'a layer of the readout');
    const weights = transposed(arrayOf(layer['weight'], 'weight'));
    const activation = position === layers.length - 1 ? 'identity' : 'relu';
    const bias = arrayOf(layer['bias'], 'bias');
    return { id: `readout${position}`, kind: 'layers/dense', parameters: { weights, bias, activation } };
  });
}

/** The parameters that training may change, by the names of the original. */
function trainableNames({ parameters: given }: ReferenceCase, layers: number): string[] {
  const readout = Array.from({ length: layers }, (_, position) => (layers === 1 ? '' : `.layers.${2 * position}`));
  const names = readout.flatMap((place) => [`readout${place}.bias`, `readout${place}.weight`]);
  return given['train_reservoir'] === true ? [...names, 'reservoir.W_in', 'reservoir.W_res'] : names;
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const readout = readoutOf(reference);
  return andThen(runBatch(reference, laboratory, { readout, wrt: [], lossOf: () => nothing }), (batch) =>
    ok({
      ...liquidOutcome(batch),
      output: rowsOf(batch, `readout${readout.length - 1}/out`),
      reservoir_spikes: rowsOf(batch, 'liquid/spikes'),
      trainable_parameter_names: trainableNames(reference, readout.length),
    }),
  );
}

/** Gradients of the mean squared error over all steps and members by a linear readout. */
function train(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const target = arrayOf(reference.all['target'], 'target');
  const [, members = 1] = target.shape;
  const readout = readoutOf(reference);
  if (readout.length !== 1) throw new BadCase('gradients are known of linear readouts');
  const [weights, bias] = ['readout0/weights', 'readout0/bias'];
  const lossOf = (member: number): Loss => meanSquaredError('readout0/out', memberOf(target, member));
  return andThen(runBatch(reference, laboratory, { readout, wrt: [weights, bias], lossOf }), (batch) => {
    const gradientOf = (signal: string): Float64Array =>
      (batch.found.gradients.get(signal) ?? new Float64Array()).map((value) => value / members);
    const shape = [(readout[0]?.parameters['weights'] as NumericArray).shape[0] ?? 0, target.shape[2] ?? 0];
    return ok({
      loss: batch.found.value / members,
      gradients: {
        weight: transposed({ shape, values: gradientOf(weights) }),
        bias: { shape: [target.shape[2] ?? 0], values: gradientOf(bias) },
      },
      spike_count: liquidOutcome(batch)['spike_count'] ?? 0,
    });
  });
}
