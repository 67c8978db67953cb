/** Networks as Rockpool 1.0.7 saves them: the dictionaries of the layers in the order in which they evolve, as JSON text. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import { pythonJson, wholeNumber, type PythonValue } from './python-json.ts';
import { absentEntries, entriesOfClass, isWhole } from './rockpool-keys.ts';

/** A value of a layer's dictionary; arrays as nested lists. */
export type LayerValue = null | boolean | number | string | readonly LayerValue[];

export interface RockpoolLayer {
  readonly className: string;
  readonly name: string;
  /** What the constructor takes, by the package's names; SI units. */
  readonly values: Readonly<Record<string, LayerValue>>;
  /** Entries of its dictionary in their order; absent: those that the class saves. */
  readonly keys?: readonly string[];
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

/** The text that `save` of the package writes. */
export function printRockpoolNetwork({ layers, forcedTimeStep, inputLayer }: RockpoolNetwork): string {
  return pythonJson({
    layers: layers.map(printedLayer),
    ...(forcedTimeStep === undefined ? {} : { dt: forcedTimeStep }),
    ...(inputLayer === undefined ? {} : { input_layer_name: inputLayer }),
  });
}

function printedLayer({ className, name, values, keys, preLayer, external }: RockpoolLayer): PythonValue {
  const own = (key: string): PythonValue => {
    if (key === 'name') return name;
    if (key === 'class_name') return className;
    const value = values[key] ?? absentEntries[key] ?? null;
    return isWhole(className, key) ? asWhole(value) : value;
  };
  const listed = keys ?? entriesOfClass(className) ?? ['name', 'class_name', ...Object.keys(values)];
  return {
    ...Object.fromEntries(listed.map((key) => [key, own(key)] as const)),
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
    keys: Object.keys(entries).filter((key) => !isPlace(key)),
    preLayer: typeof preLayer === 'string' ? preLayer : undefined,
    external: external === true,
  });
}

/** Whether an entry says where the layer stands in its network. */
function isPlace(key: string): boolean {
  return key === 'pre_layer_name' || key === 'external_input';
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
