/** `npm run package [-- OPTIONS of electron-builder]`: builds, checks the configuration and what a package would hold, then packs for this system. */
import { readdirSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { root, runTool, say } from './steps/process.mjs';

const reachSeconds = 20;

await ensureInstalled();
const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
await ensureBuilt(['page', 'node']);
await demand('The configuration or the fuses are not as they should be', 'vitest', 'vitest', [
  'run',
  'electron/packaging',
  'electron/main/built-scripts.test.ts',
]);
await demand('A package would not hold what it should', '@playwright/test', 'playwright', [
  'test',
  '--config',
  'e2e/playwright.config.ts',
  '--project',
  'specs',
  '--no-deps',
  'desktop-package.spec.ts',
]);
say('The configuration fits its schema; a package holds what it should; its fuses are set.');

const obstacle = await obstacleToElectron();
if (obstacle !== undefined) {
  say(`No package was made: the binary of Electron ${version} cannot be fetched (${obstacle}).`);
  process.exit(1);
}
const { code } = await runTool('electron-builder', 'electron-builder', [
  '--config',
  'electron/packaging/electron-builder.config.ts',
  '--publish',
  'never',
  ...process.argv.slice(2),
]);
if (code === 0) say('The packages are in dist/packages.');
process.exit(code);

/**
 * Runs a check to its end; ends the process when it fails.
 * @param {string} failure
 * @param {string} packageName
 * @param {string} binary
 * @param {readonly string[]} args
 */
async function demand(failure, packageName, binary, args) {
  const { code, output } = await runTool(packageName, binary, args, { output: 'keep' });
  if (code === 0) return;
  say(output.trim());
  say(`${failure}; see above.`);
  process.exit(1);
}

/** Why electron-builder could not have the binary; undefined when it is here or can be reached. */
async function obstacleToElectron() {
  if (isKept()) return undefined;
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  const address = `${mirror}v${version}/SHASUMS256.txt`;
  try {
    const { ok, status } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(reachSeconds * 1000) });
    return ok ? undefined : `${address} answers ${status}`;
  } catch {
    return `${address} cannot be reached`;
  }
}

/** Whether an earlier run has kept the archive, in the places where electron-builder looks for it. */
function isKept() {
  const places = [
    process.env['ELECTRON_CACHE'],
    process.env['electron_config_cache'],
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'electron'),
    join(homedir(), 'Library', 'Caches', 'electron'),
    join(process.env['LOCALAPPDATA'] ?? homedir(), 'electron', 'Cache'),
  ];
  const name = `electron-v${version}-${process.platform}-`;
  return places.some(
    (place) =>
      place !== undefined &&
      existsSync(place) &&
      readdirSync(place, { recursive: true }).some((path) => String(path).includes(name)),
  );
}
