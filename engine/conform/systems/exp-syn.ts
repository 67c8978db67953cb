/** Rockpool's exponential synapses FFExpSyn, FFExpSynBrian and FFExpSynTorch: calls in a row, noise, training. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { arrayOf, eventsOf, matrixOf, numberOf, parameterOf, rowsOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { brianEventRows, isReported, later, type BrianClock } from './brian-input.ts';
import { clockOf, eventRows, initialOf, stepsOfCall } from './event-layers.ts';
import { trainSynapses } from './exp-syn-training.ts';
import { membraneNoise } from './membrane-noise.ts';
import { layerNoise } from './output-noise.ts';
import { continuousOutput, spread } from './rate-layers.ts';

/** What the three classes do differently. */
export interface SynapseClass {
  readonly id: string;
  /** The first sample of a call is the bias, whatever the state; a duration that the input decides is a step longer. */
  readonly released: boolean;
  /** Names of the state in the cases: without the bias, with it. */
  readonly bare: string;
  readonly total: string | undefined;
}

const classes = {
  numpy: { id: 'rockpool.FFExpSyn', released: true, bare: 'state_no_bias', total: 'state' },
  brian: { id: 'rockpool.FFExpSynBrian', released: false, bare: 'I_syn', total: undefined },
  torch: { id: 'rockpool.FFExpSynTorch', released: true, bare: 'filtered_state_without_bias', total: 'state' },
} as const satisfies Record<string, SynapseClass>;

/** Brian's names of integrators. */
const methods: Readonly<Record<string, string>> = { exponential_euler: 'exponential-euler', linear: 'exact' };

/** A layer between calls. */
interface Synapses {
  readonly parameters: Record<string, ResolvedValue>;
  readonly inputs: number;
  readonly cells: number;
  readonly bias: Float64Array;
  readonly addEvents: boolean;
  clock: BrianClock;
  current: Float64Array;
}

function synapsesOf(kind: SynapseClass, reference: ReferenceCase): Synapses {
  const given = reference.parameters;
  const { weights, inputs, cells } = weightsOf(given['weights'] ?? 1);
  const bias = spread(arrayOf(given['bias'] ?? 0, 'bias').values, cells);
  const clock = clockOf(reference, 1e-4);
  return {
    parameters: {
      ...(weights === undefined ? { size: cells } : { weights }),
      tau_syn: parameterOf(given['tau_syn'] ?? 0.005, 'tau_syn'),
      bias: { shape: [cells], values: bias },
      method: methodOf(kind, String(given['integrator_name'] ?? 'rk4')),
      add_events: true,
    },
    ...{ inputs, cells, bias },
    addEvents: given['add_events'] !== false,
    clock: { ...clock, time: clock.first * clock.timeStepSeconds },
    current: initialCurrent(kind, initialOf(reference), bias),
  };
}

/** A number is so many synapses of weight 1. */
function weightsOf(given: CaseValue) {
  if (typeof given === 'number') return { weights: undefined, inputs: given, cells: given };
  const weights = matrixOf(given, 'weights');
  const [inputs = 1, cells = 1] = weights.shape;
  return { weights, inputs, cells };
}

function methodOf({ released }: SynapseClass, integrator: string): string {
  return released ? 'exact' : (methods[integrator] ?? integrator);
}

/** As the case says; else minus the bias, as the released classes begin. */
function initialCurrent(
  { bare, total, released }: SynapseClass,
  initial: CaseRecord,
  bias: Float64Array,
): Float64Array {
  const without = initial[bare] ?? null;
  if (without !== null) return spread(arrayOf(without, bare).values, bias.length);
  const whole = total === undefined ? null : (initial[total] ?? null);
  if (whole !== null)
    return spread(arrayOf(whole, 'state').values, bias.length).map((value, cell) => value - (bias[cell] ?? 0));
  return released ? bias.map((value) => -value) : new Float64Array(bias.length);
}

/** Runs a call and leaves the layer as it is then. */
function call(
  kind: SynapseClass,
  layer: Synapses,
  request: CaseRecord,
  series: EventSeries | undefined,
  laboratory: Laboratory,
): Result<CaseRecord> {
  const { clock, cells, bias } = layer;
  const { timeStepSeconds, first } = clock;
  return andThen(stepsOfCall(request, series, clock, kind.released ? timeStepSeconds : 0), (steps) =>
    andThen(rowsOfCall(kind, layer, series, steps), (input) => {
      const parts = { kind: 'layers/exp-syn', parameters: layer.parameters, record: ['out'] };
      return mapResult(prepareTrial(laboratory, { ...parts, input, timeStepSeconds }), (trial) => {
        trial.write('i_syn', layer.current);
        trial.advance(steps);
        layer.current = trial.read('i_syn').values;
        // The last sample is what the next step would begin with.
        trial.advance(1);
        const samples = rowsOf(trial.samples('out'), 0, steps + 1);
        trial.dispose();
        if (kind.released) samples.values.set(bias.subarray(0, cells), 0);
        layer.clock = later(clock, steps);
        const times = tabulated(steps + 1, (row) => (first + row) * timeStepSeconds);
        if (kind.released || isReported(clock, first)) return continuousOutput(times, samples);
        return continuousOutput(times.subarray(1), rowsOf(samples, 1, steps + 1));
      });
    }),
  );
}

function rowsOfCall(
  { released }: SynapseClass,
  { clock, inputs, addEvents }: Synapses,
  series: EventSeries | undefined,
  steps: number,
): Result<NumericArray> {
  if (!released) return brianEventRows(series, clock, steps, inputs);
  return ok(eventRows(series, clock, steps, inputs, { addEvents }));
}

function evolve(kind: SynapseClass, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  if (reference.tolerance['mode'] === 'statistical') return noise(reference, laboratory);
  const layer = synapsesOf(kind, reference);
  const series = eventsOf(reference.all['input']);
  const requests = reference.all['evolve_calls'];
  const list = Array.isArray(requests) ? (requests as readonly CaseRecord[]) : [reference.all];
  const outputs: CaseRecord[] = [];
  for (const request of list) {
    const made = call(kind, layer, request, series, laboratory);
    if (!made.ok) return made;
    outputs.push(made.value);
  }
  const { clock, current, bias } = layer;
  const state = vectorArray(current.map((value, cell) => value + (bias[cell] ?? 0)));
  const timing = { t: clock.first * clock.timeStepSeconds, timestep: clock.first };
  const states = { [kind.bare]: vectorArray(current), ...(kind.total === undefined ? {} : { [kind.total]: state }) };
  return ok({
    output: outputs[0] ?? null,
    outputs_per_call: outputs,
    final_state: { ...timing, ...states },
  });
}

function noise(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const kind = 'layers/exp-syn';
  const { weights } = given;
  if (typeof weights === 'string')
    return membraneNoise(reference, laboratory, {
      kind,
      bias: 0,
      weights: ['weights'],
      direct: false,
      record: 'i_syn',
    });
  const size = typeof weights === 'number' ? weights : (matrixOf(weights ?? null, 'weights').shape[1] ?? 1);
  const parameters = {
    size,
    tau_syn: numberOf(given['tau_syn'] ?? 0.005, 'tau_syn'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    bias: numberOf(given['bias'] ?? 0, 'bias'),
  };
  return layerNoise({ ...reference, parameters: { ...given, size } }, laboratory, { kind, parameters, record: 'out' });
}

const deviations = [
  'A run begins at the bias; the released classes begin at 0 and relax to the bias (switch: starts from zero).',
  'The first sample of every call of the released classes is the bias; no sample of a run is.',
  'Batches of training may go on with the current that was left, as documented; the released ones begin at 0 and add the last row to the events of the first, which conform does.',
];

function synapseSystem(kind: SynapseClass): System {
  return {
    id: kind.id,
    kinds: kind.released ? ['evolve', 'train'] : ['evolve'],
    where: [
      'layers/exp-syn',
      ...(kind.released ? ['training/event-features.ts filterEvents', 'training/layer-ridge.ts createLayerRidge'] : []),
      ...(kind === classes.numpy ? ['training/logistic-regression.ts trainLogistic'] : []),
    ],
    deviations: kind.released ? deviations : [],
    run(reference, laboratory) {
      const run = (evolved: ReferenceCase): Result<CaseRecord> => evolve(kind, evolved, laboratory);
      return reference.kind === 'evolve' ? run(reference) : trainSynapses(reference, run);
    },
  };
}

export const expSynSystems: readonly System[] = [classes.numpy, classes.brian, classes.torch].map(synapseSystem);
