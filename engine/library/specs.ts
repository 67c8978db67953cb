/** Short ways to write parameter specifications of library kinds. */
import { methodChoices } from '../build/method-choices.ts';
import type { Choice, ParameterSpec } from '../model/kind.ts';

type Extras = Partial<Omit<ParameterSpec, 'name' | 'title' | 'description' | 'type' | 'unit' | 'default'>>;

/** A quantity with unit and default in that unit. */
export function quantity(
  name: string,
  title: string,
  value: number,
  unit: string,
  description: string,
  extras: Extras = {},
): ParameterSpec {
  return { name, title, description, type: 'quantity', unit, default: value, ...extras };
}

/** A whole number. */
export function integer(
  name: string,
  title: string,
  value: number,
  description: string,
  extras: Extras = {},
): ParameterSpec {
  return { name, title, description, type: 'integer', default: value, ...extras };
}

/** A named choice. */
export function choice(
  name: string,
  title: string,
  value: string,
  choices: readonly Choice[],
  description: string,
  extras: Extras = {},
): ParameterSpec {
  return { name, title, description, type: 'choice', default: value, choices, ...extras };
}

/** Yes or no. */
export function flag(
  name: string,
  title: string,
  value: boolean,
  description: string,
  extras: Extras = {},
): ParameterSpec {
  return { name, title, description, type: 'boolean', default: value, ...extras };
}

/** How descriptions of matrices end that say what happens without them: "…; drawn when absent." */
const whenAbsent = /[.;:] ([^.;:]+) when absent\.$/u;

/** A matrix that may be left out; `absent` says what is taken instead, unless its description ends with that. */
export function matrix(
  name: string,
  title: string,
  unit: string,
  description: string,
  extras: Extras = {},
): ParameterSpec {
  const absent = whenAbsent.exec(description)?.[1];
  return {
    ...{ name, title, description, type: 'matrix', unit, default: null },
    ...(absent === undefined ? {} : { absent }),
    ...extras,
  };
}

/** Number of cells, shown on the block. */
export function sizeParameter(value: number): ParameterSpec {
  return integer('size', 'cells', value, 'Number of cells.', { minimum: 1, maximum: 1_000_000, favourite: true });
}

/** Choice of the integration method; the first one is the default. */
export function methodParameter(methods: readonly [string, ...string[]]): ParameterSpec {
  const choices = methods.flatMap((id) => methodChoices.find(({ value }) => value === id) ?? []);
  const text = 'How the equations are advanced by one step.';
  return choice('method', 'integration', methods[0], choices, text, { group: 'Integration' });
}
