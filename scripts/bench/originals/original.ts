/** An original package in a process of its own, which waits for cases and tells how long it took. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { repository } from '../measure-project.ts';

/** Seconds of an evolve call; building the layer is not part of `sim_s`. */
export interface OriginalTimes {
  readonly build_s: number;
  readonly sim_s: number;
}

export interface Original {
  /** Seconds for the case in the file, or why there are none. */
  time(file: string): Promise<OriginalTimes | string>;
  end(): void;
}

/** Starts a driver (its name in `python/`) with this interpreter. */
export function startOriginal(driver: string, interpreter: string): Original {
  const script = join(repository, 'scripts/bench/originals/python', `${driver}.py`);
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(interpreter, [script], { stdio: ['pipe', 'pipe', 'ignore'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return {
    async time(file) {
      child.stdin.write(`${file}\n`);
      for (;;) {
        const { value, done = false } = await lines.next();
        if (done) return 'the driver ended';
        if (value.startsWith('JSON ')) return timesIn(value.slice(5));
      }
    },
    end: () => child.stdin.end(),
  };
}

function timesIn(text: string): OriginalTimes | string {
  const row = JSON.parse(text) as Partial<OriginalTimes> & { readonly error?: string };
  const { build_s, sim_s, error } = row;
  return build_s === undefined || sim_s === undefined ? (error ?? 'no figures') : { build_s, sim_s };
}
