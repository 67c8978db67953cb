/** The configuration of the packages holds against electron-builder's own schema, and says what the packages must be. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import configuration from './electron-builder.config.ts';
import { contentFaults } from './package-content.ts';

const near = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const schema: unknown = near('app-builder-lib/scheme.json');
const { validateSchema } = near('app-builder-lib/out/util/config/schemaValidator.js') as {
  validateSchema(schema: unknown, data: unknown): void;
};

/** The validator changes what it is given. */
function check({ afterPack, ...data }: Configuration): void {
  validateSchema(schema, { ...structuredClone(data), afterPack });
}

describe('configuration', () => {
  it('fits the schema', () => {
    expect(() => check(configuration)).not.toThrow();
  });

  it.each([
    ['a key that does not exist', { asarIntegrity: true }],
    ['a target that is none', { linux: { target: { name: 'deb' } } }],
    ['a file association without extension', { fileAssociations: [{ name: 'x' }] }],
    ['a wrong type', { directories: { output: {} } }],
    ['a misspelt key of a system', { mac: { hardendRuntime: true } }],
  ])('%s does not fit', (_name, change) => {
    expect(() => check({ ...configuration, ...(change as Configuration) })).toThrow(/Invalid configuration/);
  });

  it('makes AppImage, deb, an installer for two processors, and a universal image', () => {
    expect(configuration.linux?.target).toEqual(['AppImage', 'deb']);
    expect(configuration.win?.target).toEqual([{ target: 'nsis', arch: ['x64', 'arm64'] }]);
    expect(configuration.mac?.target).toEqual([{ target: 'dmg', arch: ['universal'] }]);
    expect(configuration.mac?.hardenedRuntime).toBe(true);
  });

  it('packs into an asar, opens .spikeloom, publishes nowhere, and starts with no switches', () => {
    expect(configuration.asar).toBe(true);
    expect(configuration.asarUnpack).toBeUndefined();
    expect(configuration.fileAssociations).toMatchObject([{ ext: 'spikeloom', role: 'Editor' }]);
    expect(configuration.publish).toBeNull();
    expect(configuration.linux?.executableArgs).toBeUndefined();
    expect(configuration.extraResources).toBeUndefined();
    expect(configuration.extraFiles).toBeUndefined();
  });

  it('names icons that are there', () => {
    for (const icon of [configuration.linux?.icon, configuration.win?.icon, configuration.mac?.icon])
      expect(existsSync(String(icon))).toBe(true);
    expect(existsSync(String(configuration.mac?.entitlements))).toBe(true);
  });
});

describe('content of a package', () => {
  const good = [
    'package.json',
    'dist/electron/main.js',
    'dist/electron/preload.cjs',
    'dist/electron/chunks/problem-abc.js',
    'dist/renderer/index.html',
    'dist/renderer/assets/index-abc.css',
    'dist/renderer/workers/engine-worker-abcdefgh.js',
    'dist/renderer/workers/history-worker-abcdefgh.js',
    'assets/examples/sunspots.spikeloom',
  ];

  it('what belongs there is no fault', () => {
    expect(contentFaults(good)).toEqual([]);
  });

  it.each([
    'dist/electron/main.js.map',
    'dist/electron/cli.js',
    'electron/main/main.ts',
    'dist/electron/main.test.js',
    'node_modules/zod/index.js',
    'dist/electron/node_modules/x/index.js',
    'e2e/cases/x.json.gz',
    'dist/renderer/assets/index-abc.js.map',
    '.env',
    'dist/renderer/.env',
    'assets/data/sunspots.csv',
    'package-lock.json',
    'dist/renderer/assets/key.pem',
  ])('%s is one', (path) => {
    expect(contentFaults([...good, path])).toEqual([`${path} does not belong there`]);
  });

  it('a package that lacks something is one', () => {
    for (const path of ['dist/electron/preload.cjs', 'dist/renderer/index.html', 'package.json'])
      expect(contentFaults(good.filter((other) => other !== path))).toHaveLength(1);
  });
});
