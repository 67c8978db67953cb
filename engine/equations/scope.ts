/** Scope: what the names in an equation stand for, in the order in which they are looked up (rule E14 of SPEC.md). */
import { dimensionless, dimensionOf, type Dimension } from '../units/dimension.ts';
import { equationUnitNames } from '../units/equation-units.ts';
import { fixedValue, mathematicalConstants } from './constants.ts';
import { subexpressionExtents, type Extent } from './extent.ts';
import { builtinFunctions } from './functions.ts';
import type { Definition, ModelEquations, ValueType } from './model-equations.ts';

/** A name from outside the model: a constant of the namespace, an input port, a variable of another group. */
export interface ExternalName {
  readonly dimension: Dimension;
  /** Default float. */
  readonly type?: ValueType;
  /** The number in SI units where it is fixed, so that it may be the exponent of a quantity. */
  readonly value?: number;
  /** Statements may write to it. Default false. */
  readonly writable?: boolean;
}

/** A function from outside the model, such as an array of values over time: `I(t)`, `I(t, i)`. */
export interface ExternalFunction {
  readonly arguments: readonly Dimension[];
  /** How many of the last arguments may be left out. Default 0. */
  readonly optional?: number;
  readonly dimension: Dimension;
}

/** What surrounds a model. */
export interface Environment {
  readonly names: ReadonlyMap<string, ExternalName>;
  readonly functions?: ReadonlyMap<string, ExternalFunction>;
}

export interface NameInfo {
  readonly kind: 'state' | 'parameter' | 'subexpression' | 'fixed' | 'special' | 'noise' | 'external' | 'temporary';
  readonly dimension: Dimension;
  readonly type: ValueType;
  /** The number in SI units where it is known. */
  readonly value: number | undefined;
  readonly writable: boolean;
  /** Why it cannot be written, as the middle of a sentence, where its kind does not tell. */
  readonly refusal?: string;
  /** Of what is written out in its place. */
  readonly extent?: Extent;
}

export interface Scope {
  find(name: string): NameInfo | undefined;
  findFunction(name: string): ExternalFunction | undefined;
  /** All names there are to suggest from, functions included. */
  readonly known: () => Iterable<string>;
}

const time = dimensionOf({ s: 1 });
const specials: ReadonlyMap<string, NameInfo> = new Map([
  ['t', special(time, 'float')],
  ['dt', special(time, 'float')],
  ['t_in_timesteps', special(dimensionless, 'integer')],
  ['i', special(dimensionless, 'integer')],
  ['N', special(dimensionless, 'integer')],
]);

/** The scope inside the expressions of a model. Noise (`xi`, `xi_name`) is there only in equations. */
export function createScope(
  model: ModelEquations | undefined,
  environment: Environment,
  where: 'equations' | 'code',
): Scope {
  const definitions = model?.definitions ?? [];
  const extents = subexpressionExtents(definitions);
  const defined = new Map(
    definitions.map((definition) => [definition.name, definedName(definition, extents.get(definition.name))]),
  );
  const { names, functions = new Map<string, ExternalFunction>() } = environment;
  return {
    find: (name) =>
      defined.get(name) ?? noise(name, where) ?? specials.get(name) ?? fixed(name) ?? external(names, name),
    findFunction: (name) => functions.get(name),
    known: () => [
      ...[defined, names, functions, specials, mathematicalConstants, builtinFunctions].flatMap((table) => [
        ...table.keys(),
      ]),
      ...equationUnitNames(),
    ],
  };
}

/** The scope with temporaries in front, which are looked up first. */
export function withTemporaries(scope: Scope, temporaries: ReadonlyMap<string, NameInfo>): Scope {
  return {
    find: (name) => temporaries.get(name) ?? scope.find(name),
    findFunction: (name) => scope.findFunction(name),
    known: () => [...temporaries.keys(), ...scope.known()],
  };
}

/** The scope of statements that run for single cells: what all cells share cannot be written there. */
export function forSingleCells(scope: Scope, { definitions }: ModelEquations): Scope {
  const shared = new Set(definitions.filter(({ flags }) => flags.includes('shared')).map(({ name }) => name));
  const refusal = 'is shared by all cells, which do not all react,';
  return {
    ...scope,
    find(name) {
      const found = scope.find(name);
      return found?.writable === true && shared.has(name) ? { ...found, writable: false, refusal } : found;
    },
  };
}

function special(dimension: Dimension, type: ValueType): NameInfo {
  return { kind: 'special', dimension, type, value: undefined, writable: false };
}

function definedName(definition: Definition, extent: Extent | undefined): NameInfo {
  const kind = definition.kind === 'differential' ? 'state' : definition.kind;
  const source = definition.flags.includes('linked') ? 'another element' : 'connections';
  const refusal = isFed(definition) ? { refusal: `takes its value from ${source}` } : {};
  return {
    kind,
    dimension: definition.unit,
    type: definition.type,
    value: undefined,
    writable: kind !== 'subexpression' && !isFed(definition),
    ...refusal,
    ...(extent && { extent }),
  };
}

/** Whether the values come from elsewhere in every step. */
function isFed({ flags }: Definition): boolean {
  return flags.includes('linked') || flags.includes('input');
}

function noise(name: string, where: 'equations' | 'code'): NameInfo | undefined {
  if (where === 'code' || !isNoise(name)) return undefined;
  return { kind: 'noise', dimension: dimensionOf({ s: -0.5 }), type: 'float', value: undefined, writable: false };
}

/** Whether a name stands for white noise: `xi`, or `xi_` and a name of its own. */
export function isNoise(name: string): boolean {
  return name === 'xi' || name.startsWith('xi_');
}

function fixed(name: string): NameInfo | undefined {
  const found = fixedValue(name);
  return found === undefined
    ? undefined
    : { kind: 'fixed', dimension: found.dimension, type: 'float', value: found.value, writable: false };
}

function external(names: ReadonlyMap<string, ExternalName>, name: string): NameInfo | undefined {
  const found = names.get(name);
  if (found === undefined) return undefined;
  const { dimension, type = 'float', value, writable = false } = found;
  return { kind: 'external', dimension, type, value, writable };
}
