/** Layers of Rockpool for which there is no kind: kept in a document as they were read, and given back so. */
import { decodeArray } from '../model/arrays.ts';
import type { ArrayRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import type { ParameterValue } from '../model/value.ts';
import type { LayerValue, RockpoolLayer } from './rockpool-network.ts';
import { matrixFrom, numbersFrom, quantityFrom, rowsOf, shelved, type ArrayShelf } from './rockpool-values.ts';

const family = 'rockpool/';

/** Kind and parameters of an element that keeps the layer; its entries by their names, without units. */
export function heldLayer(
  { className, values }: RockpoolLayer,
  shelf: ArrayShelf,
): Pick<ElementRecord, 'kind' | 'parameters'> {
  const parameters = Object.entries(values).flatMap(([key, value]) => {
    const held = heldValue(value, shelf);
    return held === undefined ? [] : [[key, held] as const];
  });
  return { kind: `${family}${className}`, parameters: Object.fromEntries(parameters) };
}

function heldValue(value: LayerValue, shelf: ArrayShelf): ParameterValue | undefined {
  if (!Array.isArray(value)) return value as Exclude<LayerValue, readonly LayerValue[]>;
  if (value.length === 0) return { values: [], unit: '' };
  const matrix = numbersFrom(value) === undefined ? matrixFrom(value) : undefined;
  return matrix === undefined ? quantityFrom(value, '', shelf) : shelved(matrix, '', shelf);
}

/** Class and entries of a layer that such an element keeps; undefined for other elements. */
export function layerHeldBy(
  { kind, parameters }: ElementRecord,
  document: SpikeloomDocument,
): Pick<RockpoolLayer, 'className' | 'values'> | undefined {
  if (!kind.startsWith(family)) return undefined;
  const values = Object.entries(parameters).map(([key, value]) => [key, givenValue(value, document)] as const);
  return { className: kind.slice(family.length), values: Object.fromEntries(values) };
}

function givenValue(value: ParameterValue, { arrays }: SpikeloomDocument): LayerValue {
  if (typeof value !== 'object' || value === null) return value;
  if ('values' in value) return value.values;
  if ('value' in value) return value.value;
  return 'array' in value ? givenArray(arrays[value.array]) : null;
}

function givenArray(record: ArrayRecord | undefined): LayerValue {
  const decoded = record && decodeArray(record);
  if (decoded?.ok !== true) return null;
  return decoded.value.shape.length === 1 ? Array.from(decoded.value.values) : (rowsOf(decoded.value) ?? null);
}
