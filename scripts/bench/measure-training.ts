/** Process that times gradients through time: 256 recurrent LIF cells, 200 steps, a batch of 32, forward and backward. */
import { expectOk } from '../../engine/base/result.ts';
import { uniformAt } from '../../engine/base/random.ts';
import { prepareGradient } from '../../engine/conform/gradient-laboratory.ts';
import { normalAt } from '../../engine/math/normal.ts';
import { leakyCrossEntropy } from '../../engine/training/cross-entropy.ts';
import type { GradientRun } from '../../engine/training/gradient-run.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import type { MeasuredRow } from './row.ts';

/** What this process is started with, as JSON in its only argument. */
export interface TrainingRequest {
  readonly precision: 'f64' | 'f32';
  readonly repeats: number;
}

const [cells, inputs, outputs, steps, batch] = [256, 32, 10, 200, 32];
/** Members computed side by side: with more, what the tape holds leaves the cache. */
const members = 4;
const table = 'source/out_table';
const classes = { signal: 'readout/out', classes: outputs, decay: 0.95 };
const trained = ['cells/W_in', 'cells/W_rec', 'readout/weights'];

const { precision, repeats } = JSON.parse(process.argv[2] ?? '') as TrainingRequest;
const begun = performance.now();
const run = prepare();
const build_s = (performance.now() - begun) / 1000;
const samples = Array.from({ length: batch }, (_, member) => sampleOf(member));
const timed = Array.from({ length: repeats }, () => timeOnce(run));
const times = timed.map(({ seconds }) => seconds);
const row: MeasuredRow = {
  ...{ workload: 'W7', precision, threads: 1, build_s, sim_s: Math.min(...times), sim_all: times },
  ...{ cpu_s: Math.min(...timed.map(({ cpuSeconds }) => cpuSeconds)), steps, neurons: cells * batch },
  synapses: cells * cells + inputs * cells + cells * outputs,
  spikes: timed[0]?.spikes ?? 0,
  memoryBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(row)}\n`);

function drawn(rows: number, columns: number, deviation: number, key: number) {
  const values = Float64Array.from({ length: rows * columns }, (_, place) => deviation * normalAt(key, 0, place));
  return { shape: [rows, columns], values };
}

function prepare(): GradientRun {
  const cellParameters = {
    ...{ beta: 0.95, threshold: 1, reset: 'zero', surrogate: 'fast-sigmoid', sharpness: 10 },
    W_in: drawn(inputs, cells, 0.5, 1),
    W_rec: drawn(cells, cells, 0.5 / Math.sqrt(cells), 2),
  };
  const series = { shape: [steps, inputs], values: new Float64Array(steps * inputs) };
  const links = [
    { id: 'source', kind: 'stimuli/series', parameters: { series } },
    { id: 'cells', kind: 'layers/liquid-reservoir', parameters: cellParameters },
    { id: 'readout', kind: 'layers/dense', parameters: { weights: drawn(cells, outputs, 0.1, 3) } },
  ];
  const observed = ['readout/out', 'cells/spikes'];
  const experiment = {
    ...{ links, timeStepSeconds: 0.001, steps, wrt: trained, observed, precision },
    ...{ members, own: [table] },
  };
  return expectOk(prepareGradient({ target: 'wasm', memory: nodeMemory }, experiment));
}

/** Input of a member of the batch: a spike in a tenth of all places. */
function sampleOf(member: number): Float64Array {
  return Float64Array.from({ length: steps * inputs }, (_, place) => (uniformAt(4, member, place) < 0.1 ? 1 : 0));
}

/** Gradients of the whole batch, summed over its members. */
function timeOnce(trainedRun: GradientRun) {
  const before = process.cpuUsage();
  const start = performance.now();
  const all = samples.map((sample, member) => ({
    contents: new Map([[table, sample]]),
    loss: leakyCrossEntropy(classes, Math.floor(outputs * uniformAt(5, 0, member))),
  }));
  const { outcomes } = expectOk(trainedRun.evaluateBatch(all));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const spikes = outcomes.reduce((sum, outcome) => sum + total(outcome('cells/spikes')), 0);
  return { seconds, cpuSeconds: (user + system) / 1e6, spikes };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
