/** Networks as Rockpool 1.0.7 saves them: the dictionaries of the layers in the order in which they evolve, as JSON text. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import { pythonJson, wholeNumber, type PythonValue } from './python-json.ts';

/** A value of a layer's dictionary; arrays as nested lists. */
export type LayerValue = null | boolean | number | string | readonly LayerValue[];

export interface RockpoolLayer {
  readonly className: string;
  readonly name: string;
  /** What the constructor takes, by the package's names; SI units. */
  readonly values: Readonly<Record<string, LayerValue>>;
  /** Name of the layer whose output it takes; undefined for none. */
  readonly preLayer: string | undefined;
  /** Whether the network's input reaches it. */
  readonly external: boolean;
}

export interface RockpoolNetwork {
  readonly layers: readonly RockpoolLayer[];
  /** Time step in seconds that was set for the network; undefined: it follows from the layers. */
  readonly forcedTimeStep: number | undefined;
  readonly inputLayer: string | undefined;
}

const head = ['weights', 'dt', 'noise_std', 'name', 'class_name'];
const clocked = ['dt', 'name', 'class_name'];
const threshold = ['v_thresh', 'v_reset', 'v_subtract', 'monitor_id'];

/** Keys of the dictionaries of each class, in the order in which they are saved. */
const keys: Readonly<Record<string, readonly string[]>> = {
  FFRateEuler: [...head, 'tau', 'gain', 'bias'],
  PassThrough: [...head, 'tau', 'gain', 'bias', 'delay'],
  RecRateEuler: [...head, 'tau', 'bias'],
  PassThroughEvents: head,
  FFExpSyn: [...head, 'bias', 'tau_syn', 'add_events'],
  FFUpDown: [
    ...['name', 'weights', 'dt', 'noise_std', 'repeat_output', 'max_num_timesteps', 'multiplex_spikes'],
    ...['tau_decay', 'thr_up', 'thr_down', 'class_name'],
  ],
  FFCLIAF: [...clocked, 'bias', ...threshold, 'weights'],
  SoftMaxLayer: [...clocked, 'bias', ...threshold, 'weights'],
  RecCLIAF: [
    ...[...clocked, 'weights_in', 'bias', ...threshold, 'weights_rec'],
    ...['refractory', 'delay', 'tTauBias', 'state_type'],
  ],
  RecDIAF: [
    ...[...clocked, 'weights_in', 'weights_rec', 'refractory', 'delay', 'tau_leak', 'leak', 'v_subtract'],
    ...['v_thresh', 'v_reset', 'v_rest', 'state_type', 'monitor_id'],
  ],
  FFExpSynTorch: [
    ...['weights', 'bias', 'dt', 'noise_std', 'tau_syn', 'name', 'add_events', 'max_num_timesteps', 'class_name'],
  ],
  RecRateEulerJax: [
    ...['class_name', 'w_in', 'w_recurrent', 'w_out', 'tau', 'bias', 'rng_key', 'noise_std', 'dt', 'name'],
  ],
  RecLIFJax: [...head, 'tau_mem', 'tau_syn', 'bias', 'rng_key'],
  RecLIFCurrentInJax: [...head, 'tau_mem', 'tau_syn', 'bias', 'rng_key'],
};

/** Classes whose networks can be read and written. */
export const rockpoolClasses: readonly string[] = Object.keys(keys);

/** What the package saves where nothing was given. */
const absent: Readonly<Record<string, LayerValue>> = { noise_std: 0, monitor_id: [] };

/** Numbers that the package keeps as Python integers; elsewhere 1 is written as 1.0. */
const whole: Readonly<Record<string, readonly string[]>> = {
  PassThroughEvents: ['weights'],
  FFExpSyn: ['noise_std', 'bias'],
  FFUpDown: ['repeat_output', 'max_num_timesteps'],
  FFExpSynTorch: ['max_num_timesteps'],
  RecRateEulerJax: ['rng_key'],
  RecLIFJax: ['rng_key'],
  RecLIFCurrentInJax: ['rng_key'],
};

/** The text that `save` of the package writes. */
export function printRockpoolNetwork({ layers, forcedTimeStep, inputLayer }: RockpoolNetwork): string {
  return pythonJson({
    layers: layers.map(printedLayer),
    ...(forcedTimeStep === undefined ? {} : { dt: forcedTimeStep }),
    ...(inputLayer === undefined ? {} : { input_layer_name: inputLayer }),
  });
}

function printedLayer({ className, name, values, preLayer, external }: RockpoolLayer): PythonValue {
  const own = (key: string): PythonValue => {
    if (key === 'name') return name;
    if (key === 'class_name') return className;
    const value = values[key] ?? absent[key] ?? null;
    return (whole[className] ?? []).includes(key) || key === 'monitor_id' ? asWhole(value) : value;
  };
  const listed = (keys[className] ?? ['name', 'class_name', ...Object.keys(values)]).map(
    (key) => [key, own(key)] as const,
  );
  return {
    ...Object.fromEntries(listed),
    ...(preLayer === undefined ? {} : { pre_layer_name: preLayer }),
    external_input: external,
  };
}

function asWhole(value: LayerValue): PythonValue {
  if (typeof value === 'number') return Number.isInteger(value) ? wholeNumber(value) : value;
  return Array.isArray(value) ? (value as readonly LayerValue[]).map(asWhole) : value;
}

/** The network of a saved text. What is no such text gives `import/rockpool`; classes that are not known are kept. */
export function readRockpoolNetwork(text: string): Result<RockpoolNetwork> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return failed(refusal('it is not JSON', String(error)));
  }
  const layers = entriesOf(parsed)['layers'];
  if (!Array.isArray(layers) || layers.length === 0) return failed(refusal('it has no layers'));
  const read: RockpoolLayer[] = [];
  const names = new Set<string>();
  for (const [place, layer] of layers.entries()) {
    const found = readLayer(entriesOf(layer), place, names);
    if (!found.ok) return found;
    read.push(found.value);
    names.add(found.value.name);
  }
  const { dt, input_layer_name: inputLayer } = entriesOf(parsed);
  return ok({
    layers: read,
    forcedTimeStep: typeof dt === 'number' ? dt : undefined,
    inputLayer: typeof inputLayer === 'string' ? inputLayer : undefined,
  });
}

function readLayer(
  entries: Readonly<Record<string, unknown>>,
  place: number,
  before: ReadonlySet<string>,
): Result<RockpoolLayer> {
  const { class_name: className, name, pre_layer_name: preLayer, external_input: external, ...others } = entries;
  if (typeof className !== 'string') return failed(refusal(`layer ${place + 1} has no class_name`));
  if (typeof preLayer === 'string' && !before.has(preLayer)) {
    return failed(refusal(`layer ${place + 1} takes the output of ${preLayer}, which does not stand before it`));
  }
  const wrong = Object.entries(others).find(([, value]) => !isLayerValue(value));
  if (wrong !== undefined)
    return failed(refusal(`${wrong[0]} of layer ${place + 1} is neither a number, a text nor a list`));
  return ok({
    className,
    name: typeof name === 'string' ? name : `unnamed_${place}`,
    values: others as Readonly<Record<string, LayerValue>>,
    preLayer: typeof preLayer === 'string' ? preLayer : undefined,
    external: external === true,
  });
}

function isLayerValue(value: unknown): value is LayerValue {
  if (Array.isArray(value)) return value.every(isLayerValue);
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function refusal(reason: string, cause?: string): Problem {
  return problem('import/rockpool', `This is not a network that Rockpool 1.0.7 saved: ${reason}.`, {
    hint: 'Save it by `network.save(file)` and import that file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
