/** Initial values of a Brian snippet as values of the parameters that hold them. */
import { readConstants, type Constant } from '../../engine/equations/constants-text.ts';
import { differsByCell, readInitial, type InitialValues } from '../../engine/formats/brian-initial.ts';
import { call } from '../../engine/formats/brian-neuron.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { KindDescriptor, ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue, Quantity } from '../../engine/model/value.ts';
import { fromSi, toSi } from '../../engine/units/convert.ts';
import { equalDimensions } from '../../engine/units/dimension.ts';
import { parseUnit } from '../../engine/units/parse-unit.ts';

export interface TakenInitialValues {
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** Numbers that the values refer to. */
  readonly arrays: readonly ArrayRecord[];
  /** What the parameters cannot hold, with the reason where it is not plain. */
  readonly notTaken: readonly string[];
}

/** A list of more values is an array of the document. */
const longestList = 63;

/** The values that texts such as `El + rand()*(Vt - El)` give parameters; a text may mention those before it. */
export function takeInitialValues(
  kind: KindDescriptor,
  initial: Readonly<Record<string, string>>,
  constantsText: string,
  cells: number,
): TakenInitialValues {
  const known = readConstants(constantsText, call);
  const names = new Map<string, Constant>(known.ok ? known.value : []);
  const values: Record<string, ParameterValue> = {};
  const arrays: ArrayRecord[] = [];
  const notTaken: string[] = [];
  for (const [name, text] of Object.entries(initial)) {
    const spec = kind.parameters.find((each) => each.name === name);
    const found = spec === undefined ? undefined : readInitial(text, cells, names, call);
    const value = spec === undefined || found === undefined ? undefined : valueOf(spec, found, arrays);
    if (value === undefined) notTaken.push(refusal(name, text, spec));
    else values[name] = value;
    if (found?.kind === 'same' && !names.has(name))
      names.set(name, { value: found.value, dimension: found.dimension, integer: false });
  }
  return { values, arrays, notTaken };
}

function refusal(name: string, text: string, spec: ParameterSpec | undefined): string {
  if (spec === undefined) return `${name} = ${text} (nothing in the model has this name)`;
  const why =
    'values of cells can be drawn as a + b*rand() or a + b*randn(), or follow from i; set it under Parameters';
  return differsByCell(text) ? `${name} = ${text} (${why})` : `${name} = ${text}`;
}

/** In the parameter's own unit; undefined where the parameter does not take such values or another dimension. */
function valueOf(spec: ParameterSpec, found: InitialValues, arrays: ArrayRecord[]): ParameterValue | undefined {
  if (spec.type === 'integer' && found.kind === 'same') return Math.trunc(found.value);
  const unit = unitFor(spec.unit ?? '1', found);
  if (spec.type !== 'quantity' || !isOfUnit(found, unit)) return undefined;
  const inUnit = (value: number): number => Number(fromSi(value, unit).toPrecision(12));
  if (found.kind === 'same') return { value: inUnit(found.value), unit };
  if (spec.perCell !== true) return undefined;
  if (found.kind === 'each') return eachValue(found.values.map(inUnit), unit, arrays);
  const quantity = (value: number): Quantity => ({ value: inUnit(value), unit });
  return found.kind === 'uniform'
    ? { distribution: 'uniform', arguments: { low: quantity(found.low), high: quantity(found.high) } }
    : { distribution: 'normal', arguments: { mean: quantity(found.mean), deviation: quantity(found.deviation) } };
}

function isOfUnit({ dimension }: InitialValues, unit: string): boolean {
  const parsed = parseUnit(unit);
  return parsed.ok && equalDimensions(parsed.value.dimension, dimension);
}

function eachValue(values: readonly number[], unit: string, arrays: ArrayRecord[]): ParameterValue {
  if (values.length <= longestList) return { values: [...values], unit };
  const array = encodeArray(values, [values.length]);
  arrays.push(array);
  return { array: array.id, unit };
}

/** Volts and amperes of cells are read in smaller units. */
function unitFor(unit: string, found: InitialValues): string {
  const largest = largestOf(found);
  const smaller = ({ V: 'mV', A: 'nA', s: 'ms', S: 'nS', F: 'pF' } as Readonly<Record<string, string>>)[unit];
  if (smaller === undefined || largest === 0) return unit;
  const one = toSi({ value: 1000, unit: smaller });
  return one.ok && largest < one.value.value ? smaller : unit;
}

function largestOf(found: InitialValues): number {
  switch (found.kind) {
    case 'same':
      return Math.abs(found.value);
    case 'uniform':
      return Math.max(Math.abs(found.low), Math.abs(found.high));
    case 'normal':
      return Math.max(Math.abs(found.mean), found.deviation);
    case 'each':
      return found.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  }
}
