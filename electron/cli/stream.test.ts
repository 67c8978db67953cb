/** Runs in chunks: rows go in, rows come out; and the verbs that help names exist on the command line. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectToJson } from '../../engine/formats/project.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { startRunInThread } from '../jobs/start-run.ts';
import { runCommandLine } from './command-line.ts';

let folder: string;
let project: string;

/** Two live channels into a pass-through of weights 1, its output probed. */
function streamed(): SpikeloomDocument {
  const empty = createEmptyDocument('Streamed');
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } },
    elements: {
      in: { id: 'in', kind: 'stimuli/live', name: 'In', parameters: { size: 2, value: { value: 10, unit: '1' } } },
      out: { id: 'out', kind: 'layers/pass-through', name: 'Out', parameters: {} },
    },
    connections: {
      wire: {
        ...{ id: 'wire', kind: 'connectors/wire', parameters: {} },
        ...{ from: { element: 'in', port: 'out' }, to: { element: 'out', port: 'in' } },
      },
    },
    probes: { p: { id: 'p', element: 'out', target: 'out', cells: null } },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-stream-'));
  project = join(folder, 'streamed.json');
  await writeFile(project, projectToJson(streamed()));
});

afterAll(() => rm(folder, { recursive: true }));

async function spikeloom(args: readonly string[], ...input: string[]) {
  let [stdout, stderr] = ['', ''];
  async function* stdin() {
    yield* input;
  }
  const code = await runCommandLine(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    startRun: startRunInThread,
    stdin: stdin(),
  });
  return { code, stdout, stderr };
}

const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('run --stream', () => {
  it('given rows in pieces, then a line for each says what came out, after one step or as long as a row holds', async () => {
    const { code, stdout } = await spikeloom(['run', project, '--stream'], '1, 2\n3\t', '4\n\n-1 0.5');
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual([
      { t: 0.001, probes: { 'Out.out': [11, 12] } },
      { t: 0.002, probes: { 'Out.out': [13, 14] } },
      { t: 0.003, probes: { 'Out.out': [9, 10.5] } },
    ]);
    const longer = await spikeloom(['run', project, '--stream', '--row-time', '5ms'], '1 2\n');
    expect(lines(longer.stdout)).toEqual([{ t: 0.005, probes: { 'Out.out': [11, 12] } }]);
  });

  it('given --json, then one document has all rows', async () => {
    const { stdout } = await spikeloom(['run', project, '--stream', '--json'], '1 2\n3 4\n');
    expect(JSON.parse(stdout)).toMatchObject({ steps: 2, rows: [{ t: 0.001 }, { t: 0.002 }], problems: [] });
  });

  it.each([
    ['1 2 3\n', 'model/parameter-shape'],
    ['1 two\n', 'model/parameter-not-finite'],
  ])('given %j, then it ends with %s', async (row, found) => {
    const { code, stdout, stderr } = await spikeloom(['run', project, '--stream'], '1 2\n', row, '1 2\n');
    expect([code, lines(stdout).length]).toEqual([1, 1]);
    expect(stderr).toContain(found);
  });

  it.each([
    ['--out', 'x.npz'],
    ['--resume', 'x.checkpoint'],
    ['--checkpoint', 'x.checkpoint'],
    ['--threads', '2'],
  ])('given %s as well, which it could not keep to, then it refuses', async (option, value) => {
    const { code, stderr } = await spikeloom(['run', project, '--stream', option, value], '1 2\n');
    expect(code).toBe(2);
    expect(stderr).toContain(option);
  });

  it('given a project without a live input, then it says so', async () => {
    const path = join(folder, 'deaf.json');
    const { elements, ...rest } = streamed();
    const only = { ...rest, elements: { out: elements['out'] }, connections: {} } as SpikeloomDocument;
    await writeFile(path, projectToJson(only));
    const { code, stderr } = await spikeloom(['run', path, '--stream'], '1\n');
    expect(code).toBe(1);
    expect(stderr).toContain('model/missing-input');
  });
});

describe('convert to a graph', () => {
  it('given dot or graph, then blocks are nodes and connections edges', async () => {
    const [dot, json] = [join(folder, 'net.dot'), join(folder, 'net.graph.json')];
    expect((await spikeloom(['convert', project, dot])).code).toBe(0);
    expect((await readFile(dot, 'utf8')).split('\n')).toEqual([
      'digraph "Streamed" {',
      '  rankdir=LR;',
      '  "in" [shape=box, label="In\\nstimuli/live"];',
      '  "out" [shape=box, label="Out\\nlayers/pass-through"];',
      '  "in" -> "out" [taillabel="out", headlabel="in", label="connectors/wire"];',
      '}',
      '',
    ]);
    expect((await spikeloom(['convert', project, json, '--to', 'graph'])).code).toBe(0);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
      nodes: [
        { id: 'in', inputs: [], outputs: ['out'] },
        { id: 'out', inputs: ['in'], outputs: ['out'] },
      ],
      edges: [{ from: { node: 'in', port: 'out' }, to: { node: 'out', port: 'in' } }],
    });
  });
});

describe('the page of verbs', () => {
  it('given each command that it names, then the command line has it with its options', async () => {
    const page = await readFile(new URL('../../assets/help/verbs.md', import.meta.url), 'utf8');
    const named = [...page.matchAll(/`spikeloom ([a-z]+)([^`]*)`/gu)];
    expect(named.length).toBeGreaterThan(8);
    for (const [, verb = '', rest = ''] of named) {
      const { stdout } = await spikeloom([verb, '--help']);
      expect(stdout, verb).toContain(`Usage: spikeloom ${verb}`);
      for (const [option] of rest.matchAll(/--[a-z-]+/gu)) expect(stdout).toContain(option);
      for (const [, form = ''] of rest.matchAll(/--to ([a-z]+)/gu)) expect(stdout).toContain(`"${form}"`);
    }
  });
});
