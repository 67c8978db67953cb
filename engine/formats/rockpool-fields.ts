/** Fields of saved Rockpool layers: how an entry of the dictionary becomes parameters of a kind, and the other way round. */
import { fromSi } from '../units/convert.ts';
import type { ArrayRecord } from '../model/document.ts';
import type { ResolvedValue } from '../model/validated.ts';
import type { ParameterValue } from '../model/value.ts';
import type { LayerValue } from './rockpool-network.ts';
import {
  equalRows,
  givenNumbers,
  matrixFrom,
  numbersOf,
  quantityFrom,
  rowsOf,
  shelved,
  type ArrayShelf,
} from './rockpool-values.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;
type Values = Readonly<Record<string, LayerValue>>;

/** A layer of a document that is printed. */
export interface PrintedParameters {
  /** All parameters in SI units. */
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  /** Those that the document has, with the units in which they stand there. */
  readonly given: Parameters;
  readonly arrays: Readonly<Record<string, ArrayRecord>>;
  readonly timeStepSeconds: number;
  /** Numbers of values in lists that Rockpool saves for every cell. */
  readonly cells: number;
  readonly inputs: number;
}

export interface RockpoolField {
  /** Entry of the dictionary. */
  readonly key: string;
  /** Another name of the entry: the constructor's, where the dictionary has another. */
  readonly also?: string;
  /** Parameters of the kind that it tells; none where it has no effect on the layer. */
  readonly parameters: readonly string[];
  /** What it may be, for people. */
  readonly takes: string;
  /** What the constructor takes where there is no such entry; absent: there has to be one. */
  readonly otherwise?: LayerValue;
  /** Rockpool leaves it out of its files though the layer needs it. */
  readonly lost?: true;
  /** It is left out where it is null. */
  readonly brief?: true;
  /** What the entry says, among the others of its layer; undefined where it cannot be that entry. */
  read(value: LayerValue, shelf: ArrayShelf, values: Values): Parameters | undefined;
  /** The entry of a layer; undefined where the parameters cannot be said. */
  write(layer: PrintedParameters): LayerValue | undefined;
}

/** The same field, which may be missing: the constructor then takes `otherwise`. */
export function orElse(otherwise: LayerValue, field: RockpoolField): RockpoolField {
  return { ...field, otherwise };
}

/** Fields that may be missing, each with what the constructor takes then. */
export function withDefaults(fields: readonly (readonly [LayerValue, RockpoolField])[]): readonly RockpoolField[] {
  return fields.map(([otherwise, field]) => orElse(otherwise, field));
}

const rows = 'rows of numbers, all of one length';
const numbers = 'a number or a list of numbers';

/** A matrix of weights in `unit`. */
export function weightsField(key: string, parameter = key, unit = ''): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: rows },
    read(value, shelf) {
      const matrix = matrixFrom(value);
      return matrix && { [parameter]: shelved(matrix, unit, shelf) };
    },
    write: (layer) => matrixIn(layer, parameter, unit),
  };
}

/** A matrix of a layer as rows in `unit`; undefined where there is none. */
export function matrixIn(layer: PrintedParameters, parameter: string, unit: string): LayerValue | undefined {
  const rows = rowsOf(layer.parameters[parameter]);
  if (unit === '' || rows === undefined) return rows;
  const values = numbersIn(layer, parameter, unit) ?? [];
  const columns = rows[0]?.length ?? 1;
  return rows.map((_, row) => values.slice(row * columns, (row + 1) * columns));
}

/** How lists are saved: as they were given, or with a value for every cell. */
type Lists = 'given' | 'everyCell';

/** Numbers in `unit` that Rockpool saves as a list. */
export function listField(key: string, unit: string, lists: Lists = 'everyCell', parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: numbers },
    read: (value, shelf) => only(parameter, quantityFrom(value, unit, shelf)),
    write(layer) {
      const values = numbersIn(layer, parameter, unit);
      if (values?.length !== 1 || lists === 'given') return values;
      return Array<number>(layer.cells).fill(values[0] as number);
    },
  };
}

/** A number in `unit`, or a list of them, saved as it was given. */
export function numberField(key: string, unit: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: numbers },
    read: (value, shelf) => only(parameter, quantityFrom(value, unit, shelf)),
    write(layer) {
      const values = numbersIn(layer, parameter, unit);
      return typeof layer.parameters[parameter] === 'number' ? values?.[0] : values;
    },
  };
}

/** The numbers of a parameter in `unit`: those that stand in the document in this unit bit by bit, others converted. */
function numbersIn(
  { parameters, given, arrays }: PrintedParameters,
  name: string,
  unit: string,
): readonly number[] | undefined {
  const own = given[name];
  const typed = own === undefined ? undefined : givenNumbers(own, unit, arrays);
  if (typed !== undefined) return typed;
  const resolved = numbersOf(parameters[name]);
  return unit === '' ? resolved : resolved?.map((value) => fromSi(value, unit));
}

/** A time of which 0 stands for one step; Rockpool saves the step. */
export function stepsField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: 'a number of seconds' },
    read: (value) => (typeof value === 'number' ? { [parameter]: { value, unit: 's' } } : undefined),
    write: ({ parameters, timeStepSeconds }) => (parameters[parameter] as number) || timeStepSeconds,
  };
}

/** A whole number. */
export function countField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: 'a whole number' },
    read: (value) => (typeof value === 'number' ? { [parameter]: value } : undefined),
    write: ({ parameters }) => parameters[parameter] as number,
  };
}

/** Yes or no. */
export function flagField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: 'true or false' },
    read: (value) => (typeof value === 'boolean' ? { [parameter]: value } : undefined),
    write: ({ parameters }) => parameters[parameter] === true,
  };
}

/** A text of which each stands for a value of a choice; the first of several is written. */
export function namedField(key: string, parameter: string, names: Readonly<Record<string, string>>): RockpoolField {
  return {
    ...{ key, parameters: [parameter], takes: `one of ${Object.keys(names).join(', ')}` },
    read(value) {
      const meant = typeof value === 'string' ? names[value] : undefined;
      return meant === undefined ? undefined : { [parameter]: meant };
    },
    write: ({ parameters }) => Object.keys(names).find((name) => names[name] === parameters[parameter]),
  };
}

/** What is saved and has no effect on the layer. */
export function idleField(key: string, written: (layer: PrintedParameters) => LayerValue): RockpoolField {
  return { key, parameters: [], takes: 'anything', otherwise: null, read: () => ({}), write: written };
}

/** The same field, which is left out where it is null. */
export function brief(field: RockpoolField): RockpoolField {
  return { ...field, brief: true };
}

/** Numbers that are null where they are switched off; `on` and `off` are the values of the switch. */
export function optionalField(
  field: RockpoolField,
  choice: { readonly parameter: string; readonly on: ParameterValue; readonly off: ParameterValue },
): RockpoolField {
  const { parameter, on, off } = choice;
  return {
    ...field,
    parameters: [...field.parameters, parameter],
    read(value, shelf, values) {
      if (value === null) return { [parameter]: off };
      const read = field.read(value, shelf, values);
      return read && { ...read, [parameter]: on };
    },
    write: (layer) => (layer.parameters[parameter] === on ? field.write(layer) : null),
  };
}

/** A value for every connection: one number where all are the same, else a matrix under the other name. */
export function connectionField(
  key: string,
  names: { readonly one: string; readonly each: string; readonly weights: string },
): RockpoolField {
  const { one, each, weights } = names;
  return {
    ...{ key, parameters: [one, each], takes: `a number of seconds, or ${rows}` },
    read(value, shelf) {
      if (typeof value === 'number') return { [one]: { value, unit: 's' } };
      const matrix = matrixFrom(value);
      if (matrix === undefined) return undefined;
      const [first = 0] = matrix.values;
      return equalRows(matrix) ? { [one]: { value: first, unit: 's' } } : { [each]: shelved(matrix, 's', shelf) };
    },
    write({ parameters, timeStepSeconds }) {
      const own = rowsOf(parameters[each]);
      if (own !== undefined) return own;
      const shared = (parameters[one] as number) || timeStepSeconds;
      return rowsOf(parameters[weights])?.map((row) => row.map(() => shared));
    },
  };
}

function only(parameter: string, value: ParameterValue | undefined): Parameters | undefined {
  return value === undefined ? undefined : { [parameter]: value };
}
