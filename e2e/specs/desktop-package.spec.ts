/** Packing with the real electron-builder over a stand-in for Electron's binary: what the package holds, and the fuses of its binary. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { fusesByPlace } from '../../electron/packaging/fuses.ts';
import { contentFaults } from '../../electron/packaging/package-content.ts';
import { writeStandIn } from '../../electron/packaging/stand-in.test-support.ts';

const root = join(import.meta.dirname, '..', '..');
const near = createRequire(import.meta.url);
const { version } = near('electron/package.json') as { version: string };

test.describe('a package', () => {
  test.describe.configure({ mode: 'serial' });
  let folder = '';
  let packed = '';
  let asar = '';

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    folder = await mkdtemp(join(tmpdir(), 'spikeloom-package-'));
    const standIn = join(folder, 'electron');
    await writeStandIn(standIn, version);
    const config = 'electron/packaging/electron-builder.config.ts';
    const changes = [`-c.electronDist=${standIn}`, `-c.directories.output=${join(folder, 'out')}`];
    const builder = near.resolve('electron-builder/cli.js');
    const args = [builder, '--linux', '--x64', '--dir', '--config', config, ...changes];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    packed = join(folder, 'out', 'linux-unpacked');
    asar = join(packed, 'resources', 'app.asar');
  });
  test.afterAll(() => rm(folder, { recursive: true, force: true }));

  const files = (): string[] =>
    listPackage(asar, { isPack: false })
      .map((path) => path.replace(/^[/\\]/, '').replaceAll('\\', '/'))
      .filter((path) => !('files' in statFile(asar, path)));

  test('holds the built files and nothing else: no source, no test, no map, no reference case', () => {
    expect(contentFaults(files())).toEqual([]);
    expect(files().length).toBeGreaterThan(15);
  });

  test('holds no text that could be a key or a place on the machine that built it', () => {
    const texts = files().filter((path) => /\.(js|cjs|json|html|css)$/.test(path));
    const found = texts.filter((path) => {
      const text = extractFile(asar, path).toString('utf8');
      return (
        /-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{30}|npm_[A-Za-z0-9]{30}|AKIA[0-9A-Z]{16}/.test(text) ||
        text.includes(root)
      );
    });
    expect(found).toEqual([]);
  });

  test('starts at the entry of the desktop app and brings no packages', () => {
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString('utf8')) as Record<string, unknown>;
    expect(manifest['main']).toBe('dist/electron/main.js');
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  test('its binary has every fuse where the table says', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'spikeloom'));
    const expected = Object.entries(fusesByPlace()).map(([place, on]) => [
      place,
      on ? FuseState.ENABLE : FuseState.DISABLE,
    ]);
    expect(
      Object.entries(wire)
        .filter(([place]) => place !== 'version')
        .map(([place, state]) => [place, state]),
    ).toEqual(expected);
    // Beside the asar there is no folder that could be run in its place, and one language.
    expect(await readFile(join(packed, 'locales', 'en-US.pak'), 'utf8')).toBe('stand-in');
    await expect(readFile(join(packed, 'locales', 'de.pak'))).rejects.toThrow('ENOENT');
  });
});
