/** Whether the Electron window can be opened here, and if not, why. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './process.mjs';

const limitSeconds = 45;
const folder = join(root, 'node_modules', 'electron');
const memory = join(root, '.cache', 'electron.json');

/**
 * The path of Electron's binary, or why the browser mode is used instead. The binary is fetched once at most.
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function findElectron() {
  if (process.getuid?.() === 0) return { reason: 'its sandbox cannot run as root' };
  const needsDisplay = process.platform !== 'darwin' && process.platform !== 'win32';
  if (needsDisplay && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return { reason: 'there is no display' };
  const path = binary() ?? (await fetchOnce());
  return path === undefined ? { reason: `its binary could not be fetched (delete ${memory} to try again)` } : { path };
}

function binary() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : undefined;
}

async function fetchOnce() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (existsSync(memory) && JSON.parse(readFileSync(memory, 'utf8')).tried === version) return undefined;
  say('Fetching the Electron binary (once, 45 seconds at most)…');
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(memory, JSON.stringify({ tried: version }));
  await run(process.execPath, [join(folder, 'install.js')], { output: 'keep', limitSeconds });
  return binary();
}
