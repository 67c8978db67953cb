/** Connectors whose synapses may have equations: their parameters follow from the model they carry. */
import { collect, mapResult, ok, type Result } from '../../base/result.ts';
import type { ConnectorKind, ParameterReader, SynapseRequest } from '../../build/library-kind.ts';
import type { ModelPathway, SynapseModel } from '../../build/synapses/synapse-model.ts';
import type { Definition } from '../../equations/model-equations.ts';
import { parseModel } from '../../equations/parse-model.ts';
import { textOf, type KindDescriptor, type ParameterSpec } from '../../model/kind.ts';
import type { ParameterValue } from '../../model/value.ts';
import { dimensionOfUnit } from '../../units/convert.ts';
import { parameterName, parametersOf } from '../neurons/equation-parameters.ts';
import { ownTexts, readyDefaults, synapseChoice, textsOf, textsOfRecord } from './synapse-texts.ts';

/** The connector with the choice of a synapse model and the parameters that follow from it. */
export function withSynapseModels(connector: ConnectorKind): ConnectorKind {
  const plain: ConnectorKind = { ...connector, parameters: [...connector.parameters, synapseChoice] };
  const described = new Map<string, KindDescriptor>();
  const describe = (parameters: Readonly<Record<string, ParameterValue>>): KindDescriptor => {
    const choice = textOf({ parameters: [synapseChoice] }, parameters, synapseChoice.name);
    if (choice === 'plain') return made;
    const { model } = textsOfRecord(parameters);
    const key = `${choice}\u0000${model}`;
    const known = described.get(key) ?? { ...made, parameters: parametersWith(plain.parameters, choice, model) };
    if (described.size >= keptDescriptions) described.clear();
    described.set(key, known);
    return known;
  };
  const made: ConnectorKind = {
    ...plain,
    describe,
    hasSynapseModel: (parameters) => parameters.text(synapseChoice.name) !== 'plain',
    plainSum,
    synapses: (request) => synapseModel(request, plain.parameters),
  };
  return made;
}

const keptDescriptions = 256;

function parametersWith(own: readonly ParameterSpec[], choice: string, model: string): readonly ParameterSpec[] {
  const texts = choice === 'own' ? ownTexts : [];
  const specs = [...own, ...texts];
  return [...specs, ...valuesOf(model).flatMap((definition) => specsOf(specs, choice, definition))];
}

function specsOf(own: readonly ParameterSpec[], choice: string, definition: Definition): readonly ParameterSpec[] {
  return parametersOf(own, definition).map((spec) => {
    const ready = choice === 'own' ? undefined : readyDefaults[definition.name];
    return ready === undefined
      ? spec
      : { ...spec, default: ready.value, ...(ready.unit === undefined ? {} : { unit: ready.unit }) };
  });
}

/** Definitions that have values of their own; the weight comes from the connector. What cannot be read has none. */
function valuesOf(model: string): readonly Definition[] {
  const parsed = parseModel(model, 'synapses');
  const found = parsed.ok ? parsed.value.definitions : [];
  return found.filter(({ kind, name }) => kind !== 'subexpression' && name !== 'w');
}

/** Written out as this one statement; the same in other words takes the longer way. */
function plainSum(parameters: ParameterReader): string | undefined {
  const texts = textsOf(parameters.text(synapseChoice.name), (name) => parameters.text(name));
  if (texts.delivers !== undefined || texts.model.trim() !== '' || texts.onPost.trim() !== '') return undefined;
  return /^\s*(\w+)_post\s*\+=\s*w\s*$/u.exec(texts.onPre)?.[1];
}

function synapseModel(request: SynapseRequest, own: readonly ParameterSpec[]): Result<SynapseModel> {
  const { parameters, count } = request;
  const texts = textsOf(parameters.text(synapseChoice.name), (name) => parameters.text(name));
  const pre: ModelPathway = {
    name: 'pre',
    side: 'pre',
    code: texts.onPre,
    path: 'parameters.on_pre',
    ...(texts.delivers === undefined ? {} : { delivers: texts.delivers }),
  };
  const post: ModelPathway = { name: 'post', side: 'post', code: texts.onPost, path: 'parameters.on_post' };
  const specs = parameters.text(synapseChoice.name) === 'own' ? [...own, ...ownTexts] : own;
  const values = collect(
    valuesOf(texts.model).map((definition) =>
      mapResult(
        valueOf(parameters, parameterName(specs, definition.name), definition, count),
        (value) => [definition.name, value] as const,
      ),
    ),
  );
  if (!values.ok) return values;
  return mapResult(oneOrEach(parameters, 'delay', count), (delaySeconds) => ({
    model: texts.model,
    method: texts.method,
    weight: dimensionOfUnit(request.weightUnit),
    pathways: [{ ...pre, delaySeconds }, ...(texts.onPost.trim() === '' ? [] : [post])],
    initial: new Map(values.value),
  }));
}

/** One value where the synapses share it, else one per synapse. */
function valueOf(
  parameters: ParameterReader,
  name: string,
  { flags, type }: Definition,
  count: number,
): Result<number | Float64Array> {
  if (!flags.includes('shared')) return oneOrEach(parameters, name, count);
  return ok(type === 'boolean' ? Number(parameters.flag(name)) : parameters.number(name));
}

function oneOrEach(parameters: ParameterReader, name: string, count: number): Result<number | Float64Array> {
  const one = parameters.constant(name);
  return one === undefined ? parameters.vector(name, count) : ok(one);
}
