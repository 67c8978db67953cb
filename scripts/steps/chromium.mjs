/** A Chromium for the end-to-end tests: one that is there, Debian's package, or Playwright's own. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { run, runTool, say } from './process.mjs';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * Makes sure that a Chromium starts.
 * @returns {Promise<string | undefined>} What went wrong with the command to run, or undefined when one is ready.
 */
export async function ensureChromium() {
  if (await anyStarts()) return undefined;
  if (await installPackage()) return undefined;
  say('Installing the Chromium of Playwright…');
  const { code } = await runTool('playwright', 'playwright', ['install', 'chromium'], {
    output: 'stderr',
    limitSeconds: 600,
  });
  if (code === 0 && (await anyStarts())) return undefined;
  return 'No Chromium could be installed. Run as root: apt-get install chromium   (or: npx playwright install --with-deps chromium)';
}

/** Debian's Chromium where it is installed. */
export function systemChromium() {
  return systemPaths.find((path) => existsSync(path));
}

async function anyStarts() {
  for (const path of [...systemPaths, playwrightPath()]) if (existsSync(path) && (await starts(path))) return true;
  return false;
}

/** @param {string} path */
async function starts(path) {
  const { code } = await run(path, ['--version'], { output: 'keep', limitSeconds: 30 });
  return code === 0;
}

/** Where Playwright puts its own Chromium. */
function playwrightPath() {
  return createRequire(import.meta.url)('playwright').chromium.executablePath();
}

async function installPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say('Installing the chromium package…');
  const options = /** @type {const} */ ({
    output: 'stderr',
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    limitSeconds: 600,
  });
  await run('apt-get', ['update', '-q'], options);
  const { code } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  return code === 0 && (await anyStarts());
}
