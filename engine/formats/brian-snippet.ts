/** A Brian 2 snippet taken apart: the group it makes, the strings and values it names, what it says about the group later. */
import type { PopulationTextName } from '../equations/population-text.ts';
import {
  pythonArguments,
  pythonStatements,
  pythonString,
  sourceOf,
  type PythonArgument,
  type PythonToken,
} from './python-text.ts';

export interface Snippet {
  readonly source: string;
  /** Strings by the name they were given; one that stands alone has the name "". */
  readonly strings: Map<string, string>;
  /** Other expressions by the name they were given. */
  readonly values: Map<string, string>;
  group: GroupCall | undefined;
  /** Initial values by variable. */
  readonly initial: Record<string, string>;
  /** Texts that follow from what is done with the group. */
  readonly actions: Partial<Record<PopulationTextName, string>>;
  readonly notTaken: string[];
}

interface GroupCall {
  /** The variable that holds it. */
  readonly name: string | undefined;
  readonly arguments: readonly PythonArgument[];
}

/** Calls and statements that say nothing about the neuron and need no mention. */
const silent = /^(?:from|import|start_scope|prefs|seed|set_device|%|print|run\b|show\b|plot\b|figure\b)/u;

/** Reads a snippet; what is not understood goes to `notTaken`. */
export function readSnippet(source: string): Snippet {
  const snippet: Snippet = {
    source,
    strings: new Map(),
    values: new Map(),
    group: undefined,
    initial: {},
    actions: {},
    notTaken: [],
  };
  for (const tokens of pythonStatements(source)) {
    const text = sourceOf(source, tokens);
    const taken = takeGroup(snippet, tokens) || takeName(snippet, tokens) || takeMember(snippet, tokens);
    if (!taken && !silent.test(text)) snippet.notTaken.push(shortened(text));
  }
  return snippet;
}

/** `G = NeuronGroup(…)` or the call alone. */
function takeGroup(snippet: Snippet, tokens: readonly PythonToken[]): boolean {
  const at = tokens.findIndex(({ text }) => text === 'NeuronGroup');
  if (at < 0 || tokens[at + 1]?.text !== '(' || tokens.at(-1)?.text !== ')') return false;
  const name = tokens[1]?.text === '=' ? tokens[0]?.text : undefined;
  if (snippet.group === undefined) snippet.group = { name, arguments: pythonArguments(tokens.slice(at + 2, -1)) };
  else snippet.notTaken.push('a second NeuronGroup');
  return true;
}

/** A string that stands alone, or `NAME = …`. */
function takeName(snippet: Snippet, tokens: readonly PythonToken[]): boolean {
  const alone = pythonString(tokens);
  if (alone !== undefined) snippet.strings.set('', alone);
  const [name, sign, ...value] = tokens;
  if (name?.kind !== 'name' || sign?.text !== '=') return alone !== undefined;
  return takeValue(snippet, name.text, value);
}

/** What calls something is no value. */
function takeValue({ source, strings, values }: Snippet, name: string, value: readonly PythonToken[]): boolean {
  if (value.length === 0 || (value[0]?.kind === 'name' && value[1]?.text === '(')) return false;
  const string = pythonString(value);
  if (string === undefined) values.set(name, sourceOf(source, value));
  else strings.set(name, string);
  return true;
}

/** `G.v = -60*mV`, `G.run_regularly('…')`. */
function takeMember(snippet: Snippet, tokens: readonly PythonToken[]): boolean {
  const [owner, dot, member, sign, ...rest] = tokens;
  if (owner?.text !== snippet.group?.name || dot?.text !== '.' || member === undefined) return false;
  if (sign?.text === '=') return takeInitial(snippet, member.text, rest);
  return member.text === 'run_regularly' && takeRegular(snippet, rest.slice(0, -1));
}

/** Initial values of all cells, the same or each its own; not lists and slices. */
function takeInitial({ source, initial }: Snippet, variable: string, value: readonly PythonToken[]): boolean {
  const text = pythonString(value) ?? sourceOf(source, value);
  if (text.includes('[')) return false;
  initial[variable] = text;
  return true;
}

function takeRegular({ actions }: Snippet, tokens: readonly PythonToken[]): boolean {
  const [first, ...others] = pythonArguments(tokens);
  const code = first === undefined ? undefined : pythonString(first.tokens);
  if (code === undefined || others.length > 0) return false;
  actions.every_step = code;
  return true;
}

/** The beginning of a text, to be named in a sentence. */
export function shortened(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > 48 ? `${first.slice(0, 45)}…` : first;
}
