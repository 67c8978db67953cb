/** Installing: the packages of the lock file, exactly, when they are not there yet. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './process.mjs';

const oldestNode = [20, 19];

/** Ends the process with a clear line when this Node is too old. */
export function demandNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  say(`Spikeloom needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

/** Runs `npm ci` when node_modules does not hold what the lock file says. */
export async function ensureInstalled() {
  demandNode();
  const missing = firstMissing();
  if (missing === undefined) return;
  say(`Installing packages (${missing})…`);
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund'], { output: 'stderr' });
  if (code === 0) return;
  say('npm ci failed; see above. Without a network, copy node_modules from a machine that has it.');
  process.exit(1);
}

/** Why packages must be installed, or undefined. */
function firstMissing() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'nothing is installed yet';
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional === true) continue;
    if (installed[path]?.version !== entry.version)
      return `${path.replace('node_modules/', '')} ${entry.version} is missing`;
  }
  return undefined;
}

/**
 * @param {string} path A lock file.
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}
