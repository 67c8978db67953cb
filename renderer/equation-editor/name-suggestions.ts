/** Names that can stand in an equation, with what they are: the suggestions of the editor. */
import { builtinFunctions } from '../../engine/equations/functions.ts';
import type { Definition } from '../../engine/equations/model-equations.ts';
import { describeDimension } from '../../engine/units/dimension.ts';
import { equationUnitNames, findEquationUnit } from '../../engine/units/equation-units.ts';

export interface NameSuggestion {
  readonly name: string;
  readonly sort: 'variable' | 'parameter' | 'constant' | 'function' | 'unit' | 'flag' | 'special';
  /** What it is, in a few words. */
  readonly detail: string;
}

const kindWords = {
  differential: ['variable', 'state variable'],
  subexpression: ['variable', 'subexpression'],
  parameter: ['parameter', 'parameter'],
} as const;

/** Units that neuron models use come before all the others. */
const commonUnits = new Set(
  'mV ms nA pA uA nS uS pF nF uF Hz kHz volt amp second siemens farad ohm hertz metre Mohm'.split(' '),
);

const specials: readonly NameSuggestion[] = [
  { name: 't', sort: 'special', detail: 'simulated time' },
  { name: 'dt', sort: 'special', detail: 'time step' },
  { name: 'i', sort: 'special', detail: 'index of the cell' },
  { name: 'N', sort: 'special', detail: 'number of cells' },
  { name: 'xi', sort: 'special', detail: 'white noise, 1/√second' },
  { name: 'pi', sort: 'special', detail: '3.14159…' },
  { name: 'not_refractory', sort: 'special', detail: 'true while the cell is not refractory' },
  { name: 'lastspike', sort: 'special', detail: 'time of the last spike' },
];

const fixed: readonly NameSuggestion[] = [
  ...specials,
  ...[...builtinFunctions].map(([name, { arity }]) => ({
    name,
    sort: 'function' as const,
    detail: `function of ${arity === 0 ? 'nothing' : arity === 1 ? 'one value' : `${arity} values`}`,
  })),
  // Powers of units are written out: metre**2.
  ...[...equationUnitNames()]
    .filter((name) => !/\d$/u.test(name))
    .map((name) => ({
      name,
      sort: 'unit' as const,
      detail: describeDimension(findEquationUnit(name)?.dimension ?? [0, 0, 0, 0, 0, 0, 0]),
    }))
    .sort((left, right) => Number(commonUnits.has(right.name)) - Number(commonUnits.has(left.name))),
];

/** All names for a model with these definitions and constants, the model's own first. */
export function nameSuggestions(
  definitions: readonly Pick<Definition, 'name' | 'kind' | 'unit'>[],
  constants: readonly string[],
): readonly NameSuggestion[] {
  const own = definitions.map(({ name, kind, unit }) => {
    const [sort, words] = kindWords[kind];
    return { name, sort, detail: `${words}, ${describeDimension(unit)}` };
  });
  return [...own, ...constants.map((name) => ({ name, sort: 'constant' as const, detail: 'constant' })), ...fixed];
}

/** How likely a suggestion is meant: own names before functions before common units before all other units. */
export function suggestionBoost({ sort, name }: NameSuggestion): number {
  if (sort === 'variable' || sort === 'parameter' || sort === 'constant') return 20;
  if (sort === 'unit') return commonUnits.has(name) ? 2 : -40;
  return 5;
}

/** Names assigned in a text of `NAME = …` lines. */
export function assignedNames(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*([A-Za-z_]\w*)[ \t]*=/gmu)].map(([, name = '']) => name);
}
