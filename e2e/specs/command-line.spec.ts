/** The built command line as a script would use it: what is on stdout, exit codes, signals. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');
const example = 'assets/examples/excitatory-inhibitory.spikeloom';
const forecast = 'assets/examples/sunspots.spikeloom';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function command(file: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(file, [...args], { cwd: root, maxBuffer: 1 << 28 }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const spikeloom = (...args: string[]): Promise<Ended> => command(process.execPath, ['dist/electron/cli.js', ...args]);

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-cli-'));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('through npm, stdout holds the JSON document and nothing else', async () => {
  const { code, stdout } = await command('npm', ['run', '-s', 'spikeloom', '--', 'check', example, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, cells: 100 });
});

test('a run on both targets gives the same recordings, bit for bit', async () => {
  const record = async (target: string): Promise<Buffer> => {
    const out = join(folder, `${target}.npz`);
    expect((await spikeloom('run', example, '--duration', '200ms', '--target', target, '--out', out)).code).toBe(0);
    return readFile(out);
  };
  expect((await record('wasm')).equals(await record('interpreter'))).toBe(true);
});

test('the sunspot forecast beats persistence, the same to the last digit each time', async () => {
  const run = async (): Promise<{ nrmse: number; persistenceNrmse: number }> => {
    const { stdout } = await spikeloom('run', forecast, '--json');
    return (JSON.parse(stdout) as { readouts: [{ nrmse: number; persistenceNrmse: number }] }).readouts[0];
  };
  const [first, second] = [await run(), await run()];
  expect(second).toEqual(first);
  expect(first.nrmse).toBeLessThan(0.8 * first.persistenceNrmse);
});

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends a run with code ${expected} after writing what was recorded`, async () => {
    const out = join(folder, 'out');
    const args = ['dist/electron/cli.js', 'run', example, '--duration', '2000s', '--dt', '1ms', '--json', '--out', out];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
    // The first line of progress tells that the run is under way.
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill(signal);
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(expected);
    expect(JSON.parse(stdout)).toMatchObject({ stopped: true, problems: [] });
    expect((await stat(join(out, 'probes.npz'))).size).toBeGreaterThan(100);
    expect((await stat(join(out, 'run.checkpoint'))).size).toBeGreaterThan(1000);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test(`after ${signal} a run goes on from its checkpoint, and its recordings are those of one that was not stopped`, async () => {
    const file = join(folder, 'some.checkpoint');
    const [whole, resumed] = [join(folder, 'whole.npz'), join(folder, 'resumed.npz')];
    const run = ['run', example, '--duration', '200s', '--dt', '1ms', '--out'];
    expect((await spikeloom(...run, whole)).code).toBe(0);
    const args = ['dist/electron/cli.js', ...run, resumed, '--checkpoint', file, '--checkpoint-every', '0.1'];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    const closed = new Promise((resolve) => child.on('close', resolve));
    await expect.poll(() => existsSync(file), { timeout: 60_000, intervals: [20] }).toBe(true);
    child.kill(signal);
    await closed;
    const { code, stderr } = await spikeloom(...run, resumed, '--resume', file, '--json');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('checkpoint/')]);
    expect((await readFile(resumed)).equals(await readFile(whole))).toBe(true);
  });
}

test('a checkpoint that is damaged, missing or of another run is refused', async () => {
  const file = join(folder, 'damaged.checkpoint');
  await writeFile(file, 'nothing of the kind');
  const { code, stderr } = await spikeloom('run', example, '--duration', '1s', '--resume', file);
  expect([code, stderr]).toEqual([1, expect.stringContaining('checkpoint/unreadable')]);
  expect((await spikeloom('run', example, '--duration', '1s', '--resume', join(folder, 'missing'))).code).toBe(1);
});

test('a reader that stops reading is no error', async () => {
  const { code, stderr } = await command('sh', [
    '-c',
    `node dist/electron/cli.js explain ${example} --stage program | head -1 >/dev/null`,
  ]);
  expect([code, stderr]).toEqual([0, '']);
});

test('wrong usage and problems have their own exit codes', async () => {
  expect((await spikeloom('run')).code).toBe(2);
  expect((await spikeloom('check', join(folder, 'missing.spikeloom'))).code).toBe(1);
  expect((await spikeloom('run', example)).code).toBe(1);
});
