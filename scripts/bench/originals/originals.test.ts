/** Systems against their originals: the large case, what is measured of ours, and the table. */
import { describe, expect, it } from 'vitest';
import { expectedCounts } from '../../../engine/conform/case-counts.test-support.ts';
import { openCase } from '../../../engine/conform/case-files.test-support.ts';
import type { CaseRecord } from '../../../engine/conform/reference-case.ts';
import type { NumericArray } from '../../../engine/model/validated.ts';
import { readBenchArguments } from '../arguments.ts';
import { timedCases, unavailable, untimed } from './cases.ts';
import { caseText, lengthened } from './large-case.ts';
import { readInterpreters } from './measure-systems.ts';
import { slowestText, systemsTable, untimedText } from './systems-table.ts';

const arrayIn = (record: CaseRecord | undefined, name: string): NumericArray => record?.[name] as NumericArray;

/** The input of a case and of the same case a hundred times as long. */
function inputsOf(name: string): { small: CaseRecord; large: CaseRecord; all: CaseRecord } {
  const reference = openCase(`${name}.json.gz`);
  const { all } = lengthened(reference, 100);
  return { small: reference.all['input'] as CaseRecord, large: all['input'] as CaseRecord, all };
}

describe('a large case', () => {
  it('plays a continuous series a hundred times, its last sample once', () => {
    const { small, large } = inputsOf('rockpool/FFRateEuler/plain-relu');
    const [few, many] = [arrayIn(small, 'samples'), arrayIn(large, 'samples')];
    expect(few.shape).toEqual([51, 2]);
    expect(many.shape).toEqual([5001, 2]);
    expect(many.values.slice(0, few.values.length)).toEqual(few.values);
    expect(many.values.slice(51 * 2, 101 * 2)).toEqual(few.values.slice(2));
    const times = arrayIn(large, 'times').values;
    expect(times.slice(0, 51)).toEqual(arrayIn(small, 'times').values);
    expect(times.every((time, at) => at === 0 || time > Number(times[at - 1]))).toBe(true);
    expect(times.at(-1)).toBeCloseTo(500, 9);
    expect(large['t_stop']).toBeCloseTo(500, 9);
  });

  it('plays events a hundred times for a hundred times the duration', () => {
    const { small, large, all } = inputsOf('rockpool/RecIAFSpkInBrian/random');
    const few = arrayIn(small, 'times').values;
    const many = arrayIn(large, 'times').values;
    expect(many.length).toBe(100 * few.length);
    expect(many.slice(0, few.length)).toEqual(few);
    expect(many.at(-1)).toBeCloseTo(Number(few.at(-1)) + 99 * 0.1, 9);
    expect(arrayIn(large, 'channels').values.slice(-few.length)).toEqual(arrayIn(small, 'channels').values);
    expect(all['duration']).toBeCloseTo(10, 12);
  });

  it.each([
    ['norse/LIF/ff-0', [6000, 2, 3]],
    ['rockpool2/LIF/ff-default', [2, 8000, 3]],
  ])('repeats the tensor of %s along its steps', (name, shape) => {
    const { small, large, all } = inputsOf(name);
    const [few, many] = [arrayIn(small, 'data'), arrayIn(large, 'data')];
    expect(many.shape).toEqual(shape);
    expect(all['steps']).toBe(Math.max(...shape));
    const [members = 1] = shape[0] === 6000 ? [1] : shape;
    const block = few.values.length / members;
    for (let member = 0; member < members; member += 1) {
      for (const turn of [0, 99]) {
        const begin = (member * 100 + turn) * block;
        expect(many.values.slice(begin, begin + block)).toEqual(few.values.slice(member * block, (member + 1) * block));
      }
    }
  });

  it('repeats a force, the duration of an evolve call and the instants of an operation as its input', () => {
    const forced = inputsOf('rockpool/ForceRateEulerJax/plain-relu').all['force'] as CaseRecord;
    expect(arrayIn(forced, 'samples').shape).toEqual([15_001, 8]);
    const board = inputsOf('rockpool/VirtualDynapse/given-mismatch').all;
    expect(board['evolve_args']).toMatchObject({ duration: board['duration'] });
    const [few, many] = [
      openCase('rockpool/TSContinuous/resample.json.gz').all,
      inputsOf('rockpool/TSContinuous/resample').all,
    ];
    const [before, after] = [few, many].map(({ args }) => (args as unknown as readonly NumericArray[])[0]?.values);
    expect(after).toHaveLength(1400);
    expect(after?.at(-1)).toBeCloseTo(Number(before?.at(-1)) + 99 * (0.9186 - 0.2067), 9);
  });

  it('is written for the original without what is expected', () => {
    const text = JSON.parse(caseText(openCase('rockpool/FFRateEuler/plain-relu.json.gz'))) as CaseRecord;
    expect(text['expected']).toBeUndefined();
    const { weights } = text['params'] as unknown as { weights: { dtype: string; shape: number[]; base64: string } };
    expect(weights).toMatchObject({ dtype: 'float64', shape: [2, 4] });
    expect(Buffer.from(weights.base64, 'base64')).toHaveLength(64);
  });
});

describe('the systems', () => {
  it('are timed, or it is said why not, each once', () => {
    const timed = Object.values(timedCases).flat();
    const named = [...timed.map((name) => openCase(`${name}.json.gz`).system), ...Object.values(untimed).flat()];
    expect(named.sort()).toEqual(Object.keys(expectedCounts).sort());
    expect(Object.keys(unavailable).every((driver) => driver in timedCases)).toBe(true);
    for (const system of Object.values(untimed).flat()) expect(untimedText()).toContain(system);
  });
});

describe('the table of systems', () => {
  const row = { case: 'a/B/c', steps: 10, run_s: 0.5, all_s: 2, first_s: 4 };
  const rows = [
    { ...row, system: 'a.Fast', original: { run_s: 100, first_s: 101 } },
    { ...row, system: 'a.Alone', why: 'not measured here' },
    { ...row, system: 'a.Slow', original: { run_s: 0.4, first_s: 8 } },
  ];

  it('has the slowest first and those without an original last', () => {
    expect(systemsTable(rows).split('\n').slice(2)).toEqual([
      '| a.Slow | c | 10 | 0.500 s | 2.00 s | 0.400 s | 0.800 | 0.200 | 4.00 s | 8.00 s | 2.00 | ≥ 1, 20 % short |',
      '| a.Fast | c | 10 | 0.500 s | 2.00 s | 100 s | 200 | 50.0 | 4.00 s | 101 s | 25.3 | ≥ 1, met |',
      '| a.Alone | c | 10 | 0.500 s | 2.00 s | original not measured here | – | – | 4.00 s | – | – | ≥ 1 |',
    ]);
  });

  it('tells the slowest ratios', () => {
    expect(slowestText(rows)).toBe(
      'The slowest ratio is 0.800 (a.Slow), of first calls 2.00 (a.Slow); an original that is built and compiled already against ours with building: 0.200 (a.Slow).',
    );
    expect(slowestText(rows.slice(1, 2))).toBe('No original was measured.');
  });
});

describe('what is asked', () => {
  it('names parts of the families and the interpreters of drivers', () => {
    const asked = readBenchArguments(['families', 'systems', '--originals', 'f.json'], []);
    expect(asked).toMatchObject({ kind: 'families', parts: ['systems'], originals: 'f.json' });
    expect(readBenchArguments(['families'], [])).toMatchObject({ parts: ['growth', 'systems'] });
    expect(readBenchArguments(['families', 'other'], [])).toBeUndefined();
    expect(readBenchArguments(['control', '--originals', 'f.json'], [])).toBeUndefined();
    expect(readInterpreters('{"norse_modules": "python3"}')).toEqual({ norse_modules: 'python3' });
    expect(readInterpreters('{"other": "python3"}')).toBeUndefined();
    expect(readInterpreters('[1]')).toBeUndefined();
  });
});
