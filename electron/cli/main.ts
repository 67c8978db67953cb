/** Entry of the command line. */
import { startRunInThread } from '../jobs/start-run.ts';
import { runCommandLine } from './command-line.ts';

// A reader that stops reading (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  startRun: startRunInThread,
});
