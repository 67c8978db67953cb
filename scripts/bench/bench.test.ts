/** Bench: arguments, the goals table, growth, and the page they are written into. */
import { describe, expect, it } from 'vitest';
import { readBenchArguments } from './arguments.ts';
import { compareRows, markdownTable, printTable, type TableLine } from './compare.ts';
import { growthOf } from './families.ts';
import { linePlot } from './line-plot.ts';
import { peerRowOf } from './measure-peer.ts';
import { composePage, partOf, withLines } from './performance-page.ts';
import { leastOfOurs, leastOfPeers, publicRow, readOurRows, readPeerRows } from './row.ts';
import type { MeasuredRow } from './row.ts';

const known = ['W1', 'W2a'];
const common = { json: undefined, threads: 1, precision: 'f64', quick: false };

describe('arguments of bench', () => {
  it('name workloads, all without any', () => {
    expect(readBenchArguments([], known)).toEqual({ ...common, kind: 'workloads', names: known });
    expect(readBenchArguments(['W2a', '--json', 'f', '--threads', '2', '--quick'], known)).toEqual({
      ...{ kind: 'workloads', names: ['W2a'], json: 'f', threads: 2, precision: 'f64', quick: true },
    });
  });

  it('ask for families or a comparison', () => {
    expect(readBenchArguments(['families', '--write'], known)).toMatchObject({ kind: 'families', write: true });
    expect(readBenchArguments(['control', '--quick'], known)).toMatchObject({
      kind: 'control',
      write: false,
      quick: true,
    });
    const compared = readBenchArguments(['compare', 'p.json', '--ours', 'o.json'], known);
    expect(compared).toMatchObject({ kind: 'compare', peers: ['p.json'], ours: 'o.json', passes: 1 });
    const several = readBenchArguments(['compare', 'p.json', 'q.json', '--passes', '3'], known);
    expect(several).toMatchObject({ peers: ['p.json', 'q.json'], passes: 3 });
    const inTurn = readBenchArguments(['compare', '--peer', 'W1.a=x=1 run', '--only', 'W1'], known);
    expect(inTurn).toMatchObject({ peers: [], commands: new Map([['W1.a', 'x=1 run']]), only: ['W1'] });
  });

  it.each([
    [['W9x']],
    [['compare']],
    [['compare', 'a', '--passes', '0']],
    [['W1', '--passes', '2']],
    [['compare', '--peer', 'W1.a']],
    [['compare', 'p.json', '--only', 'W9x']],
    [['W1', '--only', 'W1']],
    [['W1', '--ours', 'o']],
    [['W1', '--write']],
    [['--threads', '0']],
    [['--precision', 'f16']],
    [['--other']],
  ])('are refused: %s', (args) => expect(readBenchArguments(args, known)).toBeUndefined());
});

const row: MeasuredRow = {
  workload: 'W1',
  precision: 'f64',
  threads: 1,
  build_s: 0.1,
  sim_s: 0.2,
  sim_all: [0.2, 0.3],
  cpu_s: 0.25,
  steps: 10_000,
  neurons: 4000,
  synapses: 320_000,
  spikes: 74_000,
  memoryBytes: 1e8,
};

/** The line of a workload against a peer. */
function lineOf(peers: Parameters<typeof compareRows>[0], ours: readonly MeasuredRow[], title: string, against = '') {
  return compareRows(peers, ours).find((line) => line.workload === title && line.against.startsWith(against));
}

describe('several passes', () => {
  it('count with the least of each figure', () => {
    const slow = { ...row, sim_s: 0.3, sim_all: [0.4], cpu_s: 0.2, build_s: 0.05, memoryBytes: 9e7 };
    const single = { ...row, precision: 'f32' } as const;
    expect(leastOfOurs([row, single, slow])).toEqual([
      { ...row, build_s: 0.05, cpu_s: 0.2, sim_all: [0.2, 0.3, 0.4], memoryBytes: 9e7 },
      single,
    ]);
  });

  it('leave out peers that failed once', () => {
    const peers = [{ label: 'W1.a', sim_s: 2, cpu_s: 1 }, { label: 'W1.a', sim_s: null }, { label: 'W1.b' }];
    expect(leastOfPeers([...peers, { label: 'W1.a', sim_s: 1.5, cpu_s: 1.5 }])).toEqual([
      { label: 'W1.a', sim_s: 1.5, cpu_s: 1 },
      { label: 'W1.b' },
    ]);
  });
});

describe('the goals table', () => {
  const brian = { label: 'W1.brian2-cpp.1', sim_s: 0.4, cpu_s: 0.5 };

  it('says what is met and what falls short by how much', () => {
    const met = lineOf([brian], [row], 'W1', 'brian2');
    expect(met).toMatchObject({ ratio: '2.00', cpu: '2.00', goal: '≥ 1.6', shortfall: 'met' });
    expect(lineOf([{ ...brian, sim_s: 0.16 }], [row], 'W1', 'brian2')?.shortfall).toBe('50 % short');
  });

  it('tells which peer or row is missing', () => {
    expect(lineOf([brian], [row], 'W1', 'nest')?.shortfall).toBe('no figure of the peer');
    expect(lineOf([{ label: 'W1.nest.1' }], [row], 'W1', 'nest')?.shortfall).toBe('no figure of the peer');
    expect(lineOf([brian], [], 'W1', 'brian2')?.shortfall).toBe('not measured');
  });

  it('counts the build of the largest network, and its memory', () => {
    const large = { ...row, workload: 'W2c', build_s: 1, sim_s: 1 };
    const peer = { label: 'W2c.nest.1', build_s: 6, sim_s: 4, memory_bytes: 5e8 };
    expect(lineOf([peer], [large], 'W2c build and run', 'nest')?.ratio).toBe('5.00');
    expect(lineOf([peer], [large], 'W2c memory', 'nest')?.ratio).toBe('5.00');
  });

  it('compares rows of ours with each other and edits with their limit', () => {
    const rows = [row, { ...row, workload: 'W9.headless' }, { ...row, workload: 'W9.page', sim_s: 0.24 }];
    const edit = { ...row, workload: 'edit.parameter', build_s: 0.01 };
    expect(lineOf([], rows, 'W9 page / headless')?.shortfall).toBe('9 % over');
    expect(lineOf([], [edit], 'edit a parameter to running (ms)')?.shortfall).toBe('met');
  });

  it('takes single lines anew and leaves the others', () => {
    const [line, other] = compareRows([brian], [row]).filter(({ workload }) => workload === 'W1');
    const table = markdownTable([line, other].flatMap((each) => (each === undefined ? [] : [each])));
    const fresh = { ...(line as TableLine), ratio: '7.00' };
    const changed = withLines(`a machine\n\n${table}`, [fresh]);
    expect(changed).toContain('| 7.00 |');
    expect(
      changed.split('\n').filter((text, index) => text !== `a machine\n\n${table}`.split('\n')[index]),
    ).toHaveLength(1);
  });

  it('reads what a peer prints', () => {
    expect(peerRowOf('W1.a', 'noise\nJSON {"label":"b","sim_s":2}\n')).toEqual({ label: 'W1.a', sim_s: 2 });
    expect(peerRowOf('W1.a', 'it failed')).toEqual({ label: 'W1.a' });
  });

  it('is printed in columns', () => {
    const lines = printTable(compareRows([brian], [row])).split('\n');
    expect(lines[0]).toMatch(/^workload +against +precision +peer +ours +ratio +cpu +goal +shortfall$/);
    expect(lines[1]).toMatch(/^W1 +brian2-cpp\.1 +f64 +0\.400 s +0\.200 s +2\.00 +2\.00 +≥ 1\.6 +met$/);
  });
});

describe('files', () => {
  it('of ours hold what the contract says and nothing else', () => {
    expect(Object.keys(publicRow(row))).toEqual([
      ...['workload', 'precision', 'threads', 'build_s', 'sim_s', 'sim_all', 'cpu_s', 'steps'],
      ...['neurons', 'synapses', 'spikes'],
    ]);
    expect(readOurRows(JSON.stringify([publicRow(row)]))).toEqual([publicRow(row)]);
  });

  it.each(['', '{}', '[1]', '[null]', '[{"other": 1}]'])('that are none are refused: %s', (text) => {
    expect(readOurRows(text)).toBeUndefined();
    expect(readPeerRows(text)).toBeUndefined();
  });
});

describe('growth', () => {
  it('is the slope of the line, with the greatest distance from it', () => {
    const straight = [1, 2, 3].map((x) => [x, 1 + 2 * x] as const);
    expect(growthOf(straight)).toEqual({ slope: 2, offset: 1, deviation: 0 });
    const bent = [1, 2, 3].map((x) => [x, x * x] as const);
    expect(growthOf(bent).deviation).toBeCloseTo(2 / 26, 2);
  });

  it('is drawn with every point', () => {
    const lines = [{ name: 'a < b', points: [[1, 2] as const, [3, 4] as const] }];
    const picture = linePlot({ title: 'T', x: 'cells', y: 'seconds', lines });
    expect(picture.match(/<circle/g)).toHaveLength(2);
    expect(picture).toContain('a &lt; b');
  });
});

describe('the page', () => {
  it('keeps the part that is not written', () => {
    const parts = {
      goals: 'the goals',
      bounds: 'the bounds',
      systems: 'the systems',
      control: 'the control',
      growth: 'the growth',
    };
    const page = composePage(parts);
    for (const [name, text] of Object.entries(parts)) expect(partOf(page, name)).toBe(text);
  });
});
