/** From the texts of a population to the parameters, ports and states that it has. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { callFunction } from '../../build/population/known-values.ts';
import type { Definition } from '../../equations/model-equations.ts';
import { parseModel } from '../../equations/parse-model.ts';
import {
  checkPopulationText,
  populationTextNames,
  type CheckedPopulationText,
  type PopulationTextName,
} from '../../equations/population-text.ts';
import { readTables } from '../../equations/tables-text.ts';
import { readEventBlocks, readHandlerBlocks } from '../../equations/text-blocks.ts';
import type { InputPortSpec, KindDescriptor, OutputPortSpec, ParameterSpec, StateSpec } from '../../model/kind.ts';
import { dimensionless, unitOfDimension, type Dimension } from '../../units/dimension.ts';
import { flag, integer, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';

/** What a population shows of itself. */
export type Shape = Pick<KindDescriptor, 'parameters' | 'inputs' | 'outputs' | 'states' | 'equations' | 'textProblems'>;

const groups = { initial: 'Initial values', parameter: 'Parameters', table: 'Tables over time' } as const;

const readBefore = new Map<string, Result<CheckedPopulationText>>();
const keptTexts = 32;

/** Reads and checks all texts of a population; the same result for the same texts. */
export function readTexts(text: (name: PopulationTextName) => string): Result<CheckedPopulationText> {
  const texts = Object.fromEntries(populationTextNames.map((name) => [name, text(name)]));
  const key = JSON.stringify(texts);
  const known = readBefore.get(key);
  if (known !== undefined) return known;
  const read = checkPopulationText(texts as Record<PopulationTextName, string>, callFunction);
  if (readBefore.size >= keptTexts) readBefore.clear();
  readBefore.set(key, read);
  return read;
}

/**
 * The shape that texts give a population, besides its own parameters `own`. Texts that cannot be read give what can be
 * made out of their single lines, so that a slip while typing takes nothing away from the rest.
 */
export function shapeOf(own: readonly ParameterSpec[], text: (name: PopulationTextName) => string): Shape {
  const definitions = definitionsOf(text('model'));
  const read = readTexts(text);
  const outputs = outputsOf(definitions, text);
  const outputNames = new Set(outputs.map(({ name }) => name));
  const states = [...definitions.map(stateOf), ...refractoryStates(text)].filter(({ name }) => !outputNames.has(name));
  return {
    parameters: [...own, ...definitions.flatMap((definition) => parametersOf(own, definition)), ...tablesOf(own, text)],
    inputs: inputsOf(definitions, text, read.ok ? read.value : handlersAlone(definitions, text)),
    outputs,
    states: uniqueByName(states),
    equations: equationsOf(text),
    ...(read.ok ? {} : { textProblems: read.problems }),
  };
}

/**
 * The spike inputs beside definitions of which only the units are kept: a mistake elsewhere leaves the weights their
 * unit, so that no connection is blamed for it.
 */
function handlersAlone(
  definitions: readonly Definition[],
  text: (name: PopulationTextName) => string,
): CheckedPopulationText | undefined {
  const model = definitions.map(({ name, unitText }) => `${name} : ${unitText}`).join('\n');
  const kept: readonly PopulationTextName[] = ['event_handlers', 'constants', 'tables'];
  const read = readTexts((name) => (name === 'model' ? model : kept.includes(name) ? text(name) : ''));
  return read.ok ? read.value : undefined;
}

/** The name of the parameter that holds the first value of a variable: its own, unless the kind has one called so. */
export function parameterName(own: readonly ParameterSpec[], variable: string): string {
  return own.some(({ name }) => name === variable) ? `${variable}_` : variable;
}

/** The definitions of the model, or of those of its lines that can be read alone. */
function definitionsOf(text: string): readonly Definition[] {
  const whole = parseModel(text);
  const found = whole.ok
    ? whole.value.definitions
    : text.split('\n').flatMap((line) => {
        const parsed = parseModel(line);
        return parsed.ok ? parsed.value.definitions : [];
      });
  return uniqueByName(found);
}

function uniqueByName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

/** Parameters that give a definition its values. */
export function parametersOf(own: readonly ParameterSpec[], definition: Definition): readonly ParameterSpec[] {
  const { kind, flags, name } = definition;
  if (kind === 'subexpression' || flags.includes('input') || flags.includes('linked')) return [];
  const perCell = !flags.includes('shared');
  const group = kind === 'differential' ? groups.initial : groups.parameter;
  const title = kind === 'differential' ? `${name} at the start` : name;
  const text = kind === 'differential' ? `Value of ${name} before the first step.` : `The parameter ${name}.`;
  const spec = specOf(parameterName(own, name), title, text, definition, { group, perCell });
  return [kind === 'differential' ? { ...spec, untrainable: true } : spec];
}

function specOf(
  name: string,
  title: string,
  text: string,
  { type, unit, unitText }: Definition,
  { group, perCell }: { readonly group: string; readonly perCell: boolean },
): ParameterSpec {
  if (type === 'float')
    return quantity(name, title, 0, parameterUnit(unit), `${text} Declared as ${unitText}.`, { group, perCell });
  if (type === 'boolean') {
    return perCell
      ? quantity(name, title, 0, '1', `${text} 1 for true, 0 for false.`, { group, perCell, minimum: 0, maximum: 1 })
      : flag(name, title, false, text, { group });
  }
  return perCell
    ? quantity(name, title, 0, '1', `${text} A whole number.`, { group, perCell })
    : integer(name, title, 0, text, { group });
}

/** The unit in which values of a dimension are typed first, as a symbol where there is one that takes prefixes. */
function parameterUnit(dimension: Dimension): string {
  const words = unitOfDimension(dimension);
  return unitSymbols.get(words) ?? words.replaceAll('·', '*');
}

const unitSymbols: ReadonlyMap<string, string> = new Map([
  ['volt', 'V'],
  ['ampere', 'A'],
  ['second', 's'],
  ['siemens', 'S'],
  ['farad', 'F'],
  ['hertz', 'Hz'],
  ['coulomb', 'C'],
  ['metre', 'm'],
]);

function tablesOf(own: readonly ParameterSpec[], text: (name: PopulationTextName) => string): readonly ParameterSpec[] {
  const tables = readTables(text('tables'), new Map(), callFunction);
  if (!tables.ok) return [];
  return [...tables.value.values()].map(({ name, dimension }) =>
    matrix(
      parameterName(own, name),
      `${name} over time`,
      parameterUnit(dimension),
      'Values one after the other in time; with several columns, one per cell.',
      { group: groups.table },
    ),
  );
}

function inputsOf(
  definitions: readonly Definition[],
  text: (name: PopulationTextName) => string,
  checked: CheckedPopulationText | undefined,
): readonly InputPortSpec[] {
  const blocks = readHandlerBlocks(text('event_handlers'));
  const handlers = (blocks.ok ? blocks.value : []).map(({ heading }): InputPortSpec => {
    const weight = checked?.handlers.find(({ port }) => port === heading)?.weight ?? dimensionless;
    return { name: heading, title: heading, types: ['spikes'], accepts: 'synapses', unit: parameterUnit(weight) };
  });
  const values = definitions.flatMap(({ name, flags, unit }): InputPortSpec[] => {
    const port = { name, title: name, types: ['continuous'], unit: parameterUnit(unit) } as const;
    if (flags.includes('linked')) return [{ ...port, accepts: 'channels', required: true }];
    return flags.includes('input') ? [{ ...port, accepts: 'synapses' }] : [];
  });
  return uniqueByName([...handlers, ...values]);
}

function outputsOf(
  definitions: readonly Definition[],
  text: (name: PopulationTextName) => string,
): readonly OutputPortSpec[] {
  const blocks = readEventBlocks(text('custom_events'));
  const events = (blocks.ok ? blocks.value : []).map(({ heading }): OutputPortSpec => ({
    name: heading,
    title: heading,
    type: 'spikes',
    unit: '1',
  }));
  const values = definitions
    .filter(({ flags }) => flags.includes('output'))
    .map(({ name, unit }): OutputPortSpec => ({ name, title: name, type: 'continuous', unit: parameterUnit(unit) }));
  const spikes = text('threshold_condition').trim() === '' ? [] : [spikeOutput];
  return uniqueByName([...spikes, ...events, ...values]);
}

/** A variable as a state that can be probed. */
export function stateOf({ name, unit }: Definition): StateSpec {
  return { name, title: name, unit: parameterUnit(unit) };
}

function refractoryStates(text: (name: PopulationTextName) => string): readonly StateSpec[] {
  if (text('refractory_period').trim() === '') return [];
  return [
    { name: 'not_refractory', title: 'not refractory', unit: '1', holds: 'counts' },
    { name: 'lastspike', title: 'time of the last spike', unit: 's', holds: 'moments' },
  ];
}

function equationsOf(text: (name: PopulationTextName) => string): readonly string[] {
  const lines = text('model')
    .split('\n')
    .map((line) => line.trim());
  const [threshold, reset] = [text('threshold_condition').trim(), text('reset_statements').trim()];
  const reaction =
    threshold === '' ? [] : [`${threshold} → spike${reset === '' ? '' : `, ${reset.replaceAll(/\s*\n\s*/gu, '; ')}`}`];
  return [...lines.filter((line) => line !== ''), ...reaction];
}

/** A specification that must be among those given. */
export function specNamed(specs: readonly ParameterSpec[], name: string): ParameterSpec {
  return defined(
    specs.find((spec) => spec.name === name),
    `parameter ${name}`,
  );
}
