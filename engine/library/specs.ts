/** Short ways to write parameter specifications of library kinds. */
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

/** A matrix that may be given instead of a generated one. */
export function matrix(
  name: string,
  title: string,
  unit: string,
  description: string,
  extras: Extras = {},
): ParameterSpec {
  return { name, title, description, type: 'matrix', unit, default: null, ...extras };
}

/** Number of cells, shown on the block. */
export function sizeParameter(value: number): ParameterSpec {
  return integer('size', 'cells', value, 'Number of cells.', { minimum: 1, maximum: 1_000_000, favourite: true });
}

const methodTitles = {
  'exponential-euler': 'exponential Euler',
  euler: 'forward Euler',
  rk2: 'Runge–Kutta 2 (midpoint)',
  rk4: 'Runge–Kutta 4',
} as const;
type MethodId = keyof typeof methodTitles;

/** Choice of the integration method; the first one is the default. */
export function methodParameter(methods: readonly [MethodId, ...MethodId[]]): ParameterSpec {
  const choices = methods.map((value) => ({ value, title: methodTitles[value] }));
  const text = 'How the equations are advanced by one step.';
  return choice('method', 'integration', methods[0], choices, text, { group: 'Integration' });
}
