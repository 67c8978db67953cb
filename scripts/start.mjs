/** `npm start`: installs and builds what is missing, opens the workbench, and proves the engine by running an example. */
import { spawn } from 'node:child_process';
import { ensureBuilt } from './steps/build.mjs';
import { findElectron } from './steps/electron.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { root, say } from './steps/process.mjs';

const usage = 'npm start [-- --no-open] [--port N]';
const args = process.argv.slice(2);
const known = args.every((arg, index) => ['--no-open', '--port'].includes(arg) || args[index - 1] === '--port');
if (!known) {
  say(`Unknown option. Usage: ${usage}`);
  process.exit(2);
}

await ensureInstalled();
await ensureBuilt(['page', 'node']);

const browserOnly = args.length > 0;
const electron = browserOnly ? { reason: 'the options ask for the browser' } : await findElectron();
if ('reason' in electron) say(`No Electron window: ${electron.reason}. Serving the workbench to a browser instead.`);

const [command, commandArgs] =
  'path' in electron ? [electron.path, [root]] : [process.execPath, ['dist/electron/cli.js', 'serve', ...args]];
// Shows that the engine works, and how fast, while the workbench opens.
spawn(process.execPath, ['dist/electron/cli.js', 'prove'], { cwd: root, stdio: 'inherit' });
const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 143)));
