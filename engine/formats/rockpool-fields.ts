/** Fields of saved Rockpool layers: how an entry of the dictionary becomes parameters of a kind, and the other way round. */
import type { ResolvedValue } from '../model/validated.ts';
import type { ParameterValue } from '../model/value.ts';
import type { LayerValue } from './rockpool-network.ts';
import { matrixFrom, numbersOf, quantityFrom, rowsOf, shelved, type ArrayShelf } from './rockpool-values.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** A layer of a document that is printed. */
export interface PrintedParameters {
  /** All parameters in SI units. */
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  readonly timeStepSeconds: number;
  /** Numbers of values in lists that Rockpool saves for every cell. */
  readonly cells: number;
  readonly inputs: number;
}

export interface RockpoolField {
  /** Entry of the dictionary. */
  readonly key: string;
  /** Parameters of the kind that it tells; none where it has no effect on the layer. */
  readonly parameters: readonly string[];
  /** What the entry says; undefined where it cannot be that entry. */
  read(value: LayerValue, shelf: ArrayShelf): Parameters | undefined;
  /** The entry of a layer; undefined where the parameters cannot be said. */
  write(layer: PrintedParameters): LayerValue | undefined;
}

/** A matrix of weights. */
export function weightsField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read(value, shelf) {
      const matrix = matrixFrom(value);
      return matrix && { [parameter]: shelved(matrix, '', shelf) };
    },
    write: ({ parameters }) => rowsOf(parameters[parameter]),
  };
}

/** How lists are saved: as they were given, or with a value for every cell. */
type Lists = 'given' | 'everyCell';

/** Numbers in `unit` ('' or 's') that Rockpool saves as a list. */
export function listField(key: string, unit: string, lists: Lists = 'everyCell', parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read: (value, shelf) => only(parameter, quantityFrom(value, unit, shelf)),
    write({ parameters, cells }) {
      const values = numbersOf(parameters[parameter]);
      if (values?.length !== 1 || lists === 'given') return values;
      return Array<number>(cells).fill(values[0] as number);
    },
  };
}

/** A number in `unit`, or a list of them, saved as it was given. */
export function numberField(key: string, unit: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read: (value, shelf) => only(parameter, quantityFrom(value, unit, shelf)),
    write({ parameters }) {
      const value = parameters[parameter];
      return typeof value === 'number' ? value : numbersOf(value);
    },
  };
}

/** A time of which 0 stands for one step; Rockpool saves the step. */
export function stepsField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read: (value) => (typeof value === 'number' ? { [parameter]: { value, unit: 's' } } : undefined),
    write: ({ parameters, timeStepSeconds }) => (parameters[parameter] as number) || timeStepSeconds,
  };
}

/** A whole number. */
export function countField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read: (value) => (typeof value === 'number' ? { [parameter]: value } : undefined),
    write: ({ parameters }) => parameters[parameter] as number,
  };
}

/** Yes or no. */
export function flagField(key: string, parameter = key): RockpoolField {
  return {
    ...{ key, parameters: [parameter] },
    read: (value) => (typeof value === 'boolean' ? { [parameter]: value } : undefined),
    write: ({ parameters }) => parameters[parameter] === true,
  };
}

/** What is saved and has no effect on the layer. */
export function idleField(key: string, written: (layer: PrintedParameters) => LayerValue): RockpoolField {
  return { key, parameters: [], read: () => ({}), write: written };
}

/** Numbers that are null where they are switched off; `on` and `off` are the values of the switch. */
export function optionalField(
  field: RockpoolField,
  choice: { readonly parameter: string; readonly on: ParameterValue; readonly off: ParameterValue },
): RockpoolField {
  const { parameter, on, off } = choice;
  return {
    ...{ key: field.key, parameters: [...field.parameters, parameter] },
    read(value, shelf) {
      if (value === null) return { [parameter]: off };
      const read = field.read(value, shelf);
      return read && { ...read, [parameter]: on };
    },
    write: (layer) => (layer.parameters[parameter] === on ? field.write(layer) : null),
  };
}

function only(parameter: string, value: ParameterValue | undefined): Parameters | undefined {
  return value === undefined ? undefined : { [parameter]: value };
}
