/** A Brian 2 snippet read as the texts of an equation neuron: `NeuronGroup(…)` with the values and strings around it. */
import { readConstants } from '../equations/constants-text.ts';
import type { Evaluation } from '../equations/evaluate.ts';
import type { PopulationTextName } from '../equations/population-text.ts';
import { functionTable } from '../math/function-table.ts';
import { readSnippet, shortened, type Snippet } from './brian-snippet.ts';
import { pythonEntries, pythonString, sourceOf, type PythonArgument, type PythonToken } from './python-text.ts';

export interface BrianNeuron {
  readonly size: number | undefined;
  readonly texts: Readonly<Partial<Record<PopulationTextName, string>>>;
  /** Name of the integration method as Brian writes it. */
  readonly method: string | undefined;
  /** Initial values by variable, as quantities in the equation language (`-60*mV`). */
  readonly initial: Readonly<Record<string, string>>;
  /** What the snippet says and the neuron does not have, a phrase each. */
  readonly notTaken: readonly string[];
}

/** Whether a text is Python around a model rather than a model. */
export function looksLikeBrian(text: string): boolean {
  return /\bNeuronGroup\s*\(|'''|"""/u.test(text);
}

/** The neuron of a snippet; undefined when there is neither a NeuronGroup nor a string that could be a model. */
export function readBrianNeuron(source: string): BrianNeuron | undefined {
  const snippet = readSnippet(source);
  const { group } = snippet;
  if (group === undefined) return bareModel(snippet);
  const taken = takeArguments(snippet, group.arguments);
  const texts = { ...taken.texts, ...snippet.actions };
  const constants = usedConstants(snippet, [...Object.values(texts), ...Object.values(snippet.initial)]);
  return {
    size: taken.size,
    texts: constants.text === '' ? texts : { ...texts, constants: constants.text },
    method: taken.method,
    initial: snippet.initial,
    notTaken: [...taken.notTaken, ...snippet.notTaken, ...constants.notTaken],
  };
}

interface Taken {
  readonly size: number | undefined;
  readonly method: string | undefined;
  readonly texts: Readonly<Partial<Record<PopulationTextName, string>>>;
  readonly notTaken: readonly string[];
}

const fields: Readonly<Record<string, PopulationTextName>> = {
  model: 'model',
  threshold: 'threshold_condition',
  reset: 'reset_statements',
  refractory: 'refractory_period',
};
const positions = ['N', 'model', 'method', 'threshold', 'reset', 'refractory', 'events'] as const;
const ignored = new Set(['name', 'order', 'dtype', 'codeobj_class']);

function takeArguments(snippet: Snippet, given: readonly PythonArgument[]): Taken {
  const texts: Partial<Record<PopulationTextName, string>> = {};
  const notTaken: string[] = [];
  let size: number | undefined;
  let method: string | undefined;
  given.forEach(({ name, tokens }, index) => {
    const key = name ?? positions[index] ?? '';
    const text = textOfArgument(snippet, tokens);
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (key === 'N') size = sizeOf(snippet, text);
    else if (key === 'method') method = text;
    else if (field !== undefined) texts[field] = text;
    else if (!takeEntries(snippet, key, tokens, texts)) notTaken.push(`${key}=${shortened(text)}`);
  });
  return { size, method, texts, notTaken };
}

/** A string, the string of a name, or an expression as it stands. */
function textOfArgument({ source, strings }: Snippet, tokens: readonly PythonToken[]): string {
  const parts = tokens.filter(({ text }) => text !== '+');
  const known = parts.map(({ kind, value, text }) => (kind === 'string' ? value : strings.get(text)));
  if (parts.length > 0 && known.every((part) => part !== undefined)) return tidied(known.join('\n'));
  return sourceOf(source, tokens);
}

function sizeOf({ values }: Snippet, text: string): number | undefined {
  const size = Number(values.get(text) ?? text);
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

/** Dicts, and what means nothing here. */
function takeEntries(
  snippet: Snippet,
  key: string,
  tokens: readonly PythonToken[],
  texts: Partial<Record<PopulationTextName, string>>,
): boolean {
  if (key === 'events') return takeEvents(tokens, texts);
  return key === 'namespace' ? takeNamespace(snippet, tokens) : ignored.has(key);
}

function takeEvents(tokens: readonly PythonToken[], texts: Partial<Record<PopulationTextName, string>>): boolean {
  const entries = pythonEntries(tokens);
  if (entries === undefined) return false;
  const lines = entries.map(([name, value]) => `${name}: ${pythonString(value) ?? ''} ->`);
  texts.custom_events = lines.join('\n');
  return true;
}

function takeNamespace({ source, values }: Snippet, tokens: readonly PythonToken[]): boolean {
  const entries = pythonEntries(tokens);
  for (const [name, value] of entries ?? []) values.set(name, sourceOf(source, value));
  return entries !== undefined;
}

/** The constants that the texts mention, and those that these need, in the order of the snippet. */
function usedConstants(
  { values }: Snippet,
  texts: readonly string[],
): { readonly text: string; readonly notTaken: readonly string[] } {
  const wanted = new Set<string>();
  const want = (text: string): void => {
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/gu)) {
      const value = values.get(name);
      if (value === undefined || wanted.has(name)) continue;
      wanted.add(name);
      want(value);
    }
  };
  texts.forEach(want);
  const lines: string[] = [];
  const notTaken: string[] = [];
  for (const [name, value] of values) {
    if (!wanted.has(name)) continue;
    const line = `${name} = ${value}`;
    if (readConstants([...lines, line].join('\n'), call).ok) lines.push(line);
    else notTaken.push(shortened(line));
  }
  return { text: lines.join('\n'), notTaken };
}

/** The value of a function of numbers in a constant. */
export const call: Evaluation['call'] = (name, values) => {
  const own = Object.hasOwn(choosing, name) ? choosing[name] : undefined;
  if (own !== undefined) return own(values);
  return functionTable[name as keyof typeof functionTable](Number(values[0] ?? 0), Number(values[1] ?? 0));
};

/** Functions that choose among their arguments. */
const choosing: Readonly<Record<string, (values: readonly (number | boolean)[]) => number>> = {
  int: ([value]) => Math.trunc(Number(value)),
  min: (values) => Math.min(...values.map(Number)),
  max: (values) => Math.max(...values.map(Number)),
  clip: ([value, low, high]) => Math.min(Math.max(Number(value), Number(low)), Number(high)),
  where: ([condition, yes, no]) => Number(condition === true ? yes : no),
};

/** A string alone is a model. */
function bareModel({ strings, values, notTaken }: Snippet): BrianNeuron | undefined {
  const model = [...strings.values()].find((text) => /:/u.test(text));
  if (model === undefined) return undefined;
  const snippetValues = [...values].map(([name, value]) => `${name} = ${value}`);
  const constants = snippetValues.filter((line) => readConstants(line, call).ok).join('\n');
  const texts = constants === '' ? { model: tidied(model) } : { model: tidied(model), constants };
  return { size: undefined, texts, method: undefined, initial: {}, notTaken };
}

/** Without the indentation that all lines share, and without blank lines at both ends. */
function tidied(text: string): string {
  const lines = text.replaceAll('\t', '    ').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const least = Math.min(...(lines.length > 1 && lines[0]?.trim() !== '' ? [0] : indents));
  const common = Number.isFinite(least) ? least : 0;
  return lines
    .map((line) => line.slice(Math.min(common, line.length - line.trimStart().length)).trimEnd())
    .join('\n')
    .replaceAll(/^\n+|\n+$/gu, '')
    .replaceAll(/^[ ]+(?=\S)/gmu, lines.length > 1 && lines[0]?.trim() !== '' ? '' : '$&');
}
