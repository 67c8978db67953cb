/** Signals that stop a command, and the exit codes that tell of them. */
import { exitCodes } from './output.ts';

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/**
 * Runs `work` with a promise of the exit code that the first signal to stop brings. A second signal ends the process at
 * once. Afterwards signals act as before.
 */
export async function withStopSignals<T>(work: (stopped: Promise<number>) => Promise<T>): Promise<T> {
  let code: number | undefined;
  let resolveStopped: (code: number) => void = () => undefined;
  const stopped = new Promise<number>((resolve) => (resolveStopped = resolve));
  const handler = (signal: NodeJS.Signals): void => {
    if (code !== undefined) process.exit(code);
    code = codes[signal as keyof typeof codes];
    resolveStopped(code);
  };
  const signals = Object.keys(codes) as NodeJS.Signals[];
  for (const signal of signals) process.on(signal, handler);
  try {
    return await work(stopped);
  } finally {
    for (const signal of signals) process.removeListener(signal, handler);
  }
}
