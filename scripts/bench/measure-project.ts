/** Measures a project in a process of its own, so that no run finds warm code or a full heap. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { MeasureOptions } from './arguments.ts';
import type { MeasureRequest } from './measure.ts';
import type { MeasuredRow } from './row.ts';

/** Folder of the project; the process is started there. */
export const repository = process.cwd();
const quickShare = 10;

export type ProjectWish = Pick<MeasureRequest, 'workload' | 'repeats' | 'milliseconds' | 'withoutProbes'>;

/** The row of a project: a name in assets/examples, or an absolute path. Throws when it does not run. */
export async function measureProject(
  project: string,
  wish: ProjectWish,
  { quick, precision, threads }: MeasureOptions,
): Promise<MeasuredRow> {
  const request: MeasureRequest = {
    ...wish,
    project: project.startsWith('/') ? project : examplePath(project),
    precision,
    threads,
    ...(quick ? { repeats: 1, milliseconds: wish.milliseconds / quickShare } : {}),
  };
  const output = await outputOf(join(repository, '.cache/bench/measure.mjs'), JSON.stringify(request));
  return JSON.parse(output) as MeasuredRow;
}

/** Absolute path of a project in assets/examples. */
export function examplePath(name: string): string {
  return join(repository, 'assets/examples', `${name}.spikeloom`);
}

/** What a script prints on stdout. Throws with the last line of stderr when it fails. */
export function outputOf(script: string, argument: string): Promise<string> {
  return new Promise((done, fail) => {
    const extra = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
    const child = spawn(process.execPath, [...extra, script, argument], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, complaints] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(output);
      else fail(new Error(complaints.split('\n').find((line) => line.includes('Error')) ?? complaints.trim()));
    });
  });
}
