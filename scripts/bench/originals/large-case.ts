/** Reference cases made many times as long: their input is played again and again, in one evolve call. */
import { defined } from '../../../engine/base/assert.ts';
import {
  isNumericArray,
  isRecord,
  type CaseRecord,
  type CaseValue,
  type ReferenceCase,
} from '../../../engine/conform/reference-case.ts';
import { encodeBase64 } from '../../../engine/model/base64.ts';
import type { NumericArray } from '../../../engine/model/validated.ts';

/** The case with `times` as many steps; what it expects stays, to tell what it asks for, and is not to be compared. */
export function lengthened(reference: ReferenceCase, times: number): ReferenceCase {
  const { all } = reference;
  const input = all['input'] ?? null;
  const longer = {
    ...longerIn(all, times),
    ...(isRecord(all['evolve_args'])
      ? { evolve_args: { ...all['evolve_args'], ...longerIn(all['evolve_args'], times) } }
      : {}),
    ...(isRecord(all['force']) ? { force: repeatedInput(all['force'], times) } : {}),
    ...(Array.isArray(all['args']) ? { args: all['args'].map((value) => repeatedInstants(value, input, times)) } : {}),
    input: repeatedInput(input, times),
  };
  return { ...reference, all: { ...all, ...longer } };
}

/** What of a record says how long to run, so many times as long. */
function longerIn(record: CaseRecord, times: number): CaseRecord {
  const said = ['steps', 'duration'].filter((name) => typeof record[name] === 'number');
  return Object.fromEntries(said.map((name) => [name, times * Number(record[name])]));
}

/** Instants at which a method looks at the series: again in every copy of it. */
function repeatedInstants(value: CaseValue, input: CaseValue, times: number): CaseValue {
  if (!isNumericArray(value) || !isRecord(input)) return value;
  const span = Number(input['t_stop']) - Number(input['t_start']);
  return repeatedTimes(value.values, { times, shared: 0, span });
}

/** The case as a file of JSON, without what it expects. */
export function caseText({ all }: ReferenceCase): string {
  const { expected: _, ...asked } = all;
  return JSON.stringify(encoded(asked));
}

function repeatedInput(input: CaseValue, times: number): CaseValue {
  if (!isRecord(input)) return input;
  if (input['type'] === 'tensor') {
    const axis = String(input['layout'] ?? '').startsWith('[B') ? 1 : 0;
    return { ...input, data: repeatedAlong(arrayOf(input, 'data'), axis, times) };
  }
  const [begin, end] = [Number(input['t_start']), Number(input['t_stop'])];
  const rows = input['type'] === 'events' ? 'channels' : 'samples';
  const instants = arrayOf(input, 'times').values;
  // A sample at the very end is that at the next beginning.
  const shared = rows === 'samples' && instants[0] === begin && instants.at(-1) === end ? 1 : 0;
  return {
    ...input,
    times: repeatedTimes(instants, { times, shared, span: end - begin }),
    [rows]: withoutShared(arrayOf(input, rows), times, shared),
    t_stop: begin + times * (end - begin),
  };
}

function repeatedTimes(
  instants: Float64Array,
  { times, shared, span }: { times: number; shared: number; span: number },
): NumericArray {
  const values = Array.from({ length: times }, (_, turn) =>
    Array.from(turn === 0 ? instants : instants.subarray(shared), (instant) => instant + turn * span),
  ).flat();
  return { shape: [values.length], values: Float64Array.from(values) };
}

/** Rows again and again; from the second time on without the first `shared` of them. */
function withoutShared({ shape, values }: NumericArray, times: number, shared: number): NumericArray {
  const [rows = 0, ...row] = shape;
  const width = row.reduce((product, extent) => product * extent, 1);
  const later = values.subarray(shared * width);
  const repeated = new Float64Array(values.length + (times - 1) * later.length);
  repeated.set(values);
  for (let turn = 1; turn < times; turn += 1) repeated.set(later, values.length + (turn - 1) * later.length);
  return { shape: [rows + (times - 1) * (rows - shared), ...row], values: repeated };
}

function repeatedAlong({ shape, values }: NumericArray, axis: 0 | 1, times: number): NumericArray {
  const blocks = axis === 0 ? 1 : (shape[0] ?? 0);
  const length = values.length / Math.max(1, blocks);
  const repeated = new Float64Array(times * values.length);
  for (let place = 0; place < blocks * times; place += 1) {
    const block = Math.floor(place / times);
    repeated.set(values.subarray(block * length, (block + 1) * length), place * length);
  }
  return { shape: shape.map((extent, at) => (at === axis ? times * extent : extent)), values: repeated };
}

function arrayOf(record: CaseRecord, name: string): NumericArray {
  const value = record[name];
  return defined(isNumericArray(value) ? value : undefined, `an array ${name}`);
}

function encoded(value: CaseValue): unknown {
  if (isNumericArray(value)) {
    const { shape, values } = value;
    return { dtype: 'float64', shape, base64: encodeBase64(new Uint8Array(values.slice().buffer)) };
  }
  if (Array.isArray(value)) return value.map(encoded);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encoded(entry)]));
}
