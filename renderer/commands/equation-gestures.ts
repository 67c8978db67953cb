/** What gestures do to the equations of a block: each call is one edit that can be undone. */
import type { Problem } from '../../engine/base/problem.ts';
import { constantValue, readConstants } from '../../engine/equations/constants-text.ts';
import { parseModel } from '../../engine/equations/parse-model.ts';
import { parseExpression } from '../../engine/equations/parser.ts';
import { call, type BrianNeuron } from '../../engine/formats/brian-neuron.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { kindOf, textOf, type EquationForm, type KindDescriptor } from '../../engine/model/kind.ts';
import { elementName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { fromSi } from '../../engine/units/convert.ts';
import type { Services } from '../stores/services.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/** Sets texts and other parameters; values of parameters that the new equations no longer have go with them. */
export function setEquationTexts(services: Services, id: string, values: Values, gesture?: string): readonly Problem[] {
  const record = findRecord(services.document.getState().document.elements, id);
  if (record === undefined) return [];
  const set = Object.entries(values).map(([name, value]): SingleEdit => ({
    type: 'element.setParameter',
    id,
    name,
    value,
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
  const words = differences.length === 0 ? 'It computes the same numbers as before.' : differences.join(' ');
  services.session.getState().say(`${elementName(record)} has its own equations now. ${words}`);
  return [];
}

/** Fills the block from a Brian snippet as one edit; returns what of the snippet found no place. */
export function takeBrianNeuron(services: Services, id: string, neuron: BrianNeuron): readonly string[] {
  const record = findRecord(services.document.getState().document.elements, id);
  const kind = record === undefined ? undefined : services.catalogue.find(record.kind);
  if (record === undefined || kind === undefined) return [];
  const { values, notTaken } = valuesOf(kind, record, neuron);
  const refused = setEquationTexts(services, id, values);
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
  for (const [name, text] of Object.entries(initial)) {
    const value = initialValue(kind, name, text, texts.constants ?? '');
    if (value === undefined) notTaken.push(`${name} = ${text}`);
    else values[name] = value;
  }
  return { values, notTaken };
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

/** A number, a quantity or a constant as the value of a parameter, in the parameter's own unit. */
function initialValue(kind: KindDescriptor, name: string, text: string, constants: string): ParameterValue | undefined {
  const spec = kind.parameters.find((each) => each.name === name);
  const known = readConstants(constants, call);
  const tree = parseExpression(text);
  if (spec === undefined || !known.ok || !tree.ok) return undefined;
  const found = constantValue(tree.value, known.value, call);
  if (!found.ok) return undefined;
  if (spec.type !== 'quantity') return spec.type === 'integer' ? found.value.value : undefined;
  const unit = spec.unit ?? '1';
  return { value: Number(fromSi(found.value.value, unit).toPrecision(12)), unit };
}
