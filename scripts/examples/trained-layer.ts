/** A trainable layer of an example: its numbers in arrays of the project, as they were drawn or as training left them. */
import { readFileSync } from 'node:fs';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readNpz } from '../../engine/formats/npz.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import { connection, element, quantity } from './describe.ts';

/** Weights, biases and time constants (in seconds) by the names of the parameters. */
export type LayerNumbers = ReadonlyMap<string, ArrayLike<number>>;

/** What a layer is apart from its numbers. */
export interface LayerForm {
  readonly kind: string;
  /** Shape of every parameter that has numbers. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly more?: Readonly<Record<string, string | number>>;
}

export interface NamedLayer {
  readonly id: string;
  readonly name: string;
  readonly numbers: LayerNumbers;
  /** An objective stands at it, and training may change all its numbers. */
  readonly learns?: boolean;
}

/** Least time constant, eleven steps of the examples. */
const leastMilliseconds = 11;

/** The objective of a layer that learns what the element `wanted` says: squared error, taken down by Adam. */
export function objectiveOf(layer: NamedLayer, epochs: number, place: readonly [number, number]) {
  const parameters = {
    ...{ epochs, learning_rate: quantity(0.003, '1') },
    tau_least: quantity(leastMilliseconds, 'ms'),
  };
  return {
    element: element('objective', 'readouts/objective', 'Objective', place, parameters),
    connections: [
      connection('objective-prediction', 'wire', `${layer.id}.out`, 'objective.prediction'),
      connection('objective-target', 'wire', 'wanted.out', 'objective.target'),
    ],
  };
}

/** The element at a place, and the arrays it refers to. */
export function layerElement(
  form: LayerForm,
  { id, name, numbers, learns }: NamedLayer,
  place: readonly [number, number],
) {
  const arrays: Record<string, ArrayRecord> = {};
  const parameters = [...numbers].map(([parameter, values]) => {
    const shape = defined(form.shapes[parameter], parameter);
    const array = encodeArray(values, shape, { dtype: 'float32', source: `${parameter}, ${name.toLowerCase()}` });
    arrays[array.id] = array;
    return [parameter, { array: array.id, unit: parameter.startsWith('tau') ? 's' : '1' }] as const;
  });
  const made = element(id, form.kind, name, place, { ...form.more, ...Object.fromEntries(parameters) });
  return { arrays, element: learns === true ? { ...made, trainable: [...numbers.keys()] } : made };
}

/** Where training puts the numbers of an example; `WRITE_TRAINED=1` trains anew. */
export function trainedFile(example: string): URL {
  return new URL(`trained/${example}.npz`, import.meta.url);
}

export function trainedNumbers(example: string): LayerNumbers {
  const arrays = expectOk(readNpz(readFileSync(trainedFile(example))));
  return new Map([...arrays].map(([name, { values }]) => [name, values]));
}
