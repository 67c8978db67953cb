/** Expectations with one number changed by ten times what the tolerance allows, for tests that demand a failure. */
import { eventTimeBound, notes, variableOfPath } from './compare.ts';
import type { NumericArray } from '../model/validated.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from './reference-case.ts';
import { isNumericArray, isRecord } from './reference-case.ts';

export interface PerturbedLeaf {
  /** Where the change is (`states.v.samples`). */
  readonly path: string;
  /** The whole expectation with that one change. */
  readonly expected: CaseRecord;
  /** The tolerance with the change, where the bounds stand in it. */
  readonly tolerance?: CaseRecord;
}

/**
 * The case without the numbers that it expects, whose places hold NaN: what is produced from it cannot come from there.
 * Shapes, texts and the number of runs stay, as they say what is to be produced.
 */
export function blinded(reference: ReferenceCase): ReferenceCase {
  const expected = withoutNumbers(reference.expected, '') as CaseRecord;
  return { ...reference, expected, all: { ...reference.all, expected } };
}

function withoutNumbers(value: CaseValue, path: string): CaseValue {
  if (typeof value === 'number') return describing.test(path) ? value : Number.NaN;
  if (isNumericArray(value)) return { ...value, values: new Float64Array(value.values.length).fill(Number.NaN) };
  if (Array.isArray(value)) return (value as readonly CaseValue[]).map((item) => withoutNumbers(item, path));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, withoutNumbers(entry, path === '' ? key : `${path}.${key}`)]),
  );
}

type Change = (value: number, path: string) => number;

/** One entry for every number, list or array of the expectation, with its first number changed. */
export function perturbedLeaves(reference: ReferenceCase): PerturbedLeaf[] {
  // Where the original refuses, it is wrong to expect anything but that.
  if (typeof reference.expected['raises'] === 'string') return [{ path: 'raises', expected: { output: null } }];
  if (isRecord(reference.tolerance['bounds'])) return perturbedBounds(reference, reference.tolerance['bounds']);
  const change = changeFor(reference.tolerance, reference.expected);
  return leavesOf(reference.expected, '', change).map(({ path, value }) => ({ path, expected: value as CaseRecord }));
}

/** Every range of the tolerance moved away to either side, and every exact value changed. */
function perturbedBounds({ expected, tolerance }: ReferenceCase, bounds: CaseRecord): PerturbedLeaf[] {
  const moved = Object.entries(bounds).flatMap(([name, range]) => {
    const [low = 0, high = 0] = range as readonly number[];
    const far = 10 * (high - low);
    return [far, -far].map((by) => ({
      path: `tolerance.${name}`,
      expected,
      tolerance: { ...tolerance, bounds: { ...bounds, [name]: [low + by, high + by] } },
    }));
  });
  const statistics = isRecord(expected['statistics']) ? expected['statistics'] : {};
  const exact = Array.isArray(tolerance['exact']) ? tolerance['exact'].map(String) : [];
  const changed = exact.flatMap((name) =>
    leavesOf(statistics[name] ?? null, name, (value) => value + 1).map(({ path, value }) => ({
      path,
      expected: { ...expected, statistics: { ...statistics, [name]: value } },
    })),
  );
  return [...moved, ...changed];
}

/** Ten times the tolerance at a value; the smallest visible change where nothing is tolerated. */
function changeFor(tolerance: CaseRecord, expected: CaseRecord): Change {
  if (tolerance['mode'] === 'statistical') return (value) => value + 10 * widestBound(expected, value);
  if (isRecord(tolerance['abs'])) return changeForNamed(tolerance['abs'], tolerance);
  const number = (name: string): number => Number(tolerance[name] ?? 0);
  const traces = ['trace_abs', 'v_abs', 'states_abs', 'samples_abs'].map(number);
  const abs = Math.max(number('abs'), ...traces, number('time_abs'));
  const rel = Math.max(number('rel'), number('trace_rel'));
  return (value) => {
    const change = 10 * (abs + rel * Math.abs(value));
    return value + (change > 0 ? change : Math.max(1e-12, Math.abs(value) * 1e-12));
  };
}

/** The same where every variable has a bound of its own; times have no relative one, cells of events none at all. */
function changeForNamed(named: CaseRecord, tolerance: CaseRecord): Change {
  return (value, path) => {
    if (path.endsWith('.indices')) return value + 1;
    if (path.endsWith('.times')) return value + 10 * eventTimeBound(tolerance);
    return value + 10 * (Number(named[variableOfPath(path)]) + Number(tolerance['rel'] ?? 0) * Math.abs(value));
  };
}

/** No bound of a statistic is wider: 6 deviations over seeds with 0.2 %, 5 %, 0.3 deviations of the mean, 0.005. */
function widestBound(expected: CaseRecord, value: number): number {
  const spread = JSON.stringify(expected).match(/"(?:sd|std)_over_seeds":[\d.e-]+/g) ?? [];
  const widest = Math.max(...spread.map((text) => Number(text.split(':')[1])));
  return 6 * widest + 0.3 * Math.abs(value) + 0.005;
}

interface ChangedValue {
  readonly path: string;
  readonly value: CaseValue;
}

/** Numbers that only describe a statistic: how wide its bounds are. */
const describing = /(^|\.)(sd_over_seeds|std_over_seeds|n_seeds|stride|segments(\[\d+\])?\.steps|matrices)$/;

function leavesOf(value: CaseValue, path: string, change: Change): ChangedValue[] {
  if (describing.test(path)) return [];
  if (typeof value === 'number') return [{ path, value: change(value, path) }];
  if (typeof value === 'boolean') return [{ path, value: !value }];
  if (typeof value === 'string') return [{ path, value: `${value} ` }];
  if (isNumericArray(value)) return [{ path, value: changedArray(value, path, change) }];
  if (Array.isArray(value)) return leavesOfList(value as readonly CaseValue[], path, change);
  if (!isRecord(value)) return [];
  if (typeof value['low'] === 'number' && typeof value['high'] === 'number')
    return rangesWithout(value, value['low'], value['high'], path);
  const entries = Object.entries(value).filter(([key]) => !notes.has(key));
  // The largest of many draws is wrong when it is smaller.
  const ofDraws = 'std_over_seeds' in value;
  const turned: Change = (number, at) =>
    ofDraws && at.endsWith('.max') ? 2 * number - change(number, at) : change(number, at);
  return entriesOf(entries, path, turned, (key, changed) => ({ ...value, [key]: changed }));
}

/** Where nothing is expected, something is wrong. */
function leavesOfList(list: readonly CaseValue[], path: string, change: Change): ChangedValue[] {
  if (list.length === 0) return [{ path, value: [0] }];
  return entriesOf(Object.entries(list), path, change, (key, changed) => withItem(list, Number(key), changed));
}

/** A range of a statistic moved away to either side. */
function rangesWithout(range: CaseRecord, low: number, high: number, path: string): ChangedValue[] {
  const far = 10 * (high - low);
  return [
    { path: `${path}.low`, value: { ...range, low: low + far, high: high + far } },
    { path: `${path}.high`, value: { ...range, low: low - far, high: high - far } },
  ];
}

function entriesOf(
  entries: readonly (readonly [string, CaseValue])[],
  path: string,
  change: Change,
  rebuild: (key: string, changed: CaseValue) => CaseValue,
): ChangedValue[] {
  return entries.flatMap(([key, entry]) => {
    const inside = path === '' ? key : `${path}.${key}`;
    return leavesOf(entry, inside, change).map((leaf) => ({ path: leaf.path, value: rebuild(key, leaf.value) }));
  });
}

function withItem(list: readonly CaseValue[], index: number, changed: CaseValue): readonly CaseValue[] {
  return list.map((item, place) => (place === index ? changed : item));
}

/** The array with its first number changed; an empty one with a row more. */
function changedArray({ shape, values }: NumericArray, path: string, change: Change): NumericArray {
  if (values.length === 0) return { shape: shape.map((extent, axis) => (axis === 0 ? extent + 1 : extent)), values };
  const changed = values.slice();
  const first = values[0] as number;
  changed[0] = Number.isNaN(first) ? 0 : change(first, path);
  return { shape, values: changed };
}
