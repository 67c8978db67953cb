/** Neuron equations of the user in place of those of a Brian layer: which names they may use, and the states they bring. */
import { problem, type Problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { PopulationSignals } from '../../build/population/definition.ts';
import type { Definition } from '../../equations/model-equations.ts';
import { parseModel } from '../../equations/parse-model.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { stateOf } from '../neurons/equation-parameters.ts';

/** Parameter that holds the equations; empty = those of the kind. */
export const ownEquations: ParameterSpec = {
  name: 'neuron_eq',
  title: 'own equations',
  description:
    'Equations in place of those of the layer, one per line. They may declare I_bias, tau_m, r_m, v_rest, v_thresh, v_reset and the synaptic time constants, which get the values of the layer, and read the input as I_inp(t, i). A variable v is needed; synaptic currents that are left out are those of the layer. Empty: the equations of the layer.',
  type: 'text',
  default: '',
  group: 'Equations',
};

/** Names of Rockpool's equations, with what gives them their values; those of the synapses depend on the layer. */
const layerNames: ReadonlyMap<string, string> = new Map([
  ['I_bias', 'bias'],
  ['tau_m', 'tau_mem'],
  ['r_m', '1*ohm'],
  ['v_rest', 'v_rest'],
  ['v_thresh', 'v_thresh'],
  ['v_reset', 'v_reset'],
]);

/** Names under which the time constant of the only synaptic current is known, too. */
const onlyTimeConstant = ['tau_syn', 'tau_s', 'tau_syn_r'];

/**
 * The equations of the user with the values of the layer for the parameters that they declare; every character keeps its
 * place. `input` is the expression of the sampled input current.
 */
export function userModel(text: string, currents: Readonly<Record<string, string>>, input: string): string {
  const given = namesFor(currents);
  const added = [`I_inp = ${input} : amp`];
  const lines = text
    .replace(/\bI_inp\s*\(\s*t\s*,\s*i\s*\)/gu, (call) => 'I_inp'.padEnd(call.length))
    .split('\n')
    .map((line) => {
      const [, name = '', unit = ''] = declaration.exec(line) ?? [];
      const value = given.get(name);
      if (value === undefined) return line;
      if (value !== name) added.push(`${name} = ${value} : ${unit}`);
      return ' '.repeat(line.length);
    });
  return [...lines, ...added, ...lackingCurrents(text, currents)].join('\n');
}

/** Synaptic currents that the text leaves to the layer decay exponentially. */
function lackingCurrents(text: string, currents: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(currents)
    .filter(([name]) => !new RegExp(String.raw`\bd${name}\s*/\s*dt\b|^\s*${name}\s*[:=]`, 'mu').test(text))
    .map(([name, tau]) => `d${name}/dt = -${name}/${tau} : amp`);
}

/** `name : unit`, without flags and comment. */
const declaration = /^\s*(\w+)\s*:\s*([^(#]+)/u;

function namesFor(currents: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const taus = Object.values(currents);
  const [only, ...others] = taus;
  const short = only === undefined || others.length > 0 ? [] : onlyTimeConstant.map((name) => [name, only] as const);
  return new Map([...layerNames, ...short, ...taus.map((name) => [name, name] as const)]);
}

/** States that the equations of the user bring besides those named. */
export function ownStates(text: string, known: readonly StateSpec[]): readonly StateSpec[] {
  const parsed = text === '' ? undefined : parseModel(text);
  if (parsed?.ok !== true) return [];
  const isState = ({ kind, name }: Definition): boolean =>
    kind !== 'subexpression' && !layerNames.has(name) && !known.some((state) => state.name === name);
  return parsed.value.definitions
    .filter((definition) => isState(definition) && !/^tau_/u.test(definition.name))
    .map(stateOf);
}

/** Problems of the equations placed at the text of the user. */
export function placedAtText<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const moved = (found: Problem): Problem =>
    found.at?.path === 'equations' ? { ...found, at: { ...found.at, path: `parameters.${ownEquations.name}` } } : found;
  return failed(...result.problems.map(moved));
}

/** The population, or the Problem that a variable which spikes or the layer act on is missing. */
export function checkOwnStates(
  expanded: Result<PopulationSignals>,
  element: string,
  currents: readonly string[],
): Result<PopulationSignals> {
  if (!expanded.ok) return expanded;
  const missing = ['v', ...currents].find((name) => expanded.value.states[name] === undefined);
  if (missing === undefined) return ok(expanded.value);
  return failed(
    problem('equations/unknown-name', `The own equations have no variable ${missing}.`, {
      hint: `Add an equation d${missing}/dt = ….`,
      at: { element, path: `parameters.${ownEquations.name}` },
    }),
  );
}
