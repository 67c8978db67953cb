/** From a network that Rockpool 1.0.7 saved to a document: kinds, wires, an external input, probes of every output. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, collect, failed, mapResult, ok } from '../base/result.ts';
import type { ConnectionRecord, ElementRecord, PlotRecord, ProbeRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { parseDocument, type OpenedDocument } from '../model/parse-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { networkClock } from './network-clock.ts';
import { formOfClass } from './rockpool-classes.ts';
import { withEntriesKept } from './rockpool-entries.ts';
import type { RockpoolField } from './rockpool-fields.ts';
import { inputsOf, stepOf, type RockpoolForm } from './rockpool-form.ts';
import { externalInputs, type InputWish } from './rockpool-inputs.ts';
import { heldLayer } from './rockpool-held.ts';
import { keepClass } from './rockpool-kept.ts';
import { readRockpoolNetwork, type LayerValue, type RockpoolLayer, type RockpoolNetwork } from './rockpool-network.ts';
import { warningsOf } from './rockpool-warnings.ts';
import { matrixFrom, numbersFrom, type ArrayShelf } from './rockpool-values.ts';

/** Whether JSON looks like such a network: layers that name their class. */
export function looksLikeRockpool(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || 'format' in json || !('layers' in json)) return false;
  const first: unknown = Array.isArray(json.layers) ? json.layers[0] : undefined;
  return typeof first === 'object' && first !== null && 'class_name' in first;
}

/** The text of such a network, opened as a project that has no file yet. */
export function openRockpoolText(text: string): Result<OpenedDocument> {
  // What a file says holds for a document only within the rules of documents.
  const made = andThen(andThen(readRockpoolNetwork(text), documentOfRockpool), (document) => parseDocument(document));
  return made.ok ? ok({ ...made.value, foreign: true, problems: made.problems }, made.problems) : made;
}

/** A layer with its place among the others. */
interface PlacedLayer {
  readonly id: string;
  readonly layer: RockpoolLayer;
  readonly form: RockpoolForm | undefined;
  readonly position: { readonly x: number; readonly y: number };
}

/**
 * The document of a network. Layers behave as released: their compatibility switches are on. What the file does not hold or
 * what changes is a warning at the element. Fails with `import/rockpool` where an entry of a layer is missing or of
 * another sort, and with `model/time-step` where the steps of the layers do not fit together.
 */
export function documentOfRockpool(network: RockpoolNetwork): Result<SpikeloomDocument> {
  const steps = network.layers.map((layer) => stepOf(layer, formOfClass(layer.className)));
  const wrong = network.layers.find((_, place) => !((steps[place] as number) > 0));
  if (wrong !== undefined)
    return failed(refusal(wrong, 'dt', wrong.values['dt'], 'a time step in seconds, greater than 0'));
  return andThen(commonStep(steps, network.forcedTimeStep), (timeStep) => {
    const shelf: ArrayShelf = {};
    const placed = placedLayers(network.layers);
    const byName = new Map(placed.map((each) => [each.layer.name, each]));
    return andThen(collect(placed.map((each) => elementOf(each, shelf, timeStep))), (elements) => {
      const inputs = externalInputs(wishesOf(placed), shelf);
      const probes = placed.flatMap(probesOf);
      const warnings = [
        ...placed.flatMap(warningsOf),
        ...(network.forcedTimeStep === undefined ? [] : [forcedWarning(network.forcedTimeStep)]),
      ];
      const document: SpikeloomDocument = {
        ...createEmptyDocument('Rockpool network'),
        run: { timeStep: { value: timeStep, unit: 's' }, duration: null, seed: 1, speed: 1 },
        elements: byId([...inputs.elements, ...elements]),
        connections: byId([...inputs.connections, ...placed.flatMap((each) => wiresOf(each, byName))]),
        probes: byId(probes),
        arrays: shelf,
        view: {
          positions: {
            ...inputs.positions,
            ...Object.fromEntries(placed.map(({ id, position }) => [id, position])),
          },
          plots: placed.flatMap(plotsOf).slice(0, 64),
        },
      };
      return ok(withEntriesKept(document, network.layers), warnings);
    });
  });
}

/** The step of the run. Layers of one step have it, however odd. */
function commonStep(steps: readonly number[], forced: number | undefined): Result<number> {
  const [first = 0] = steps;
  if (forced === undefined && first >= 1e-7 && steps.every((step) => step === first)) return ok(first);
  return mapResult(networkClock(steps, forced), (clock) => clock.commonStep);
}

function byId<T extends { readonly id: string }>(records: readonly T[]): Record<string, T> {
  return Object.fromEntries(records.map((record) => [record.id, record]));
}

/** From left to right by the number of layers before; branches below each other. */
function placedLayers(layers: readonly RockpoolLayer[]): PlacedLayer[] {
  const depths = new Map<string, number>();
  const taken = new Map<number, number>();
  return layers.map((layer, place) => {
    const depth = layer.preLayer === undefined ? 1 : (depths.get(layer.preLayer) ?? 0) + 1;
    const row = taken.get(depth) ?? 0;
    depths.set(layer.name, depth);
    taken.set(depth, row + 1);
    const position = { x: 80 + 320 * depth, y: 80 + 240 * row };
    return { id: `layer_${place + 1}`, layer, form: formOfClass(layer.className), position };
  });
}

/** A layer keeps its step: it is its own where the run has a shorter one. */
function elementOf({ id, layer, form }: PlacedLayer, shelf: ArrayShelf, runStep: number): Result<ElementRecord> {
  const name = layer.name.slice(0, 200);
  const step = stepOf(layer, form);
  const own = step === runStep ? {} : { timeStep: { value: step, unit: 's' } };
  if (form === undefined) return ok({ id, name, ...heldLayer(layer, shelf) });
  const parameters: Record<string, ParameterValue> = {};
  for (const field of form.fields) {
    const value = valueOf(layer, field);
    if (value === undefined && field.lost === true) continue;
    const read = value === undefined ? undefined : field.read(value, shelf, layer.values);
    if (read === undefined) return failed(refusal(layer, field.key, value, field.takes));
    Object.assign(parameters, read);
  }
  const whole = { ...parameters, ...form.chosen, ...form.switches };
  return ok(keepClass({ id, name, kind: form.kind, parameters: whole, ...own }, form.className));
}

/** What the file says under either name, or what the constructor takes where it says nothing; undefined where it has to. */
function valueOf({ values }: RockpoolLayer, { key, also, otherwise }: RockpoolField): LayerValue | undefined {
  return values[key] ?? (also === undefined ? undefined : values[also]) ?? (key in values ? values[key] : otherwise);
}

function wishesOf(placed: readonly PlacedLayer[]): InputWish[] {
  return placed.flatMap(({ id, layer, form, position }) => {
    if (form === undefined) return [];
    const channels = inputsOf(form, layer.values) ?? 1;
    const wish = { element: id, y: position.y };
    const events = form.takesEventsOnly === true;
    const isAlone = layer.external && layer.preLayer === undefined;
    const external = isAlone ? [{ ...wish, port: 'in', channels, events }] : [];
    const units = form.forced && matrixFrom(layer.values[form.forced.key] ?? null)?.shape[1];
    if (form.forced === undefined || units === undefined) return external;
    return [...external, { ...wish, port: form.forced.port, channels: units, events: false }];
  });
}

/** The wire from the layer before. Late events arrive a step of that layer after the one they were made in. */
function wiresOf({ id, layer }: PlacedLayer, byName: ReadonlyMap<string, PlacedLayer>): ConnectionRecord[] {
  const before = layer.preLayer === undefined ? undefined : byName.get(layer.preLayer);
  if (before === undefined) return [];
  const late = before.form === undefined || before.form.late === true;
  return [
    {
      ...{ id: `wire_${id}`, kind: 'connectors/wire' },
      from: { element: before.id, port: before.form?.output ?? 'spikes' },
      to: { element: id, port: 'in' },
      parameters: late ? { delay: { value: stepOf(before.layer, before.form), unit: 's' } } : {},
    },
  ];
}

function probesOf({ id, layer, form }: PlacedLayer): ProbeRecord[] {
  if (form === undefined) return [];
  const output = { id: `probe_${id}`, element: id, target: form.output, cells: null };
  const monitor = layer.values['monitor_id'] ?? null;
  const cells = numbersFrom(monitor);
  if (form.monitored !== true || (monitor !== true && (cells ?? []).length === 0)) return [output];
  return [output, { id: `monitor_${id}`, element: id, target: 'v', cells: cells === undefined ? null : [...cells] }];
}

function plotsOf({ id, form }: PlacedLayer): PlotRecord[] {
  if (form === undefined) return [];
  return [{ id: `plot_${id}`, kind: form.output === 'spikes' ? 'raster' : 'traces', probes: [`probe_${id}`] }];
}

function forcedWarning(forced: number): Problem {
  return problem('import/rockpool', `The network's own step of ${forced} s is not kept: a run may end at any step.`, {
    severity: 'warning',
    hint: 'Choose a duration that is a multiple of it where that matters.',
  });
}

function refusal(
  { className, name }: RockpoolLayer,
  key: string,
  value: LayerValue | undefined,
  takes: string,
): Problem {
  return problem('import/rockpool', `${key} of the ${className} "${name}" ${given(value)}; it has to be ${takes}.`, {
    hint: 'Save the network anew by `network.save(file)` and import that file.',
  });
}

/** What was given, in short. */
function given(value: LayerValue | undefined): string {
  if (value === undefined) return 'is missing';
  const text = JSON.stringify(value);
  return `is ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
