import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { caseNames, laboratoryOn, openCase, readCaseJson } from './case-files.test-support.ts';
import { compare } from './compare.ts';
import type { CaseRecord } from './reference-case.ts';
import { readCase } from './reference-case.ts';
import { runCase } from './run-case.ts';
import { compareStatistics } from './statistical.ts';
import { systems } from './systems/systems.ts';

const laboratory = laboratoryOn('interpreter');
const plain = openCase('rockpool/PassThrough/plain.json.gz');

describe('runCase', () => {
  it('fails a system that is not built', () => {
    const result = runCase({ ...plain, system: 'rockpool.NoSuchLayer' }, laboratory);
    expect(result).toMatchObject({ status: 'failed', system: 'rockpool.NoSuchLayer' });
    expect(result.message).toContain('conform/unknown-system');
  });

  it('fails a kind of case that the system cannot run', () => {
    const result = runCase({ ...plain, kind: 'stdp' }, laboratory);
    expect(result.status).toBe('failed');
    expect(result.message).toContain('no cases of kind "stdp"');
  });

  it('fails on a key that nothing is produced for, in every system', () => {
    const answered = caseNames.filter((name) => (openCase(name).expected['raises'] ?? null) === null);
    const bySystem = new Map(answered.map((name) => [openCase(name).system, name]));
    const firstOfEach = [...bySystem.values()];
    expect(firstOfEach.length).toBe(systems.entries.length);
    for (const name of firstOfEach) {
      const reference = openCase(name);
      const wrong = { ...reference, expected: { ...reference.expected, no_such_key: 1 } };
      expect(runCase(wrong, laboratory), name).toMatchObject({
        status: 'failed',
        message: 'no_such_key was not produced',
      });
    }
  });

  it('fails on an unknown statistic', () => {
    const reference = openCase('rockpool/FFIAFBrian/noise.json.gz');
    const seeds = { ...reference.expected, n_seeds: 1 };
    const beside = runCase({ ...reference, expected: { ...seeds, kurtosis: { mean: 0 } } }, laboratory);
    expect(beside).toMatchObject({ status: 'failed', message: 'kurtosis was not produced' });
    const statistics = { ...((seeds as CaseRecord)['statistics'] as CaseRecord), kurtosis: { mean: 0 } };
    expect(runCase({ ...reference, expected: { ...seeds, statistics } }, laboratory).message).toBe(
      'kurtosis was not produced',
    );
  });

  it('reports a case that lacks what its system needs as a bad case', () => {
    const { weights: _, ...others } = plain.parameters;
    const result = runCase({ ...plain, parameters: others, all: { ...plain.all, params: others } }, laboratory);
    expect(result.status).toBe('failed');
    expect(result.message).toContain('conform/bad-case');
  });

  it('passes a case that the original refuses only when it is refused here, too', () => {
    const reference = openCase('rockpool/FFIAFBrian/euler.json.gz');
    const raises = { raises: { type: 'ValueError' } };
    expect(runCase({ ...reference, expected: raises }, laboratory).message).toContain('though the original refuses it');
    const refused = { ...reference, parameters: { ...reference.parameters, integrator_name: 'leapfrog' } };
    expect(runCase(refused, laboratory).message).toContain('integration/not-applicable');
    expect(runCase({ ...refused, expected: raises }, laboratory).status).toBe('passed');
  });

  it('fails a changed input: what is produced comes from the case', () => {
    const reference = openCase('reservoirpy/Reservoir/run-0-tanh.json.gz');
    const { data } = reference.all['input'] as { data: { shape: number[]; values: Float64Array } };
    const values = data.values.map((value, index) => (index === 0 ? value + 0.01 : value));
    const input = { type: 'tensor', data: { ...data, values } };
    const result = runCase({ ...reference, all: { ...reference.all, input } }, laboratory);
    expect(result.status).toBe('failed');
    expect(result.maxAbs).toBeGreaterThan(1e-6);
  });
});

describe('readCase', () => {
  const json = readCaseJson('rockpool/PassThrough/plain.json.gz') as Record<string, unknown>;
  const array = (json['expected'] as { output: { samples: Record<string, unknown> } }).output.samples;
  const withSamples = (changes: Record<string, unknown>) => ({
    ...json,
    expected: { output: { ...array, ...changes } },
  });

  it('reads the case the damaged ones are made of', () => {
    expect(expectOk(readCase(json, 'plain')).id).toBe('rockpool/PassThrough/plain');
    expect(readCase(withSamples({}), 'plain').ok).toBe(true);
  });

  const damaged: readonly (readonly [string, unknown, RegExp])[] = [
    ['a list', [1, 2], /not a JSON object/],
    ['nothing', null, /not a JSON object/],
    ['a number', 3, /not a JSON object/],
    ['no system', { ...json, system: undefined }, /must be texts/],
    ['a numeric kind', { ...json, kind: 1 }, /must be texts/],
    ['no expectation', { ...json, expected: undefined }, /nothing is expected/],
    ['an empty expectation', { ...json, expected: {} }, /nothing is expected/],
    ['an array of unknown type', withSamples({ dtype: 'complex128' }), /unknown type "complex128"/],
    ['an array without shape', withSamples({ shape: undefined }), /has the shape/],
    ['a negative extent', withSamples({ shape: [-1, 3] }), /has the shape/],
    ['bytes that end too early', withSamples({ shape: [32, 3] }), /does not have/],
    ['more bytes than the shape', withSamples({ shape: [30, 3] }), /does not have/],
    ['text that is not base64', withSamples({ base64: '?' }), /does not have/],
  ];

  it.each(damaged)('makes %s a conform/bad-case', (_what, content, message) => {
    const result = readCase(content, 'some.json');
    expect(result.ok).toBe(false);
    const [found] = result.problems;
    expect(found).toMatchObject({ code: 'conform/bad-case', at: { path: 'some.json' } });
    expect(found?.message).toMatch(message);
    expect(found?.hint).toBeDefined();
  });

  it('reads every type of array', () => {
    const bytes = (values: ArrayBufferView): string =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
    const arrays = {
      float64: Float64Array.of(1.5, -2),
      float32: Float32Array.of(1.5, -2),
      int64: BigInt64Array.of(1n, -2n),
      int32: Int32Array.of(1, -2),
      int16: Int16Array.of(1, -2),
      int8: Int8Array.of(1, -2),
      uint8: Uint8Array.of(1, 254),
      bool: Uint8Array.of(1, 0),
    };
    const expected = Object.fromEntries(
      Object.entries(arrays).map(([dtype, values]) => [dtype, { dtype, shape: [2], base64: bytes(values) }]),
    );
    const { expected: read } = expectOk(readCase({ id: 'i', system: 's', kind: 'k', expected }, 'x'));
    for (const [dtype, values] of Object.entries(arrays)) {
      const known = dtype === 'bool' ? { booleans: true } : {};
      expect(read[dtype], dtype).toEqual({
        shape: [2],
        values: Float64Array.from(Array.from(values, Number)),
        ...known,
      });
    }
  });
});

const vector = (...values: number[]) => ({ shape: [values.length], values: Float64Array.from(values) });

describe('compare', () => {
  const trace = { mode: 'trace', abs: 0.1, rel: 0.01 };
  const cases: readonly (readonly [string, CaseRecord, CaseRecord, CaseRecord, string])[] = [
    ['takes what lies within abs + rel·|e|', { x: vector(100) }, { x: vector(101.1) }, trace, ''],
    ['refuses what lies beyond', { x: vector(100) }, { x: vector(101.11) }, trace, 'x[0] is 101.11 instead of 100'],
    ['takes NaN for NaN', { x: vector(Number.NaN) }, { x: vector(Number.NaN) }, trace, ''],
    ['refuses NaN for a number', { x: vector(1) }, { x: vector(Number.NaN) }, trace, 'x[0] is NaN instead of 1'],
    ['refuses a number for NaN', { x: vector(Number.NaN) }, { x: vector(1) }, trace, 'x[0] is 1 instead of NaN'],
    ['refuses the other infinity', { x: Infinity }, { x: -Infinity }, trace, 'x is -Infinity instead of Infinity'],
    [
      'refuses another shape',
      { x: vector(1, 2) },
      { x: { shape: [1, 2], values: Float64Array.of(1, 2) } },
      trace,
      'x has shape [1, 2] instead of [2]',
    ],
    ['refuses a shorter list', { x: [1, 2] }, { x: [1] }, trace, 'x has 1 entries instead of 2'],
    ['refuses a missing key inside', { a: { b: 1 } }, { a: {} }, trace, 'a.b was not produced'],
    ['refuses text for a number', { x: 1 }, { x: '1' }, trace, 'x is not a number'],
    ['refuses another text', { x: 'a' }, { x: 'b' }, trace, 'x is "b" instead of "a"'],
    ['skips notes', { note: 'read me', x: 1 }, { x: 1 }, trace, ''],
    [
      'counts only leading rows where the case says so',
      { x: vector(1, 2) },
      { x: vector(1, 9) },
      { ...trace, rows: 1 },
      '',
    ],
    [
      'allows nothing in exact mode, whatever else is said',
      { x: 1 },
      { x: 1 + 1e-15 },
      { mode: 'exact', abs: 1 },
      `x is ${1 + 1e-15} instead of 1`,
    ],
  ];

  it.each(cases)('%s', (_name, expected, produced, tolerance, message) => {
    expect(compare(expected, produced, tolerance)).toMatchObject({ passed: message === '', message });
  });

  it('compares channels of events exactly and their times by the bound on times', () => {
    const events = { mode: 'events', time_abs: 1e-3, trace_abs: 10 };
    const expected = { output: { type: 'events', times: vector(1, 2), channels: vector(0, 1) } };
    const produced = (times: number[], channels: number[]) => ({
      output: { type: 'events', times: vector(...times), channels: vector(...channels) },
    });
    expect(compare(expected, produced([1.0009, 2], [0, 1]), events).passed).toBe(true);
    expect(compare(expected, produced([1.0011, 2], [0, 1]), events).passed).toBe(false);
    expect(compare(expected, produced([1, 2], [0, 2]), events).passed).toBe(false);
    expect(compare(expected, produced([1, 2, 3], [0, 1, 1]), events).passed).toBe(false);
  });

  it('reports the greatest differences', () => {
    expect(compare({ x: vector(10, 2) }, { x: vector(10.05, 2.02) }, trace)).toMatchObject({
      maxAbs: expect.closeTo(0.05, 12) as number,
      maxRel: expect.closeTo(0.01, 12) as number,
    });
  });
});

describe('compareStatistics', () => {
  const reference = { ...plain, expected: { std: { mean: 1, sd_over_seeds: 0.01 } } };

  it('demands every run within six deviations and 0.2 %', () => {
    expect(compareStatistics(reference, { std: vector(1.06, 0.94) }).passed).toBe(true);
    expect(compareStatistics(reference, { std: vector(1, 1.063) }).message).toMatch(/^std of seed 2 is 1.063/);
  });

  it('refuses no runs at all, and runs that are not numbers', () => {
    expect(compareStatistics(reference, { std: vector() }).message).toBe('std was not produced');
    expect(compareStatistics(reference, { std: vector(Number.NaN) }).passed).toBe(false);
  });

  it('demands as many runs as the mean over seeds is made of', () => {
    const statistics = { std: { mean: 1, std_over_seeds: 0.01 } };
    const grouped = { ...plain, expected: { statistics, n_seeds: 2 } };
    expect(compareStatistics(grouped, { std: vector(1.04, 0.98) }).passed).toBe(true);
    expect(compareStatistics(grouped, { std: vector(1.04) }).message).toBe('std of 2 seeds was not produced');
    expect(compareStatistics(grouped, { std: vector(1.1, 1.02) }).passed).toBe(false);
  });
});

describe('series as released', () => {
  const span = { t_start: 0, t_stop: 3, periodic: false };
  const caseOf = (name: string, op: string, input: object, argument: object, output: object) => {
    const json = {
      ...{ id: `rockpool/${name}/${op}`, system: `rockpool.${name}`, kind: 'timeseries', op, args: [argument] },
      params: { class: name, op },
      ...{ kwargs: {}, input, expected: { output }, tolerance: { mode: 'exact' } },
    };
    return runCase(expectOk(readCase(json, op)), laboratory);
  };

  it('choose events by booleans, of which there is one for each', () => {
    const events = {
      type: 'events',
      series: 'TSEvent',
      times: [1, 2, 3],
      channels: [4, 0, 1],
      num_channels: 5,
      ...span,
    };
    const mask = (base64: string, length: number) => ({ dtype: 'bool', shape: [length], base64 });
    const kept = { times: [1, 3], channels: [4, 1] };
    expect(caseOf('TSEvent', '__getitem__', events, mask('AQAB', 3), kept).message).toBe('');
    expect(caseOf('TSEvent', '__getitem__', events, mask('AQA=', 2), kept).message).toContain('3 booleans');
  });

  it('have no times after a single sample without an offset', () => {
    const series = { type: 'continuous', series: 'TSContinuous', interp_kind: 'linear', num_channels: 1, ...span };
    const one = { ...series, times: [0], samples: [[1]], t_stop: 0.5 };
    const two = { ...series, times: [0, 3], samples: [[2], [3]] };
    const times = { dtype: 'float64', shape: [3], base64: 'AAAAAAAAAAAAAAAAAAD4fwAAAAAAAPh/' };
    const result = caseOf('TSContinuous', 'append_t', one, two, { t_stop: 0.5, times });
    expect(result.message).toBe('');
  });
});
