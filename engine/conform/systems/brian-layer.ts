/** Rockpool's Brian-based layers as conform runs them: their state between calls, one call, resets. */
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import { problem } from '../../base/problem.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { sampleForLayer, stepsToRun } from '../../timeseries/sample-for-layer.ts';
import {
  arrayOf,
  eventsOf,
  matrixOf,
  numberOf,
  optionalNumber,
  parameterOf,
  seriesOf,
  vectorArray,
} from '../case-access.ts';
import { prepareTrial, type Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import { brianEventRows, isReported, later, type BrianClock } from './brian-input.ts';
import { spread } from './rate-layers.ts';

export interface BrianKind {
  readonly kind: string;
  readonly defaultBias: number;
  /** Names of the weights, those of the input first. */
  readonly weights: readonly [string, ...string[]];
  /** Synaptic currents with the parameter that is their time constant, and its default in seconds. */
  readonly currents: Readonly<Record<string, readonly [string, number]>>;
  readonly input: 'currents' | 'events';
  /** Whether input goes to the cells one by one instead of through the weights. */
  readonly direct: boolean;
}

/** Brian's names of integrators. */
const methods: Readonly<Record<string, string>> = {
  rk4: 'rk4',
  rk2: 'rk2',
  euler: 'euler',
  exponential_euler: 'exponential-euler',
  exact: 'exact',
  linear: 'exact',
  heun: 'heun',
  milstein: 'milstein',
};

/** State of a layer between calls. Steps count from the last reset of time. */
interface LayerState {
  clock: BrianClock;
  readonly values: Map<string, Float64Array>;
  /** Step of the last spike of each cell; −∞ = never. */
  lastSpike: Float64Array;
}

export interface Layer {
  readonly brian: BrianKind;
  readonly parameters: Record<string, ResolvedValue>;
  readonly timeStepSeconds: number;
  readonly cells: number;
  readonly inputs: number;
  readonly state: LayerState;
}

/** What one call gave; steps count from the start of the call. */
export interface Call {
  readonly steps: number;
  readonly clock: BrianClock;
  readonly spikes: { readonly steps: readonly number[]; readonly cells: readonly number[] };
  readonly traces: ReadonlyMap<string, NumericArray>;
}

/** Values that all layers share where a case gives none, in SI units. */
const defaults = { tau_mem: 0.02, v_thresh: -0.055, v_reset: -0.065, v_rest: -0.065 } as const;

/** The layer of a case at its start. Problem `integration/not-applicable`: an integrator that there is not. */
export function createLayer(brian: BrianKind, reference: ReferenceCase): Result<Layer> {
  const given = reference.parameters;
  return mapResult(methodOf(given['integrator_name']), (method) => {
    const weights = brian.weights.map((name) => [name, matrixOf(given[name], name)] as const);
    const [inputRows = 1] = weights[0]?.[1].shape ?? [];
    const cells = weights[weights.length - 1]?.[1].shape[1] ?? 1;
    const parameters = { ...Object.fromEntries(weights), method, ...parametersOf(brian, given) };
    const timeStepSeconds = numberOf(optionalNumber(given['dt']) ?? reference.all['dt'] ?? 1e-4, 'dt');
    const state = initialState(brian, reference, { cells, timeStepSeconds, parameters });
    return { brian, parameters, timeStepSeconds, cells, inputs: brian.direct ? cells : inputRows, state };
  });
}

function methodOf(name: CaseValue | undefined): Result<string> {
  const integrator = String(name ?? 'rk4');
  const method = methods[integrator];
  if (method !== undefined) return ok(method);
  return failed(
    problem('integration/not-applicable', `The integrator "${integrator}" is not available.`, {
      hint: `Use ${Object.keys(methods).join(', ')}.`,
    }),
  );
}

/** Parameters of the cells by the names of the case. */
export function parametersOf(brian: BrianKind, given: CaseRecord): Record<string, ResolvedValue> {
  const shared = Object.entries(defaults).map(([name, value]) => [name, parameterOf(given[name] ?? value, name)]);
  const taus = Object.values(brian.currents).map(([name, value]) => [name, parameterOf(given[name] ?? value, name)]);
  const texts = ['neuron_eq_text', 'synapse_eq_text', 'rec_syn_eq_text'].map((name) => given[name]);
  const own = texts.filter((text) => typeof text === 'string').join('\n');
  const leak = given['neuron_eq'] === 'eqNeuronCLIAFFF' ? { leak: false } : {};
  return {
    ...(Object.fromEntries([...shared, ...taus]) as Record<string, number | NumericArray>),
    bias: parameterOf(given['bias'] ?? brian.defaultBias, 'bias'),
    refractory: numberOf(given['refractory'] ?? 0, 'refractory'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    ...(own === '' ? {} : { neuron_eq: own }),
    ...leak,
  };
}

/** The state a case starts from: at rest, where it gives no other. */
function initialState(
  brian: BrianKind,
  reference: ReferenceCase,
  layer: Pick<Layer, 'cells' | 'parameters' | 'timeStepSeconds'>,
): LayerState {
  const { cells, timeStepSeconds } = layer;
  const initial = isRecord(reference.all['initial_state']) ? reference.all['initial_state'] : {};
  const currents = Object.keys(brian.currents);
  const values = new Map([['v', restOf(layer)], ...currents.map((name) => [name, new Float64Array(cells)] as const)]);
  for (const name of values.keys())
    if (initial[name] !== undefined) values.set(name, spread(arrayOf(initial[name], name).values, cells));
  const time = optionalNumber(initial['t']) ?? 0;
  const clock = { timeStepSeconds, first: Math.round(time / timeStepSeconds), time };
  return { clock, values, lastSpike: new Float64Array(cells).fill(Number.NEGATIVE_INFINITY) };
}

/** Resting potentials of the cells. */
export function restOf({ parameters, cells }: Pick<Layer, 'parameters' | 'cells'>): Float64Array {
  return spread(arrayOf(parameters['v_rest'] as number | NumericArray, 'v_rest').values, cells);
}

/** What `before` of a call does. Resetting time restores the stored network, so that no cell counts as refractory. */
export function reset(layer: Layer, what: CaseValue | undefined): void {
  const { state } = layer;
  if (what === 'reset_time' || what === 'reset_all') {
    state.clock = { ...state.clock, first: 0, time: 0 };
    state.lastSpike.fill(Number.NEGATIVE_INFINITY);
  }
  if (what === 'reset_state' || what === 'reset_all') {
    state.values.set('v', restOf(layer));
    for (const name of Object.keys(layer.brian.currents)) state.values.set(name, new Float64Array(layer.cells));
  }
}

/** The request of a call with its input, as it stands in the case, goes on from the state of the layer. */
export function call(
  layer: Layer,
  input: CaseValue | undefined,
  request: CaseRecord,
  laboratory: Laboratory,
): Result<Call> {
  const { time: now } = layer.state.clock;
  const series = layer.brian.input === 'events' ? eventsOf(input) : seriesOf(input);
  const wanted = { ...durationOf(request), input: series };
  return andThen(stepsToRun(layer.timeStepSeconds, now, wanted), (count) =>
    andThen(inputRows(layer, series, count), (rows) => runCall(layer, rows, count, laboratory)),
  );
}

/** Steps or duration that a request asks for. */
export function durationOf(request: CaseRecord): { readonly steps?: number; readonly duration?: number } {
  const steps = optionalNumber(request['steps']) ?? optionalNumber(request['num_timesteps']);
  const duration = optionalNumber(request['duration']);
  return { ...(steps === undefined ? {} : { steps }), ...(duration === undefined ? {} : { duration }) };
}

function inputRows(
  layer: Layer,
  series: ReturnType<typeof seriesOf> | EventSeries,
  steps: number,
): Result<NumericArray | undefined> {
  const { inputs, timeStepSeconds, state } = layer;
  if (series?.type === 'events') return brianEventRows(series, state.clock, steps, inputs);
  if (layer.brian.input === 'events') return ok(undefined);
  const sampled = sampleForLayer(series, timeStepSeconds, state.clock.time, steps, inputs);
  return mapResult(sampled, ({ samples }) => ({ shape: [steps + 1, inputs], values: samples }));
}

/** Runs `steps` steps on the rows of an input; `moreInputs` are rows for further ports. */
export function runCall(
  layer: Layer,
  input: NumericArray | undefined,
  steps: number,
  laboratory: Laboratory,
  moreInputs: Readonly<Record<string, NumericArray>> = {},
): Result<Call> {
  const { brian, parameters, timeStepSeconds, state } = layer;
  const { clock } = state;
  const names = ['v', ...Object.keys(brian.currents)];
  const experiment = { kind: brian.kind, parameters, input, timeStepSeconds, record: ['spikes', ...names], moreInputs };
  return mapResult(prepareTrial(laboratory, experiment), (trial) => {
    for (const name of names) trial.write(name, state.values.get(name) ?? []);
    if ((parameters['refractory'] as number) > 0)
      trial.write(
        'last_spike',
        state.lastSpike.map((step) => Math.max(-1e12, step - clock.first)),
      );
    trial.advance(steps);
    const spikes = trial.events('spikes');
    for (const name of names) state.values.set(name, trial.read(name).values);
    spikes.steps.forEach((step, index) => (state.lastSpike[spikes.cells[index] as number] = clock.first + step));
    state.clock = later(clock, steps);
    const traces = new Map(names.map((name) => [name, trial.samples(name)]));
    trial.dispose();
    return { steps, clock, spikes, traces };
  });
}

/** The output of a call: spikes carry the time at which their step starts. */
export function outputOf({ timeStepSeconds, cells }: Layer, { steps, clock, spikes }: Call): CaseRecord {
  const { first } = clock;
  const reported = spikes.steps.map((step) => isReported(clock, first + step));
  const [start, stop] = [first * timeStepSeconds, (first + steps) * timeStepSeconds];
  return {
    type: 'events',
    times: vectorArray(spikes.steps.map((step) => (first + step) * timeStepSeconds).filter((_, at) => reported[at])),
    channels: vectorArray(spikes.cells.filter((_, at) => reported[at])),
    num_channels: cells,
    t_start: start,
    t_stop: stop,
    periodic: false,
  };
}

/** Traces of calls one after the other, rows at the starts of the steps. */
export function joinedTraces(layer: Layer, calls: readonly Call[]): CaseRecord {
  const steps = calls.reduce((sum, { steps: count }) => sum + count, 0);
  const times = vectorArray(calls.flatMap((each) => Array.from(callTimes(layer, each))));
  const joined = (name: string): NumericArray => {
    const values = new Float64Array(steps * layer.cells);
    let at = 0;
    for (const { traces, steps: count } of calls) {
      values.set(traces.get(name)?.values.subarray(0, count * layer.cells) ?? [], at);
      at += count * layer.cells;
    }
    return { shape: [steps, layer.cells], values };
  };
  const names = ['v', ...Object.keys(layer.brian.currents)];
  return Object.fromEntries(names.map((name) => [name, { times, samples: joined(name) }]));
}

/** Starts of the steps of a call, in seconds. */
export function callTimes({ timeStepSeconds }: Layer, { steps, clock }: Call): Float64Array {
  return tabulated(steps, (step) => (clock.first + step) * timeStepSeconds);
}

/** The state after the last call. */
export function finalState(layer: Layer): CaseRecord {
  const entries = [...layer.state.values].map(([name, values]) => [name, vectorArray(values)]);
  return { ...Object.fromEntries(entries), t: layer.state.clock.time };
}
