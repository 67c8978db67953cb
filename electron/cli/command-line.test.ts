/** The command line: outputs and exit codes are a contract. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesFolder } from '../platform/program-folders.ts';
import { runDetached } from '../jobs/detached-run.ts';
import type { RunStarter } from '../jobs/start-run.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { nodeClock } from '../platform/node-seams.ts';
import { readNpz } from '../../engine/formats/npz.ts';
import { expectOk } from '../../engine/base/result.ts';
import { runCommandLine } from './command-line.ts';

let folder: string;
const example = join(examplesFolder(), 'excitatory-inhibitory.spikeloom');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs in this thread: the thread's script exists only when built. */
const startRunHere: RunStarter = (request, onProgress) => ({
  outcome: Promise.resolve(
    runDetached(request, { clock: nodeClock, memory: nodeMemory, stopRequested: () => false, onProgress }),
  ),
  stop: () => undefined,
});

async function spikeloom(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    startRun: startRunHere,
  });
  return { code, stdout, stderr };
}

describe('usage', () => {
  it.each([
    [['unknown'], 2],
    [[], 2],
    [['check'], 2],
    [['explain', 'x'], 2],
    [['explain', 'x', '--stage', 'everything'], 2],
    [['check', 'x', '--unknown'], 2],
    [['serve', '--port', 'many'], 2],
    [['sweep', '--help'], 2],
    [['train', 'x', '--epochs', '0'], 2],
    [['train', '--help'], 0],
    [['--help'], 0],
  ])('%j ends with code %i', async (args, code) => {
    const ended = await spikeloom(...args);
    expect(ended.code).toBe(code);
    if (code === 2) expect(ended.stdout).toBe('');
  });
});

describe('run', () => {
  it('tells steps, times, spikes and problems, and writes what the probes recorded', async () => {
    const out = join(folder, 'run.npz');
    const { code, stdout } = await spikeloom('run', example, '--duration', '100ms', '--json', '--out', out);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { steps: number; spikes: Record<string, number> };
    expect(report).toMatchObject({ simSeconds: 0.1, cells: 100, stopped: false, problems: [] });
    expect(Object.values(report.spikes).some((count) => count > 0)).toBe(true);
    const arrays = expectOk(readNpz(new Uint8Array(await readFile(out))));
    expect([...arrays.keys()].some((name) => name.endsWith('/times'))).toBe(true);
  });

  it('gives the same spikes for the same seed on both targets and in both precisions, and others for another seed', async () => {
    const spikesOf = async (...args: string[]): Promise<unknown> => {
      const { stdout } = await spikeloom('run', example, '--duration', '200ms', '--json', ...args);
      return (JSON.parse(stdout) as { spikes: unknown }).spikes;
    };
    const first = await spikesOf('--seed', '7');
    expect(await spikesOf('--seed', '7', '--target', 'interpreter')).toEqual(first);
    expect(await spikesOf('--seed', '8')).not.toEqual(first);
    const single = await spikesOf('--seed', '7', '--precision', 'f32');
    expect(await spikesOf('--seed', '7', '--precision', 'f32', '--target', 'interpreter')).toEqual(single);
  });

  it.each([
    [['--duration', '5 kg'], 'model/parameter-dimension'],
    [['--duration', 'long'], 'units/'],
    [['--duration', '-1s'], 'run/duration'],
    [['--dt', '0ms'], 'model/time-step'],
  ])('refuses %j with a Problem', async (args, problemCode) => {
    const { code, stderr } = await spikeloom('run', example, ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(problemCode);
  });

  it('writes a report beside the recordings into a folder', async () => {
    const out = join(folder, 'results');
    expect((await spikeloom('run', example, '--duration', '10ms', '--out', out)).code).toBe(0);
    expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toMatchObject({ simSeconds: 0.01 });
    expect((await readFile(join(out, 'probes.npz'))).length).toBeGreaterThan(100);
  });
});

describe('prove', () => {
  it('names the example, its cells and the real-time factor', async () => {
    const { code, stdout } = await spikeloom('prove');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Engine: example “.+”, 100 cells, \d+ synapses, [1-9]\d* spikes in 2 s, [\d.]+ × real time\n$/,
    );
  });
});

describe('check', () => {
  it('accepts an example', async () => {
    const { code, stdout } = await spikeloom('check', example, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, cells: 100, problems: [] });
  });

  it('prints a missing file as a Problem with code, place, reason and hint', async () => {
    const { code, stdout, stderr } = await spikeloom('check', join(folder, 'nothing.spikeloom'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/error file\/not-found at nothing\.spikeloom: .+ → .+/);
    expect(stdout).toContain('1 errors');
  });

  it.each([
    ['damaged', 'PK\u0003\u0004 and nothing more'],
    ['no project', '{"format":"other"}'],
    ['not JSON', '{'],
    ['empty', ''],
  ])('refuses a file that is %s', async (name, content) => {
    const path = join(folder, `${name}.spikeloom`);
    await writeFile(path, content);
    const { code, stdout } = await spikeloom('check', path, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ severity: 'error' }] });
  });
});

describe('explain', () => {
  it.each(['document', 'model', 'program', 'code'])('prints the stage %s', async (stage) => {
    const { code, stdout } = await spikeloom('explain', example, '--stage', stage);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(100);
  });
});

describe('convert', () => {
  it('keeps the document through all forms', async () => {
    const [plain, asFolder, back] = [join(folder, 'a.json'), join(folder, 'project'), join(folder, 'b.json')];
    expect((await spikeloom('convert', example, plain)).code).toBe(0);
    expect((await spikeloom('convert', plain, asFolder)).code).toBe(0);
    expect((await spikeloom('convert', asFolder, back)).code).toBe(0);
    expect(JSON.parse(await readFile(back, 'utf8'))).toEqual(JSON.parse(await readFile(plain, 'utf8')));
  });

  it('reports what was kept and what not', async () => {
    const { stdout } = await spikeloom('convert', example, join(folder, 'c.json'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, format: 'json', approximated: [], refused: [] });
  });

  it('opens a network of Rockpool and writes it again, telling what is not exact', async () => {
    const layer = '"dt": 0.1, "noise_std": 0.0, "name": "a", "class_name": "FFRateEuler", "tau": [1.0], "gain": [1.0]';
    const text = `{"layers": [{"weights": [[1.0]], ${layer}, "bias": [0.0], "external_input": true}], "input_layer_name": "a"}`;
    const [network, own, again] = ['net.json', 'net.spikeloom', 'again.json'].map((name) => join(folder, name));
    await writeFile(network as string, text);
    const opened = await spikeloom('convert', network as string, own as string, '--json');
    expect(JSON.parse(opened.stdout)).toMatchObject({ ok: true, format: 'spikeloom', refused: [] });
    expect((JSON.parse(opened.stdout) as { approximated: string[] }).approximated).toEqual([
      expect.stringContaining('activation function of "a"'),
    ]);
    const back = await spikeloom('convert', own as string, again as string, '--to', 'rockpool', '--json');
    expect(JSON.parse(back.stdout)).toMatchObject({ ok: true, exact: ['1 layers', '1 connections', 'time step'] });
    expect(await readFile(again as string, 'utf8')).toBe(text);
    const refused = await spikeloom('convert', example, join(folder, 'example.json'), '--to', 'rockpool', '--json');
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([1, { ok: false, exact: [] }]);
    await expect(readFile(join(folder, 'example.json'))).rejects.toThrow();
  });

  it('asks for the form when the name does not tell it', async () => {
    const { code, stderr } = await spikeloom('convert', example, join(folder, 'd.xyz'));
    expect(code).toBe(1);
    expect(stderr).toContain('--to');
  });
});

describe('conform', () => {
  const reference = {
    id: 'a/b/c',
    system: 'nobody.Nothing',
    kind: 'evolve',
    params: {},
    expected: { x: 1 },
    tolerance: {},
  };

  it('counts unknown systems, unreadable files and cases without expectation as failed', async () => {
    const cases = await mkdtemp(join(folder, 'cases-'));
    await writeFile(join(cases, 'unknown.json'), JSON.stringify(reference));
    await writeFile(join(cases, 'zipped.json.gz'), gzipSync(JSON.stringify({ ...reference, id: 'a/b/d' })));
    await writeFile(join(cases, 'torn.json.gz'), gzipSync(JSON.stringify(reference)).subarray(0, 40));
    await writeFile(join(cases, 'nothing.json'), JSON.stringify({ ...reference, expected: {} }));
    const { code, stdout, stderr } = await spikeloom('conform', cases, '--json');
    expect(code).toBe(1);
    const { cases: results } = JSON.parse(stdout) as { cases: { id: string; status: string }[] };
    expect(results.map((result) => result.status)).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('0 passed, 4 failed');
  });

  it('fails when there is nothing to run', async () => {
    const cases = await mkdtemp(join(folder, 'none-'));
    const { code, stdout } = await spikeloom('conform', cases);
    expect(code).toBe(1);
    expect(stdout.trimEnd()).toBe('0 passed, 0 failed');
    expect((await spikeloom('conform', join(folder, 'missing'))).code).toBe(1);
  });
});
