/** Building: the page and the Node side, each only when something it is made from has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool, say } from './process.mjs';

/** @typedef {'page' | 'node'} Part */

const shared = ['engine', 'assets', 'package-lock.json', 'tsconfig.base.json'];
const parts = {
  page: { inputs: [...shared, 'renderer', 'vite.config.ts'], output: 'dist/renderer/index.html' },
  node: { inputs: [...shared, 'electron', 'vite.node.config.ts'], output: 'dist/electron/cli.js' },
};
const cache = join(root, '.cache');
const oldLockSeconds = 600;

/**
 * Builds the parts whose inputs have changed since they were built. Ends the process when a build fails.
 * @param {readonly Part[]} wanted
 */
export async function ensureBuilt(wanted) {
  mkdirSync(cache, { recursive: true });
  if (stale(wanted).length === 0) return;
  await lock();
  try {
    for (const part of stale(wanted)) await build(part);
  } finally {
    rmSync(join(cache, 'build.lock'), { recursive: true, force: true });
  }
}

/** @param {readonly Part[]} wanted */
function stale(wanted) {
  return wanted.filter((part) => !existsSync(join(root, parts[part].output)) || recorded(part) !== inputHash(part));
}

/** @param {Part} part */
async function build(part) {
  const hash = inputHash(part);
  say(part === 'page' ? 'Building the page…' : 'Building the Node side…');
  rmSync(recordPath(part), { force: true });
  if (part === 'page') await vite('vite.config.ts', {});
  else {
    await vite('vite.node.config.ts', {});
    await vite('vite.node.config.ts', { SPIKELOOM_BUILD: 'preload' });
  }
  writeFileSync(recordPath(part), hash);
}

/**
 * @param {string} config
 * @param {Record<string, string>} env
 */
async function vite(config, env) {
  const { code, output } = await runTool('vite', 'vite', ['build', '--config', config, '--logLevel', 'warn'], {
    output: 'keep',
    env: { NODE_ENV: 'production', ...env },
  });
  if (output.trim() !== '') say(output.trim());
  if (code === 0) return;
  rmSync(join(cache, 'build.lock'), { recursive: true, force: true });
  say('The build failed; see above.');
  process.exit(1);
}

/** Waits until no other process builds. */
async function lock() {
  const path = join(cache, 'build.lock');
  for (;;) {
    try {
      mkdirSync(path);
      return;
    } catch {
      if (!existsSync(path)) continue;
      const age = (Date.now() - statSync(path).mtimeMs) / 1000;
      if (age > oldLockSeconds) rmSync(path, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/** @param {Part} part */
function recordPath(part) {
  return join(cache, `built-${part}`);
}

/** @param {Part} part */
function recorded(part) {
  return existsSync(recordPath(part)) ? readFileSync(recordPath(part), 'utf8') : '';
}

/**
 * Hash of names and contents of everything a part is made from; tests do not count.
 * @param {Part} part
 */
function inputHash(part) {
  const hash = createHash('sha256');
  for (const input of parts[part].inputs) {
    for (const path of filesUnder(input))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full) || /\.test\.tsx?$/.test(path)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}
