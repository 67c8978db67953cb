/** Compares what the engine gave with what a case expects, value by value. */
import type { NumericArray } from '../model/validated.ts';
import type { CaseRecord, CaseValue } from './reference-case.ts';
import { isNumericArray, isRecord } from './reference-case.ts';

/** Outcome of a comparison. `message` names the first difference. */
export interface Comparison {
  readonly passed: boolean;
  readonly maxAbs: number;
  readonly maxRel: number;
  readonly message: string;
}

interface Bounds {
  readonly abs: number;
  readonly rel: number;
  /** Only so many leading rows count (chaotic series). */
  readonly rows: number | undefined;
  /** Times of events. */
  readonly timeAbs: number;
  /** Relative bound of the parameters of layers, where it is another. */
  readonly layers?: number | undefined;
  /** Absolute bounds of single variables: `v`, or `object/v` where there are several objects. */
  readonly named: CaseRecord | undefined;
  /** Events of one time may come in any order, as the tolerance or its note says. */
  readonly anyOrder?: boolean;
}

interface Tally {
  maxAbs: number;
  maxRel: number;
  message: string;
}

/** Keys that are for reading only: remarks, single draws of the original. */
export const notes: ReadonlySet<string> = new Set([
  'note',
  'notes',
  'raw_output_note',
  'final_state_note',
  'order_constraint',
  'example',
  'one_example',
]);

/** Compares every key of `expected`; a key that was not produced is a difference. */
export function compare(expected: CaseRecord, produced: CaseRecord, tolerance: CaseRecord): Comparison {
  const tally: Tally = { maxAbs: 0, maxRel: 0, message: '' };
  const anyOrder = tolerance['unordered_within_same_time'] === true || inAnyOrder.test(String(tolerance['note']));
  compareValue(expected, produced, { ...boundsOf(tolerance), anyOrder }, '', tally);
  return { passed: tally.message === '', ...tally };
}

function boundsOf(tolerance: CaseRecord): Bounds {
  const number = (name: string): number | undefined => {
    const value = tolerance[name];
    return typeof value === 'number' ? value : undefined;
  };
  if (tolerance['mode'] === 'exact') return { abs: 0, rel: 0, rows: undefined, timeAbs: 0, named: undefined };
  if (tolerance['mode'] === 'events') return boundsOfEvents(number);
  const abs = number('abs') ?? 0;
  const named = isRecord(tolerance['abs']) ? tolerance['abs'] : undefined;
  const timeAbs = named === undefined ? abs : eventTimeBound(tolerance);
  return { abs, rel: number('rel') ?? 0, rows: number('rows'), timeAbs, named };
}

/**
 * Bounds beside those of events are for traces that come with them; where there are none, the bound of the times holds
 * for them too (the original adds up in the order of its BLAS, so that the last bits of a membrane mean nothing).
 */
function boundsOfEvents(number: (name: string) => number | undefined): Bounds {
  const timeAbs = number('time_abs') ?? 0;
  const abs = number('trace_abs') ?? number('v_abs') ?? number('states_abs') ?? number('samples_abs') ?? timeAbs;
  return {
    abs,
    rel: number('trace_rel') ?? 0,
    rows: undefined,
    timeAbs,
    named: undefined,
    layers: number('params_rel'),
  };
}

/** How the note of a tolerance says that the order of events of one time does not count. */
const inAnyOrder = /equal times may come in any order/u;

/** Bound of times where variables have bounds of their own. */
export function eventTimeBound(tolerance: CaseRecord): number {
  const events = tolerance['events'];
  return isRecord(events) && typeof events['time_abs'] === 'number' ? events['time_abs'] : 0;
}

/** The name under which a tolerance knows the variable at a path: `states.cells.v.samples` is `cells/v`. */
export function variableOfPath(path: string): string {
  return path
    .replace(/^states\./u, '')
    .replace(/\.(samples|times)$/u, '')
    .replaceAll('.', '/');
}

function compareValue(
  expected: CaseValue,
  produced: CaseValue | undefined,
  bounds: Bounds,
  path: string,
  tally: Tally,
): void {
  if (produced === undefined) return differ(tally, `${path} was not produced`);
  if (isNumericArray(expected)) return compareArray(expected, produced, bounds, path, tally);
  if (typeof expected === 'number') return compareScalar(expected, produced, bounds, path, tally);
  if (Array.isArray(expected)) return compareList(expected, produced, bounds, path, tally);
  if (isRecord(expected)) return compareRecord(expected, produced, bounds, path, tally);
  if (expected !== produced)
    differ(tally, `${path} is ${JSON.stringify(produced)} instead of ${JSON.stringify(expected)}`);
}

function compareRecord(expected: CaseRecord, produced: CaseValue, bounds: Bounds, path: string, tally: Tally): void {
  if (!isRecord(produced)) return differ(tally, `${path} is not an object`);
  const events = expected['type'] === 'events' || (bounds.named !== undefined && 'indices' in expected);
  const ordered = bounds.anyOrder === true ? inOrder : (record: CaseRecord): CaseRecord => record;
  const found = ordered(produced);
  for (const [key, value] of Object.entries(ordered(expected))) {
    if (notes.has(key)) continue;
    const inside = path === '' ? key : `${path}.${key}`;
    const own = boundsInside(bounds, inside);
    compareValue(value, found[key], boundsOfKey(key, own, events), inside, tally);
  }
}

/** Bounds that a part of the case has of its own. */
function boundsInside(bounds: Bounds, path: string): Bounds {
  if (path === 'layers' && bounds.layers !== undefined) return { ...bounds, abs: 0, rel: bounds.layers };
  const named = bounds.named?.[variableOfPath(path)];
  return typeof named === 'number' ? { ...bounds, abs: named } : bounds;
}

/** The events of one time in the order of their channels. */
function inOrder(record: CaseRecord): CaseRecord {
  const { times, channels } = record;
  if (record['type'] !== 'events' || !isNumericArray(times) || !isNumericArray(channels)) return record;
  const at = (array: NumericArray, place: number): number => array.values[place] as number;
  const places = Array.from(channels.values.keys()).sort(
    (left, right) => at(times, left) - at(times, right) || at(channels, left) - at(channels, right),
  );
  const sorted = (array: NumericArray): NumericArray => ({
    shape: array.shape,
    values: Float64Array.from(places, (place) => at(array, place)),
  });
  return { ...record, times: sorted(times), channels: sorted(channels) };
}

const timeKeys = new Set(['times', 't_start', 't_stop']);

/** Times have a bound of their own, which is all that counts for those of events; channels of events are exact. */
function boundsOfKey(key: string, bounds: Bounds, events: boolean): Bounds {
  if (events && (key === 'channels' || key === 'indices')) return { ...bounds, abs: 0, rel: 0 };
  if (!timeKeys.has(key)) return bounds;
  if (events || bounds.named !== undefined) return { ...bounds, abs: bounds.timeAbs, rel: 0 };
  return { ...bounds, abs: Math.max(bounds.abs, bounds.timeAbs) };
}

function compareList(
  expected: readonly CaseValue[],
  produced: CaseValue,
  bounds: Bounds,
  path: string,
  tally: Tally,
): void {
  const items = listOf(produced);
  if (items === undefined) return differ(tally, `${path} is not a list`);
  if (items.length !== expected.length)
    return differ(tally, `${path} has ${items.length} entries instead of ${expected.length}`);
  expected.forEach((value, index) => compareValue(value, items[index], bounds, `${path}[${index}]`, tally));
}

function listOf(value: CaseValue): readonly CaseValue[] | undefined {
  if (isNumericArray(value)) return Array.from(value.values);
  return Array.isArray(value) ? value : undefined;
}

function compareArray(expected: NumericArray, produced: CaseValue, bounds: Bounds, path: string, tally: Tally): void {
  if (Array.isArray(produced)) return compareList(Array.from(expected.values), produced, bounds, path, tally);
  if (!isNumericArray(produced)) return differ(tally, `${path} is not an array`);
  if (!sameShape(expected.shape, produced.shape)) {
    return differ(tally, `${path} has shape [${produced.shape.join(', ')}] instead of [${expected.shape.join(', ')}]`);
  }
  const rowLength = expected.values.length / Math.max(1, expected.shape[0] ?? 1);
  const count =
    bounds.rows === undefined ? expected.values.length : Math.min(expected.values.length, bounds.rows * rowLength);
  for (let index = 0; index < count; index += 1) {
    compareNumber(
      expected.values[index] as number,
      produced.values[index] as number,
      bounds,
      `${path}[${index}]`,
      tally,
    );
  }
}

function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}

function compareScalar(expected: number, produced: CaseValue, bounds: Bounds, path: string, tally: Tally): void {
  const value = isNumericArray(produced) && produced.values.length === 1 ? produced.values[0] : produced;
  if (typeof value !== 'number') return differ(tally, `${path} is not a number`);
  compareNumber(expected, value, bounds, path, tally);
}

/** |x − e| ≤ abs + rel·|e|; NaN equals NaN, infinities equal themselves. */
function compareNumber(expected: number, produced: number, bounds: Bounds, path: string, tally: Tally): void {
  if (Object.is(expected, produced) || expected === produced) return;
  const difference = Math.abs(produced - expected);
  if (Number.isFinite(difference)) {
    tally.maxAbs = Math.max(tally.maxAbs, difference);
    if (expected !== 0) tally.maxRel = Math.max(tally.maxRel, difference / Math.abs(expected));
  }
  const allowed = Number.isFinite(expected) ? bounds.abs + bounds.rel * Math.abs(expected) : 0;
  if (!(difference <= allowed)) differ(tally, `${path} is ${produced} instead of ${expected}`);
}

function differ(tally: Tally, message: string): void {
  if (tally.message === '') tally.message = message;
}
