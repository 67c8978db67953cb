/** The command line: outputs and exit codes are a contract. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesFolder } from '../platform/program-folders.ts';
import { runCommandLine } from './command-line.ts';

let folder: string;
const example = join(examplesFolder(), 'excitatory-inhibitory.spikeloom');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function spikeloom(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine(args, { write: (text) => (stdout += text) }, { write: (text) => (stderr += text) });
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
    [['--help'], 0],
  ])('%j ends with code %i', async (args, code) => {
    const ended = await spikeloom(...args);
    expect(ended.code).toBe(code);
    if (code === 2) expect(ended.stdout).toBe('');
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
