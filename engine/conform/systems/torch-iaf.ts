/** Rockpool's Torch integrate-and-fire layers: calls in a row cut into batches, resets, noise. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { rasterForLayer, sampleForLayer, stepsToRun } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, eventsOf, numberOf, optionalNumber, rowsOf, seriesOf, vectorArray } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { durationOf } from './brian-layer.ts';
import { joined } from './brian-layers.ts';
import { membraneNoise } from './membrane-noise.ts';
import { spread } from './rate-layers.ts';
import { arrayInSingle, torchForms, torchParameters, weightsOf, type TorchForm } from './torch-iaf-forms.ts';

/** A layer between calls. Steps count from the last reset of time. */
interface Layer {
  readonly form: TorchForm;
  readonly parameters: Record<string, ResolvedValue>;
  readonly timeStepSeconds: number;
  readonly cells: number;
  readonly inputs: number;
  /** The original cuts calls into batches of so many steps. */
  readonly batchSteps: number;
  step: number;
  readonly values: Map<string, Float64Array>;
}

/** What one call gave, rows per step. */
interface Call {
  readonly start: number;
  readonly steps: number;
  readonly spikes: { readonly steps: readonly number[]; readonly cells: readonly number[] };
  readonly before: ReadonlyMap<string, Float64Array>;
  readonly traces: ReadonlyMap<string, NumericArray>;
}

const traced = ['v', 'v_peak', 'I_syn'] as const;

function statesOf({ synapse }: TorchForm): readonly string[] {
  return synapse === 'I_syn' ? ['v', 'I_syn', 'countdown'] : ['v', 'I_inp', 'I_rec', 'countdown'];
}

function createLayer(form: TorchForm, reference: ReferenceCase): Layer {
  const given = reference.parameters;
  const weights = weightsOf(form, reference);
  const shapes = Object.values(weights).map(({ shape }) => shape);
  const cells = shapes[shapes.length - 1]?.[1] ?? 1;
  const layer: Layer = {
    form,
    parameters: { ...weights, ...torchParameters(form, given) },
    timeStepSeconds: numberOf(optionalNumber(given['dt']) ?? reference.all['dt'] ?? 1e-4, 'dt'),
    cells,
    inputs: isDirect(form) ? cells : (shapes[0]?.[0] ?? 1),
    batchSteps: optionalNumber(given['max_num_timesteps']) ?? 400,
    step: 0,
    values: new Map(),
  };
  start(layer, statesOf(form));
  return startAsGiven(layer, reference.all['initial_state']);
}

/** Whether currents go to the cells one by one. */
function isDirect({ synapse, input }: TorchForm): boolean {
  return synapse === 'I_rec' && input === 'currents';
}

/** Membranes at the reset potential, everything else at 0. */
function start({ values, parameters, cells }: Layer, names: readonly string[]): void {
  for (const name of names) values.set(name, new Float64Array(cells));
  const reset = arrayOf(parameters['v_reset'] as number | NumericArray, 'v_reset');
  if (names.includes('v')) values.set('v', spread(reset.values, cells).slice());
}

function startAsGiven(layer: Layer, given: CaseValue | undefined): Layer {
  const initial = isRecord(given) ? given : {};
  const names: Readonly<Record<string, string>> = { v: 'v', I_syn: layer.form.synapse };
  for (const [name, state] of Object.entries(names))
    if (initial[name] !== undefined)
      layer.values.set(state, spread(arrayOf(initial[name], name).values, layer.cells).map(Math.fround));
  layer.step = Math.round((optionalNumber(initial['t']) ?? 0) / layer.timeStepSeconds);
  return layer;
}

/** What `before` of a call does: the state of the input synapses is left alone by all but `reset_all`. */
function reset(layer: Layer, what: CaseValue | undefined): void {
  if (what === 'reset_time' || what === 'reset_all') layer.step = 0;
  if (what === 'reset_state')
    start(
      layer,
      statesOf(layer.form).filter((name) => name !== 'I_inp'),
    );
  if (what === 'reset_all') start(layer, statesOf(layer.form));
}

function call(layer: Layer, input: CaseValue | undefined, request: CaseRecord, laboratory: Laboratory): Result<Call> {
  const { form, timeStepSeconds, inputs } = layer;
  const now = layer.step * timeStepSeconds;
  const events = form.input === 'spikes' ? eventsOf(input) : undefined;
  const series = form.input === 'currents' ? seriesOf(input) : undefined;
  const wanted = { ...durationOf(request), input: events ?? series };
  return andThen(stepsToRun(timeStepSeconds, now, wanted), (steps) => {
    if (form.input === 'spikes') {
      const { counts } = rasterForLayer(events, timeStepSeconds, {
        ...{ now, steps, until: (layer.step + steps) * timeStepSeconds, channelCount: inputs, addEvents: true },
      });
      const rows = { shape: [steps, inputs], values: new Float64Array(counts) };
      return runCall(layer, steps === 0 ? undefined : rows, steps, laboratory);
    }
    return andThen(sampleForLayer(series, timeStepSeconds, now, steps, inputs), ({ samples }) =>
      runCall(layer, arrayInSingle({ shape: [steps + 1, inputs], values: samples }), steps, laboratory),
    );
  });
}

function runCall(layer: Layer, input: NumericArray | undefined, steps: number, laboratory: Laboratory): Result<Call> {
  const { form, parameters, timeStepSeconds, values } = layer;
  const experiment = { kind: form.kind, parameters, input, timeStepSeconds, record: ['spikes', ...traced] };
  return mapResult(prepareTrial(laboratory, experiment), (trial) => {
    const before = new Map(values);
    for (const [name, contents] of values) trial.write(name, contents);
    advance(layer, trial, steps);
    for (const name of values.keys()) values.set(name, trial.read(name).values);
    const traces = new Map(traced.map((name) => [name, tracedAfter(trial, name, steps)]));
    const made = { start: layer.step, steps, spikes: trial.events('spikes'), before, traces };
    layer.step += steps;
    trial.dispose();
    return made;
  });
}

function tracedAfter(trial: Trial, name: string, steps: number): NumericArray {
  const { shape } = trial.read(name);
  return steps === 0 ? { shape: [0, ...shape], values: new Float64Array() } : statesAfter(trial, name, steps);
}

/** The recurrent classes forget at the start of each batch which cells are refractory. */
function advance({ form, batchSteps, cells }: Layer, trial: Trial, steps: number): void {
  for (let done = 0; done < steps; done += batchSteps) {
    if (form.synapse === 'I_rec') trial.write('countdown', new Float64Array(cells));
    trial.advance(Math.min(batchSteps, steps - done));
  }
}

/** Spikes carry the end of their step in single precision, clipped to one millisecond before the end of the call. */
function outputOf({ timeStepSeconds, cells }: Layer, { start: first, steps, spikes }: Call): CaseRecord {
  const begin = first * timeStepSeconds;
  const end = (first + steps) * timeStepSeconds;
  const times = spikes.steps.map((step) => Math.fround((first + step + 1) * timeStepSeconds));
  return {
    type: 'events',
    times: vectorArray(times.map((time) => Math.min(Math.max(time, begin), end - 1e-3))),
    channels: vectorArray(spikes.cells),
    num_channels: cells,
    t_start: begin,
    t_stop: end,
    periodic: false,
  };
}

/** Membranes before and after the spikes of each step; currents into the cells, from what was stored before the call. */
function tracesOf(layer: Layer, made: Call): { readonly v: CaseRecord; readonly I_syn: CaseRecord } {
  const { timeStepSeconds, cells, form } = layer;
  const { start: first, steps, before, traces } = made;
  const time = (step: number): number => (first + step) * timeStepSeconds;
  const rows = (name: (typeof traced)[number], step: number): Float64Array =>
    rowsOf(traces.get(name) as NumericArray, step, step + 1).values;
  const v = new Float64Array((2 * steps + 1) * cells);
  const current = new Float64Array((steps + 1) * cells);
  v.set(before.get('v') ?? []);
  current.set(before.get(form.synapse) ?? []);
  for (let step = 0; step < steps; step += 1) {
    v.set(rows('v_peak', step), (2 * step + 1) * cells);
    v.set(rows('v', step), (2 * step + 2) * cells);
    current.set(rows('I_syn', step), (step + 1) * cells);
  }
  const both = tabulated(2 * steps + 1, (row) => time(Math.ceil(row / 2)));
  const once = tabulated(steps + 1, time);
  return {
    v: { times: vectorArray(both), samples: { shape: [2 * steps + 1, cells], values: v } },
    I_syn: { times: vectorArray(once), samples: { shape: [steps + 1, cells], values: current } },
  };
}

/** Traces of several calls as lists, one entry per call. */
function statesOfCalls(layer: Layer, calls: readonly Call[]): CaseRecord {
  const all = calls.map((made) => tracesOf(layer, made));
  const [only] = all;
  if (all.length === 1 && only !== undefined) return { ...only };
  const listed = (name: 'v' | 'I_syn'): CaseRecord => ({
    times: all.map((traces) => traces[name]['times'] ?? null),
    samples: all.map((traces) => traces[name]['samples'] ?? null),
  });
  return { v: listed('v'), I_syn: listed('I_syn') };
}

function evolve(form: TorchForm, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  if (reference.tolerance['mode'] === 'statistical') return noise(form, reference, laboratory);
  const layer = createLayer(form, reference);
  const requests = reference.all['evolve_calls'];
  const list = Array.isArray(requests) ? (requests as readonly CaseRecord[]) : [reference.all];
  const calls: Call[] = [];
  const shown: CaseRecord[] = [];
  const membranes = () => vectorArray(layer.values.get('v') ?? []);
  for (const request of list) {
    reset(layer, request['before']);
    const before = { t_before: layer.step * layer.timeStepSeconds, v_before: membranes() };
    const made = call(layer, reference.all['input'], request, laboratory);
    if (!made.ok) return made;
    calls.push(made.value);
    shown.push({ ...before, output: outputOf(layer, made.value), v_after: membranes() });
  }
  const outputs = calls.map((made) => outputOf(layer, made));
  return ok({
    output: joined(outputs),
    outputs_per_call: outputs,
    spike_steps: vectorArray(calls.flatMap(({ start: first, spikes }) => spikes.steps.map((step) => first + step + 1))),
    spike_step_channels: vectorArray(calls.flatMap(({ spikes }) => spikes.cells)),
    states: statesOfCalls(layer, calls),
    final_state: { v: membranes(), I_syn: vectorArray(layer.values.get(form.synapse) ?? []) },
    calls: shown,
  });
}

function noise(form: TorchForm, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  return membraneNoise(reference, laboratory, {
    kind: form.kind,
    bias: form.defaultBias,
    weights: Object.values(form.weights),
    direct: isDirect(form),
    more: torchParameters(form, reference.parameters),
  });
}

/** One system per class. */
export const torchIafLayers: readonly System[] = Object.entries(torchForms).map(([name, form]) => ({
  id: `rockpool.${name}`,
  kinds: ['evolve'],
  where: [form.kind],
  deviations: [
    'Computed in double precision instead of single.',
    'A live run is never cut into batches: cells stay refractory, and no spike is moved to a millisecond before the end.',
  ],
  run: (reference, laboratory) => evolve(form, reference, laboratory),
}));
