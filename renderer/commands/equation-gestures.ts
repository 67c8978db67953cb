/** What gestures do to the equations of a block: each call is one edit that can be undone. */
import type { Problem } from '../../engine/base/problem.ts';
import { parseModel } from '../../engine/equations/parse-model.ts';
import type { BrianNeuron } from '../../engine/formats/brian-neuron.ts';
import type { ArrayRecord, ElementRecord } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { kindOf, textOf, type EquationForm, type KindDescriptor } from '../../engine/model/kind.ts';
import { elementName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { Services } from '../stores/services.ts';
import { takeInitialValues } from './initial-values.ts';
import type { SetOptions } from './parameter-gestures.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/** Sets texts and other parameters; values of parameters that the new equations no longer have go with them. */
export function setEquationTexts(
  services: Services,
  id: string,
  values: Values,
  { gesture, arrays = [] }: SetOptions = {},
): readonly Problem[] {
  const record = findRecord(services.document.getState().document.elements, id);
  if (record === undefined) return [];
  const set = Object.entries(values).map(([name, value]): SingleEdit => ({
    type: 'element.setParameter',
    id,
    name,
    value,
    ...bringing(value, arrays),
  }));
  const gone = goneParameters(services, record, values).map((name): SingleEdit => ({
    type: 'element.resetParameter',
    id,
    name,
  }));
  const edits = [...set, ...gone];
  const [only] = edits;
  if (only === undefined) return [];
  return services.documents.dispatch(edits.length === 1 ? only : batch(edits), gesture);
}

/** The numbers that a value refers to, if they come with it. */
function bringing(value: ParameterValue, arrays: readonly ArrayRecord[]): { readonly arrays?: ArrayRecord[] } {
  if (typeof value !== 'object' || value === null || !('array' in value)) return {};
  return { arrays: arrays.filter(({ id }) => id === value.array) };
}

/** Values whose parameter is no longer there. While the model cannot be read nobody knows, and all are kept. */
function goneParameters({ catalogue }: Services, record: ElementRecord, values: Values): readonly string[] {
  const parameters = { ...record.parameters, ...values };
  const kind = kindOf(catalogue, { ...record, parameters });
  if (kind === undefined || !parseModel(textOf(kind, parameters, 'model')).ok) return [];
  const names = new Set(kind.parameters.map(({ name }) => name));
  return Object.keys(record.parameters).filter((name) => !names.has(name));
}

/** The block in equations of one's own, if its kind is given by equations. */
export function ownForm({ catalogue, document }: Services, id: string): EquationForm | undefined {
  const record = findRecord(document.getState().document.elements, id);
  return record === undefined ? undefined : kindOf(catalogue, record)?.asEquations?.(record.parameters);
}

/** Turns a ready-made block into an equation block in its place, wires and probes kept, and shows its equations. */
export function makeOwn(services: Services, id: string): readonly Problem[] {
  const form = ownForm(services, id);
  const record = findRecord(services.document.getState().document.elements, id);
  if (form === undefined || record === undefined) return [];
  const { kind, parameters, inputs, differences } = form;
  const edit: SingleEdit = { type: 'element.setKind', id, kind, parameters, inputs };
  const refused = services.documents.dispatch(batch([edit], `Turn ${elementName(record)} into equations`));
  if (refused.length > 0) return refused;
  services.session.getState().change({ inspectorTab: 'equations', rightOpen: true });
  const words = differences.length === 0 ? ['It computes the same numbers as before.'] : differences;
  services.session.getState().notify('info', `${elementName(record)} has its own equations now`, words);
  return [];
}

/** Fills the block from a Brian snippet as one edit; returns what of the snippet found no place. */
export function takeBrianNeuron(services: Services, id: string, neuron: BrianNeuron): readonly string[] {
  const record = findRecord(services.document.getState().document.elements, id);
  const kind = record === undefined ? undefined : services.catalogue.find(record.kind);
  if (record === undefined || kind === undefined) return [];
  const { values, arrays, notTaken } = valuesOf(kind, record, neuron);
  const refused = setEquationTexts(services, id, values, { arrays });
  return refused.length > 0 ? refused.map(({ message }) => message) : [...neuron.notTaken, ...notTaken];
}

/** The parameters that a snippet gives a block, and what of it they cannot hold. */
function valuesOf(bare: KindDescriptor, record: ElementRecord, neuron: BrianNeuron) {
  const { size, texts, initial } = neuron;
  const method = methodOf(bare, neuron.method);
  const values: Record<string, ParameterValue> = {
    ...emptied(bare),
    ...texts,
    ...(size === undefined ? {} : { size }),
    ...(method === undefined ? {} : { method }),
  };
  const notTaken = method === undefined && neuron.method !== undefined ? [`method=${neuron.method}`] : [];
  const kind = bare.describe?.({ ...record.parameters, ...values }) ?? bare;
  const starts = takeInitialValues(kind, initial, texts.constants ?? '', size ?? sizeOf(bare, record));
  return { ...starts, values: { ...values, ...starts.values }, notTaken: [...notTaken, ...starts.notTaken] };
}

/** Number of cells of a record whose snippet names none. */
function sizeOf(kind: KindDescriptor, { parameters }: ElementRecord): number {
  const size = parameters['size'] ?? kind.parameters.find(({ name }) => name === 'size')?.default;
  return typeof size === 'number' ? size : 1;
}

/** Texts that the snippet does not have are empty in it. */
function emptied(kind: KindDescriptor): Record<string, ParameterValue> {
  return Object.fromEntries(kind.parameters.filter(({ type }) => type === 'text').map(({ name }) => [name, '']));
}

/** The choice of the kind that Brian's name of a method means. */
function methodOf(kind: KindDescriptor, name: string | undefined): string | undefined {
  const choices = kind.parameters.find((spec) => spec.name === 'method')?.choices ?? [];
  const plain = name?.replaceAll('_', '-');
  const wanted = plain === 'linear' ? 'exact' : plain;
  return choices.find(({ value }) => value === wanted || value === `${wanted ?? ''}-linear`)?.value;
}
