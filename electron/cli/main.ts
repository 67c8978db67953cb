/** Entry of the command line. */
import { runCommandLine } from './command-line.ts';

// A reader that stops reading (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

process.exitCode = await runCommandLine(process.argv.slice(2), process.stdout, process.stderr);
