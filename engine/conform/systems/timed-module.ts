/** Rockpool 2's timed modules around a layer of the library: evolve, states, parameters, attributes, resets, graph; as documented, or as released. */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { element } from '../laboratory.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import type { ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { containsTimes } from '../../timeseries/evaluate.ts';
import { sampleForLayer, stepsToRun, type LayerDuration } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { reset, restOf, runCall, type Call, type Layer } from './brian-layer.ts';
import { spread } from './rate-layers.ts';

export interface TimedModule {
  readonly layer: Layer;
  readonly name: string;
  /** Values that `resetParameters` restores. */
  readonly constructed: Readonly<Record<string, ResolvedValue>>;
  /**
   * As Rockpool 2.9 does it: no state is registered, so that new states and records are empty; arguments over time are
   * ignored; parameters belong to no family; there is no graph.
   */
  readonly asReleased: boolean;
}

/** A module of a layer as it stands now. */
export function createTimedModule(layer: Layer, name: string, asReleased: boolean): TimedModule {
  return { layer, name, constructed: { ...layer.parameters }, asReleased };
}

export interface EvolveRequest extends Pick<LayerDuration, 'steps' | 'duration'> {
  readonly input: ContinuousSeries | undefined;
  /** Parameters over time, by name. */
  readonly argumentsOverTime?: Readonly<Record<string, ContinuousSeries>>;
  readonly record?: boolean;
}

export interface Evolved {
  readonly call: Call;
  /** The input, a row per step. */
  readonly raster: NumericArray;
  readonly newState: Readonly<Record<string, NumericArray>>;
  readonly record: Readonly<Record<string, NumericArray>>;
}

/**
 * Goes on from the state and time of the module. Problem `run/duration`: nothing says how long, or the input does not
 * last as long.
 */
export function evolveModule(module: TimedModule, request: EvolveRequest, laboratory: Laboratory): Result<Evolved> {
  const { layer, asReleased } = module;
  const now = layer.state.clock.first * layer.timeStepSeconds;
  return andThen(stepsToRun(layer.timeStepSeconds, now, request), (steps) =>
    andThen(rasterOf(layer, request.input, steps, layer.inputs), (raster) =>
      andThen(overTime(layer, asReleased ? {} : (request.argumentsOverTime ?? {}), steps), (moreInputs) => {
        const names = Object.keys(moreInputs);
        const parameters = { ...layer.parameters, ...(names.length > 0 ? { time_varying: names.join(', ') } : {}) };
        const made = runCall({ ...layer, parameters }, raster, steps, laboratory, moreInputs);
        return mapResult(made, (call) => ({
          call,
          raster,
          newState: stateOf(module),
          record: request.record === true && !asReleased ? Object.fromEntries(call.traces) : {},
        }));
      }),
    ),
  );
}

function overTime(layer: Layer, given: Readonly<Record<string, ContinuousSeries>>, steps: number) {
  const rows: Record<string, NumericArray> = {};
  for (const [name, series] of Object.entries(given)) {
    const raster = rasterOf(layer, series, steps, layer.cells);
    if (!raster.ok) return raster;
    rows[name] = raster.value;
  }
  return ok(rows);
}

/** Samples at the start of each step. */
function rasterOf(
  { timeStepSeconds, state }: Layer,
  series: ContinuousSeries | undefined,
  steps: number,
  channels: number,
): Result<NumericArray> {
  const now = state.clock.first * timeStepSeconds;
  const end = now + (steps - 1) * timeStepSeconds;
  if (series !== undefined && steps > 0 && !containsTimes(series, [now, end])) {
    return failed(
      problem(
        'run/duration',
        `The input lasts from ${series.start} s to ${series.stop} s, not from ${now} s to ${end} s.`,
        {
          hint: 'Give an input that lasts as long as the run, or run for a shorter time.',
        },
      ),
    );
  }
  return mapResult(sampleForLayer(series, timeStepSeconds, now, Math.max(0, steps - 1), channels), ({ samples }) => ({
    shape: [Math.max(1, steps), channels],
    values: samples,
  }));
}

/** States by name. */
export function stateOf({ layer, asReleased }: TimedModule): Record<string, NumericArray> {
  if (asReleased) return {};
  return Object.fromEntries([...layer.state.values].map(([name, values]) => [name, vectorArray(values)]));
}

/** Families of parameters by the names that Rockpool's documentation suggests. */
const families: Readonly<Record<string, (spec: ParameterSpec) => boolean>> = {
  weights: ({ type }) => type === 'matrix',
  taus: ({ name }) => name.startsWith('tau_'),
  biases: ({ name }) => name === 'bias',
};

/** Parameters, or those of a family: matrices and what may differ from cell to cell. */
export function parametersOfModule(module: TimedModule, family?: string): Record<string, NumericArray> {
  if (family !== undefined && module.asReleased) return {};
  const belongs = family === undefined ? () => true : (families[family] ?? (() => false));
  const chosen = specsOf(module).filter((spec) => isParameter(spec) && belongs(spec));
  return Object.fromEntries(chosen.map(({ name }) => [name, valueOf(module.layer, name)]));
}

function specsOf({ layer }: TimedModule): readonly ParameterSpec[] {
  return element('module', layer.brian.kind, layer.parameters).kind.parameters;
}

function isParameter({ type, perCell }: ParameterSpec): boolean {
  return type === 'matrix' || perCell === true;
}

function valueOf({ parameters, cells }: Layer, name: string): NumericArray {
  const array = arrayOf(parameters[name] as number | NumericArray, name);
  return array.shape.length === 2 ? array : { shape: [cells], values: spread(array.values, cells) };
}

/** The time step and single numbers that say how the module is simulated. */
export function simulationParametersOf(module: TimedModule): Record<string, number> {
  const { parameters, timeStepSeconds } = module.layer;
  const single = specsOf(module).filter((spec) => spec.type === 'quantity' && !isParameter(spec));
  return { dt: timeStepSeconds, ...Object.fromEntries(single.map(({ name }) => [name, Number(parameters[name])])) };
}

/** Sets parameters and, from the states that evolving gave, states. Problem `model/parameter-unknown`. */
export function setAttributes(module: TimedModule, given: Readonly<Record<string, ResolvedValue>>): Result<void> {
  const { layer } = module;
  for (const [name, value] of Object.entries(given)) {
    if (layer.state.values.has(name))
      layer.state.values.set(name, arrayOf(value as number | NumericArray, name).values.slice());
    else if (layer.parameters[name] === undefined)
      return failed(problem('model/parameter-unknown', `"${module.name}" has no attribute ${name}.`));
    else layer.parameters[name] = value;
  }
  return ok(undefined);
}

/** Puts the module back: its state to rest, its clock to 0, or its parameters to those it was made with. */
export function resetModule({ layer, constructed }: TimedModule, what: 'state' | 'time' | 'parameters'): void {
  if (what === 'parameters') Object.assign(layer.parameters, constructed);
  else reset(layer, `reset_${what}`);
}

export interface ModuleGraph {
  readonly nodes: Readonly<Record<string, Readonly<Record<string, ResolvedValue>> & { readonly type: string }>>;
  readonly edges: readonly (readonly [string, string])[];
}

/** The graph of the module: its weights, then its neurons. */
export function graphOf(module: TimedModule): Result<ModuleGraph> {
  const { layer, name } = module;
  if (module.asReleased) return failed(problem('model/unknown-reference', `"${name}" has no graph.`));
  const { weights, ...cells } = parametersOfModule(module);
  const [into, neurons] = [`${name}_weights`, `${name}_neurons`];
  const rest = { v_rest: vectorArray(restOf(layer)), refractory: Number(layer.parameters['refractory']) };
  return ok({
    nodes: {
      input: { type: 'Input' },
      [into]: { type: 'LinearWeights', ...(weights === undefined ? {} : { weights }) },
      [neurons]: { type: 'LIFNeuron', ...cells, ...rest },
      output: { type: 'Output' },
    },
    edges: [
      ['input', into],
      [into, neurons],
      [neurons, 'output'],
    ],
  });
}
