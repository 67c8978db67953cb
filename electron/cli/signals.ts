/** Signals that stop a command, and the exit codes that tell of them. */
import { exitCodes } from './output.ts';

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** Resolves with the exit code when the first signal to stop arrives. A second one ends the process at once. */
export function whenStopped(): Promise<number> {
  return new Promise((resolve) => {
    for (const [signal, code] of Object.entries(codes)) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(code));
        resolve(code);
      });
    }
  });
}
