/** The dictionary of an element in the form of a class of Rockpool: what its parameters say, in the words of the file that they were read from. */
import { canonicalJson } from '../base/canonical-json.ts';
import { catalogue } from '../library/library.ts';
import type { ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { validate } from '../model/validate.ts';
import type { ValidatedElement } from '../model/validated.ts';
import { formOfClass } from './rockpool-classes.ts';
import type { PrintedParameters, RockpoolField } from './rockpool-fields.ts';
import { stepOf, type RockpoolForm } from './rockpool-form.ts';
import { keepEntries, keptEntries, keptOrder } from './rockpool-kept.ts';
import { entriesOfClass } from './rockpool-keys.ts';
import type { LayerValue, RockpoolLayer } from './rockpool-network.ts';
import { equalValues, rowsOf } from './rockpool-values.ts';

type Values = Readonly<Record<string, LayerValue>>;

/** A dictionary; what the parameters cannot say is undefined. */
export interface PrintedEntries {
  readonly values: Readonly<Record<string, LayerValue | undefined>>;
  /** Entries in their order. */
  readonly keys: readonly string[];
}

/** Where an element stands, and its step. */
interface Place {
  readonly document: SpikeloomDocument;
  readonly timeStepSeconds: number;
}

/** The dictionary of an element as a layer of the class. */
export function printedEntries(element: ValidatedElement, form: RockpoolForm, place: Place): PrintedEntries {
  const { record } = element;
  const kept = keptEntries(record);
  const layer = printedParameters(element, form, place);
  const written = form.fields.map((field) => [field, field.write(layer)] as const);
  const now: Values = { ...sayable(written), dt: place.timeStepSeconds };
  const said: Values = { ...now, ...kept };
  const values: Record<string, LayerValue | undefined> = { ...kept, dt: stepAs(said, form, place.timeStepSeconds) };
  for (const [field, own] of written) {
    const before = kept[field.key];
    const same = before !== undefined && says(field, before, said, record) && asLong(before, own);
    values[field.key] = same ? before : own;
    if (field.also !== undefined) values[field.also] = values[field.key];
  }
  if (form.monitored === true)
    values['monitor_id'] = monitored(kept['monitor_id'], layer.cells, place.document, record);
  return { values, keys: keysOf(form, { ...now, ...defined(values) }, record) };
}

/** The step in seconds; null where the file left it to the constructor, which would take the same. */
function stepAs(said: Values, form: RockpoolForm, timeStepSeconds: number): number | null {
  return said['dt'] === null && isDefaultStep(form, said, timeStepSeconds) ? null : timeStepSeconds;
}

function isDefaultStep(form: RockpoolForm, values: Values, timeStepSeconds: LayerValue | undefined): boolean {
  return stepOf({ values: { ...values, dt: null } }, form) === timeStepSeconds;
}

function printedParameters(
  { record, parameters }: ValidatedElement,
  { cellMatrix = 'weights' }: RockpoolForm,
  { document, timeStepSeconds }: Place,
): PrintedParameters {
  const weights = rowsOf(parameters[cellMatrix]);
  const inputs = weights?.length ?? Number(parameters['size'] ?? 1);
  const cells = weights?.[0]?.length ?? inputs;
  return { parameters, given: record.parameters, arrays: document.arrays, timeStepSeconds, cells, inputs };
}

function sayable(written: readonly (readonly [RockpoolField, LayerValue | undefined])[]): Values {
  return defined(Object.fromEntries(written.map(([{ key }, value]) => [key, value])));
}

function defined(values: Readonly<Record<string, LayerValue | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** Whether an entry says what the element has. */
function says(field: RockpoolField, value: LayerValue, among: Values, { parameters }: ElementRecord): boolean {
  const read = field.read(value, {}, among);
  return (
    read !== undefined &&
    field.parameters.every((name) => canonicalJson(read[name] ?? null) === canonicalJson(parameters[name] ?? null))
  );
}

/** What has no effect still has an entry for every cell. */
function asLong(before: LayerValue, own: LayerValue | undefined): boolean {
  return !Array.isArray(before) || !Array.isArray(own) || before.length === own.length;
}

/** Entries in the order of the file; what it had not is added where the constructor would take something else. */
function keysOf(form: RockpoolForm, values: Values, record: ElementRecord): readonly string[] {
  const all = entriesOfClass(form.className) ?? form.fields.map(({ key }) => key);
  const fieldOf = (key: string): RockpoolField | undefined => form.fields.find((each) => each.key === key);
  const isSilent = (key: string): boolean => fieldOf(key)?.brief === true && values[key] === null;
  const sayable = all.filter((key) => !isSilent(key) && (fieldOf(key) === undefined || values[key] !== undefined));
  const order = keptOrder(record);
  if (order === undefined) return sayable;
  const among = Object.fromEntries(Object.entries(values).filter(([key]) => order.includes(key)));
  const isNeeded = (key: string): boolean => {
    const field = fieldOf(key);
    if (key === 'dt') return !isDefaultStep(form, values, values[key]);
    if (field === undefined) return key === 'name' || key === 'class_name';
    if (field.also !== undefined && order.includes(field.also)) return false;
    return field.otherwise === undefined || !says(field, field.otherwise, among, record);
  };
  const added = sayable.filter((key) => !order.includes(key) && isNeeded(key));
  return [...order.filter((key) => !isSilent(key)), ...added];
}

/** Cells whose membrane is recorded, as the file said it where they are the same. */
function monitored(
  before: LayerValue | undefined,
  cells: number,
  { probes }: SpikeloomDocument,
  { id }: ElementRecord,
): LayerValue {
  const all = Array.from({ length: cells }, (_, cell) => cell);
  const probe = Object.values(probes).find(({ element, target }) => element === id && target === 'v');
  const shown = probe === undefined ? [] : (probe.cells ?? all);
  if (before === undefined) return shown;
  const meant = before === true ? all : (before ?? []);
  return equalValues(meant, shown) ? before : shown;
}

/** The document whose elements, those of the layers in their order, keep what the file said and they alone would say otherwise. */
export function withEntriesKept(document: SpikeloomDocument, layers: readonly RockpoolLayer[]): SpikeloomDocument {
  const model = validate(document, catalogue);
  if (!model.ok) return document;
  const byId = new Map(model.value.elements.map((element) => [element.record.id, element]));
  const elements = { ...document.elements };
  for (const [place, layer] of layers.entries()) {
    const record = elements[`layer_${place + 1}`];
    if (record === undefined) continue;
    const timeStepSeconds = model.value.timeStepSeconds;
    elements[record.id] = withLayerKept(record, layer, byId.get(record.id), { document, timeStepSeconds });
  }
  return { ...document, elements };
}

function withLayerKept(
  record: ElementRecord,
  { className, values, keys = [] }: RockpoolLayer,
  element: ValidatedElement | undefined,
  run: Place,
): ElementRecord {
  const form = formOfClass(className);
  if (form === undefined) return keepEntries(record, { keys, values: {} }, { keys: [], values: {} });
  if (element === undefined) return record;
  const timeStepSeconds = element.pace?.timeStepSeconds ?? run.timeStepSeconds;
  return keepEntries(record, { keys, values }, printedEntries(element, form, { ...run, timeStepSeconds }));
}
