/** Layers of a Rockpool network in a case: each runs as a case of its own system, on what the layer before it gave. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import type { LayerValue, RockpoolLayer } from '../../formats/rockpool-network.ts';
import { BadCase, numberOf } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { isNumericArray, isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';

/** A layer of the network, as the case tells of it. */
export interface NetworkLayer {
  readonly name: string;
  readonly className: string;
  readonly timeStep: number;
  readonly preLayer: string | undefined;
  readonly external: boolean;
  /** What the constructor takes. */
  readonly parameters: CaseRecord;
}

const meta = new Set(['class', 'name', 'pre_layer', 'external_input', 'size_in', 'size_out']);

/** The layers in the order of the case; names that are taken get the endings _0, _1, … of the package. */
export function layersOf(list: CaseValue | undefined): NetworkLayer[] {
  if (!Array.isArray(list)) throw new BadCase('params.layers is not a list');
  const layers: NetworkLayer[] = [];
  for (const entry of list as readonly CaseValue[]) {
    if (!isRecord(entry)) throw new BadCase('a layer is not an object');
    const entries = Object.entries(entry).filter(([key]) => !meta.has(key));
    const preLayer = entry['pre_layer'];
    layers.push({
      name: freeName(String(entry['name']), new Set(layers.map(({ name }) => name))),
      className: String(entry['class']),
      timeStep: numberOf(entry['dt'], 'dt'),
      preLayer: typeof preLayer === 'string' ? preLayer : undefined,
      external: entry['external_input'] === true,
      parameters: Object.fromEntries(entries),
    });
  }
  return layers;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [, stem = name, number] = /^(.*?)(?:_(\d+))?$/u.exec(name) ?? [];
  return freeName(`${stem}_${number === undefined ? 0 : Number(number) + 1}`, taken);
}

/** The layers so that each comes after the one it listens to; fails where they form a circle. */
export function evolutionOrder(layers: readonly NetworkLayer[]): Result<NetworkLayer[]> {
  const ordered: NetworkLayer[] = [];
  while (ordered.length < layers.length) {
    const done = new Set(ordered.map(({ name }) => name));
    const next = layers.find(
      (layer) => !done.has(layer.name) && (layer.preLayer === undefined || done.has(layer.preLayer)),
    );
    if (next === undefined) {
      return failed(
        problem('model/algebraic-loop', 'The layers wait for each other in a circle, so none can evolve first.', {
          hint: 'Remove a connection of the circle.',
        }),
      );
    }
    ordered.push(next);
  }
  return ok(ordered);
}

/** Where a layer stands between two calls. */
export interface LayerProgress {
  readonly steps: number;
  /** State after the last call, under the names of the layer's cases; undefined before the first. */
  readonly state: CaseRecord | undefined;
}

/** Systems by the name of their class. */
export type SystemOf = (className: string) => System | undefined;

/** One call of a layer over so many of its steps; gives its output and where it then stands. */
export function evolveLayer(
  layer: NetworkLayer,
  call: { readonly input: CaseValue; readonly steps: number; readonly before: LayerProgress },
  context: { readonly laboratory: Laboratory; readonly systemOf: SystemOf },
): Result<{ readonly output: CaseRecord; readonly after: LayerProgress }> {
  const system = context.systemOf(layer.className);
  if (system === undefined) throw new BadCase(`${layer.className} is not built`);
  const { steps, before, input } = call;
  const clock = { t: before.steps * layer.timeStep, timestep: before.steps };
  const all: CaseRecord = {
    ...{ dt: layer.timeStep, steps, input },
    initial_state: { ...before.state, ...clock },
  };
  const found = system.run(
    {
      ...{ id: layer.name, system: system.id, kind: 'evolve', parameters: layer.parameters },
      ...{ expected: {}, tolerance: {}, all },
    },
    context.laboratory,
  );
  if (!found.ok) return found;
  const { output, final_state: state } = found.value;
  if (!isRecord(output)) throw new BadCase(`${layer.className} gives no series`);
  return ok({ output, after: { steps: before.steps + steps, state: isRecord(state) ? state : undefined } });
}

/** The layer as it is saved. */
export function savedLayer(layer: NetworkLayer): RockpoolLayer {
  const { className, name, preLayer, external, parameters } = layer;
  const values = Object.entries(parameters).map(([key, value]) => [key, plain(value)] as const);
  return { className, name, preLayer, external, values: Object.fromEntries(values) };
}

/** Arrays as nested lists. */
function plain(value: CaseValue): LayerValue {
  if (isNumericArray(value)) return nested(Array.from(value.values), value.shape);
  if (Array.isArray(value)) return (value as readonly CaseValue[]).map(plain);
  return isRecord(value) ? null : (value as LayerValue);
}

function nested(values: readonly number[], [extent = 1, ...rest]: readonly number[]): LayerValue {
  if (rest.length === 0) return values;
  const width = values.length / extent;
  return Array.from({ length: extent }, (_, row) => nested(values.slice(row * width, (row + 1) * width), rest));
}
