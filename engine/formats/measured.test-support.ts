/** Time and memory that a piece of work takes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export interface Measured<T> {
  readonly result: T;
  /** Time of the processor, the shortest of up to three attempts: other work on the machine does not count. */
  readonly milliseconds: number;
  /** By how much the memory of the process grew at most; 0 where the system does not tell. */
  readonly megabytes: number;
}

/** Attempts that take longer than this are repeated. */
const suspicious = 1000;

/** Does the work, more than once if that took long. */
export function measured<T>(work: () => T): Measured<T> {
  collectGarbage();
  const before = resident('VmRSS');
  resetPeak();
  let { result, milliseconds } = timed(work);
  const megabytes = Math.max(0, resident('VmHWM') - before) / 1024;
  for (let attempt = 1; attempt < 3 && milliseconds > suspicious; attempt += 1) {
    const again = timed(work);
    result = again.result;
    milliseconds = Math.min(milliseconds, again.milliseconds);
  }
  return { result, milliseconds, megabytes };
}

function timed<T>(work: () => T): { result: T; milliseconds: number } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { result, milliseconds: (user + system) / 1000 };
}

/** Kilobytes of this process, now or at the peak since the last reset (Linux only, else 0). */
function resident(field: 'VmRSS' | 'VmHWM'): number {
  if (process.platform !== 'linux') return 0;
  const found = new RegExp(`${field}:\\s*(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1] ?? 0);
}

function resetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}
