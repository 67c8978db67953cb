/** Child processes of the scripts: run to the end, with output passed on or kept. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} RunOptions
 * @property {'pass' | 'stderr' | 'keep'} [output] Where output goes: on to ours, all of it to our stderr, or only into the result.
 * @property {Record<string, string>} [env] Added to the environment.
 * @property {number} [limitSeconds] Killed after so long.
 */

/**
 * Runs a command in the project folder.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string, seconds: number }>} `code` is 124 when the limit was reached.
 */
export function run(command, args, options = {}) {
  const started = performance.now();
  const { output = 'pass', limitSeconds } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: output === 'pass' ? 'inherit' : output === 'stderr' ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let late = false;
    const collect = (/** @type {Buffer} */ part) => (text += part.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const timer =
      limitSeconds === undefined ? undefined : setTimeout(() => (late = child.kill('SIGKILL')), limitSeconds * 1000);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : code, output: text, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => {
      text += String(error);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/**
 * Runs a tool of node_modules with this Node.
 * @param {string} packageName
 * @param {string} binary Name in the package's `bin`.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(packageName, binary, args, options) {
  const require = createRequire(import.meta.url);
  const manifestPath = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = require(manifestPath);
  const script = typeof bin === 'string' ? bin : bin[binary];
  return run(process.execPath, [join(dirname(manifestPath), script), ...args], options);
}

/**
 * A line for people, on stderr: stdout belongs to results.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
