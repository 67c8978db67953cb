/** Rockpool's Brian-based layers FFIAFBrian and RecIAFBrian: calls in a row, resets, noise. */
import type { Result } from '../../base/result.ts';
import { andThen, failed, ok } from '../../base/result.ts';
import { problem } from '../../base/problem.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { sampleForLayer, stepsToRun } from '../../timeseries/sample-for-layer.ts';
import {
  arrayOf,
  matrixOf,
  numberOf,
  optionalNumber,
  parameterOf,
  rowsOf,
  seriesOf,
  vectorArray,
} from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { membraneNoise } from './membrane-noise.ts';
import { spread } from './rate-layers.ts';

interface BrianKind {
  readonly kind: string;
  readonly defaultBias: number;
  /** State variables besides the membrane. */
  readonly currents: readonly string[];
  inputs(weights: NumericArray): number;
}

const feedForward: BrianKind = {
  kind: 'layers/ff-iaf-brian',
  defaultBias: 0.015,
  currents: [],
  inputs: ({ shape }) => shape[0] ?? 1,
};
const recurrent: BrianKind = {
  kind: 'layers/rec-iaf-brian',
  defaultBias: 0.0105,
  currents: ['I_syn'],
  inputs: ({ shape }) => shape[1] ?? 1,
};

/** Brian's names of integrators. */
const methods: Readonly<Record<string, string>> = {
  rk4: 'rk4',
  rk2: 'rk2',
  euler: 'euler',
  exponential_euler: 'exponential-euler',
  heun: 'heun',
  milstein: 'milstein',
};

/** State of a layer between calls. Steps count from the last reset of time. */
interface LayerState {
  step: number;
  readonly values: Map<string, Float64Array>;
  /** Step of the last spike of each cell; −∞ = never. */
  lastSpike: Float64Array;
}

interface Layer {
  readonly brian: BrianKind;
  readonly parameters: Record<string, ResolvedValue>;
  readonly timeStepSeconds: number;
  readonly cells: number;
  readonly inputs: number;
  readonly state: LayerState;
  readonly rest: Float64Array;
}

/** What one call gave. */
interface Call {
  readonly output: CaseRecord;
  readonly steps: number;
  readonly traces: ReadonlyMap<string, NumericArray>;
}

function createLayer(brian: BrianKind, reference: ReferenceCase): Result<Layer> {
  const given = reference.parameters;
  const weights = matrixOf(given['weights'], 'weights');
  const integrator = String(given['integrator_name'] ?? 'rk4');
  const method = methods[integrator];
  if (method === undefined) {
    return failed(
      problem('integration/not-applicable', `The integrator "${integrator}" is not available.`, {
        hint: `Use ${Object.keys(methods).join(', ')}.`,
      }),
    );
  }
  const cells = weights.shape[1] ?? 1;
  const rest = spread(arrayOf(given['v_rest'] ?? defaults.v_rest, 'v_rest').values, cells);
  const timeStepSeconds = numberOf(optionalNumber(given['dt']) ?? reference.all['dt'] ?? 1e-4, 'dt');
  const parameters = { weights, method, ...parametersOf(brian, given) };
  const state = initialState(brian, reference, { cells, rest, timeStepSeconds });
  return ok({ brian, parameters, timeStepSeconds, cells, inputs: brian.inputs(weights), state, rest });
}

/** Defaults that both layers share, in SI units. */
const defaults = { tau_mem: 0.02, v_thresh: -0.055, v_reset: -0.065, v_rest: -0.065, tau_syn_r: 0.05 } as const;

function parametersOf(brian: BrianKind, given: CaseRecord): Record<string, ResolvedValue> {
  const value = (name: keyof typeof defaults): number | NumericArray =>
    parameterOf(given[name] ?? defaults[name], name);
  const specific: Record<string, ResolvedValue> =
    brian.currents.length > 0 ? { tau_syn_r: value('tau_syn_r') } : { leak: given['neuron_eq'] !== 'eqNeuronCLIAFFF' };
  return {
    bias: parameterOf(given['bias'] ?? brian.defaultBias, 'bias'),
    tau_mem: value('tau_mem'),
    v_thresh: value('v_thresh'),
    v_reset: value('v_reset'),
    v_rest: value('v_rest'),
    refractory: numberOf(given['refractory'] ?? 0, 'refractory'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    ...specific,
  };
}

/** The state a case starts from: at rest, where it gives no other. */
function initialState(
  brian: BrianKind,
  reference: ReferenceCase,
  layer: Pick<Layer, 'cells' | 'rest' | 'timeStepSeconds'>,
): LayerState {
  const { cells, rest, timeStepSeconds } = layer;
  const initial = isRecord(reference.all['initial_state']) ? reference.all['initial_state'] : {};
  const values = new Map([['v', rest], ...brian.currents.map((name) => [name, new Float64Array(cells)] as const)]);
  for (const name of values.keys())
    if (initial[name] !== undefined) values.set(name, spread(arrayOf(initial[name], name).values, cells));
  const step = Math.round((optionalNumber(initial['t']) ?? 0) / timeStepSeconds);
  return { step, values, lastSpike: new Float64Array(cells).fill(Number.NEGATIVE_INFINITY) };
}

/** What `before` of a call does. Resetting time restores the stored network, so that no cell counts as refractory. */
function reset(layer: Layer, what: CaseValue | undefined): void {
  const { state } = layer;
  if (what === 'reset_time' || what === 'reset_all') {
    state.step = 0;
    state.lastSpike.fill(Number.NEGATIVE_INFINITY);
  }
  if (what === 'reset_state' || what === 'reset_all') {
    state.values.set('v', layer.rest);
    for (const name of layer.brian.currents) state.values.set(name, new Float64Array(layer.cells));
  }
}

function call(layer: Layer, reference: ReferenceCase, request: CaseRecord, laboratory: Laboratory): Result<Call> {
  const { timeStepSeconds, state } = layer;
  const now = state.step * timeStepSeconds;
  const series = seriesOf(reference.all['input']);
  const steps = optionalNumber(request['steps']) ?? optionalNumber(request['num_timesteps']);
  const duration = optionalNumber(request['duration']);
  const wanted = {
    ...(steps === undefined ? {} : { steps }),
    ...(duration === undefined ? {} : { duration }),
    input: series,
  };
  return andThen(stepsToRun(timeStepSeconds, now, wanted), (count) =>
    andThen(sampleForLayer(series, timeStepSeconds, now, count, layer.inputs), ({ samples }) =>
      runCall(layer, { shape: [count + 1, layer.inputs], values: samples }, count, laboratory),
    ),
  );
}

function runCall(layer: Layer, input: NumericArray, steps: number, laboratory: Laboratory): Result<Call> {
  const { brian, parameters, timeStepSeconds, state, cells } = layer;
  const names = ['v', ...brian.currents];
  const experiment = { kind: brian.kind, parameters, input, timeStepSeconds, record: ['spikes', ...names] };
  return andThen(prepareTrial(laboratory, experiment), (trial) => {
    for (const name of names) trial.write(name, state.values.get(name) ?? []);
    const refractory = (parameters['refractory'] as number) > 0;
    if (refractory)
      trial.write(
        'last_spike',
        state.lastSpike.map((step) => Math.max(-1e12, step - state.step)),
      );
    trial.advance(steps);
    const { steps: at, cells: who } = trial.events('spikes');
    const start = state.step;
    for (const name of names) state.values.set(name, trial.read(name).values);
    at.forEach((step, index) => (state.lastSpike[who[index] as number] = start + step));
    state.step += steps;
    const traces = new Map(names.map((name) => [name, trial.samples(name)]));
    trial.dispose();
    const output = {
      type: 'events',
      times: vectorArray(at.map((step) => (start + step) * timeStepSeconds)),
      channels: vectorArray(who),
      num_channels: cells,
      t_start: start * timeStepSeconds,
      t_stop: (start + steps) * timeStepSeconds,
      periodic: false,
    };
    return ok({ output, steps, traces });
  });
}

function evolve(brian: BrianKind, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  if (reference.tolerance['mode'] === 'statistical')
    return membraneNoise(reference, laboratory, brian.kind, brian.defaultBias);
  return andThen(createLayer(brian, reference), (layer) => {
    const first = layer.state.step;
    const requests = reference.all['evolve_calls'];
    const list = Array.isArray(requests) ? (requests as readonly CaseRecord[]) : [reference.all];
    const calls: (Call & { before: CaseRecord })[] = [];
    const after: CaseRecord[] = [];
    for (const request of list) {
      reset(layer, request['before']);
      const before = {
        t_before: layer.state.step * layer.timeStepSeconds,
        v_before: vectorArray(layer.state.values.get('v') ?? []),
      };
      const made = call(layer, reference, request, laboratory);
      if (!made.ok) return made;
      calls.push({ ...made.value, before });
      after.push({ ...before, output: made.value.output, v_after: vectorArray(layer.state.values.get('v') ?? []) });
    }
    const outputs = calls.map(({ output }) => output);
    return ok({
      output: joined(outputs),
      states: joinedTraces(calls, layer, first),
      final_state: finalState(layer),
      outputs_per_call: outputs,
      calls: after,
    });
  });
}

function joined(outputs: readonly CaseRecord[]): CaseRecord {
  const all = (name: string) =>
    vectorArray(outputs.flatMap((output) => Array.from(arrayOf(output[name], name).values)));
  const last = outputs[outputs.length - 1] ?? {};
  return { ...last, times: all('times'), channels: all('channels'), t_start: outputs[0]?.['t_start'] ?? 0 };
}

function joinedTraces(calls: readonly Call[], layer: Layer, first: number): CaseRecord {
  const states: Record<string, CaseRecord> = {};
  const steps = calls.reduce((sum, { steps: count }) => sum + count, 0);
  const times = vectorArray(Float64Array.from({ length: steps }, (_, step) => (first + step) * layer.timeStepSeconds));
  for (const name of ['v', ...layer.brian.currents]) {
    const values = calls.flatMap(({ traces, steps: count }) =>
      Array.from(rowsOf(traces.get(name) as NumericArray, 0, count).values),
    );
    states[name] = { times, samples: { shape: [steps, layer.cells], values: Float64Array.from(values) } };
  }
  return states;
}

function finalState(layer: Layer): CaseRecord {
  const entries = [...layer.state.values].map(([name, values]) => [name, vectorArray(values)]);
  return { ...Object.fromEntries(entries), t: layer.state.step * layer.timeStepSeconds };
}

function brianSystem(id: string, brian: BrianKind): System {
  return { id, kinds: ['evolve'], run: (reference, laboratory) => evolve(brian, reference, laboratory) };
}

export const ffIafBrian = brianSystem('rockpool.FFIAFBrian', feedForward);
export const recIafBrian = brianSystem('rockpool.RecIAFBrian', recurrent);
