/** Generators of weight matrices as people choose them: what they are called, what they ask for, and the recipe that an array keeps. */
import type { Result } from '../base/result.ts';
import type { ParameterSpec } from './kind.ts';
import type { NumericArray } from './validated.ts';

/** Arguments by the names of the parameters; numbers are in the unit of their parameter. */
export type GeneratorArguments = Readonly<Record<string, number | boolean | string>>;

export interface WeightGenerator {
  readonly id: string;
  readonly title: string;
  /** One sentence: what the matrix is, and whether rows or columns are the givers. */
  readonly summary: string;
  /** Further words under which it is found: the name of the original. */
  readonly keywords: readonly string[];
  /** Whole numbers, numbers without unit, switches, choices and short texts. */
  readonly parameters: readonly ParameterSpec[];
  /** Paper or package that it comes from. */
  readonly source: string;
  /** Nothing is drawn at random: every seed gives the same. */
  readonly fixed?: true;
  /** Matrices that it works on, in words: the one that is there, then others of the project. Without them it makes one from nothing. */
  readonly takes?: readonly string[];
  /** The same matrix for the same arguments, matrices and seed; `generator/invalid` for what is not allowed. */
  generate(given: GeneratorArguments, seed: number, matrices?: readonly NumericArray[]): Result<NumericArray>;
}

/** The generators that are there; the library's registry implements it. */
export interface GeneratorCatalogue {
  find(id: string): WeightGenerator | undefined;
  readonly entries: readonly WeightGenerator[];
}

/** How an array was made. */
export interface WeightRecipe {
  readonly generator: string;
  readonly given: GeneratorArguments;
  readonly seed: number;
}

/** The recipe as the source of an array says it: `erdos-renyi: size = 100, probability = 0.1, seed = 7`. */
export function recipeText({ generator, given, seed }: WeightRecipe): string {
  const all = { ...given, seed };
  return `${generator}: ${Object.entries(all)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(', ')}`;
}

/** Between a change and where the matrix that it was made from came from. */
const madeFrom = ' ← ';

/** The recipe of a change with the source of the matrix that was changed. */
export function changedRecipeText(recipe: WeightRecipe, before: string | undefined): string {
  return `${recipeText(recipe)}${madeFrom}${before ?? 'given'}`;
}

/** The recipe that a source tells; undefined when it tells none of these generators, or a change: it was made once. */
export function readRecipe(source: string | undefined, catalogue: GeneratorCatalogue): WeightRecipe | undefined {
  const [id = '', rest = ''] = (source ?? '').split(': ');
  const generator = catalogue.find(id);
  if (generator === undefined || generator.takes !== undefined) return undefined;
  const told = Object.fromEntries(rest.split(', ').map((part) => part.split(' = ') as [string, string]));
  const given = Object.fromEntries(
    generator.parameters.flatMap(({ name, type }) => {
      const text = told[name];
      return text === undefined ? [] : [[name, valueOf(text, type)] as const];
    }),
  );
  return { generator: id, given, seed: Number(told['seed'] ?? 1) };
}

function valueOf(text: string, type: ParameterSpec['type']): number | boolean | string {
  if (type === 'boolean') return text === 'true';
  return type === 'choice' || type === 'text' ? text : Number(text);
}
