/** The Processes of this machine: named by process id, start and machine, so that a number given again names another one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Processes } from '../../engine/platform/seams.ts';

const processName = /^(\d+)-([0-9a-f]{8})-([0-9a-f]{8})$/;
const machine = digest(hostname());

/** Processes as seen from this one. */
export const nodeProcesses: Processes = {
  own: `${process.pid}-${birthOf(process.pid) ?? digest('')}-${machine}`,
  isRunning(name) {
    const [, id, birth, place] = processName.exec(name) ?? [];
    if (id === undefined) return false;
    if (place !== machine) return true;
    return exists(Number(id)) && birthOf(Number(id)) === birth;
  },
};

/** Tells two processes apart that had the same id one after the other; the same for all where the system does not tell. */
function birthOf(id: number): string | undefined {
  if (process.platform !== 'linux') return digest('');
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    // The command's name, in brackets, may hold spaces; the start is the 20th field after it.
    const [, fields = ''] = /\)([^)]*)$/.exec(readFileSync(`/proc/${id}/stat`, 'latin1')) ?? [];
    const [state, start] = [fields.trim().split(' ')[0], fields.trim().split(' ')[19]];
    return state === 'Z' ? undefined : digest(`${boot} ${start}`);
  } catch {
    return undefined;
  }
}

function exists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It may belong to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
