/** Child processes that are killed at a chosen moment: built once, started often. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface BuiltChild {
  /** Starts the task of kill-child.test-support.ts on a folder. */
  start(task: string, folder: string): RunningChild;
  remove(): Promise<void>;
}

export interface RunningChild {
  /** Whole lines of its output so far. */
  lines(): string[];
  /** Resolves at the first whole line; rejects when the process ends before. */
  readonly spoke: Promise<void>;
  /** Resolves with its exit code when it ended; undefined when it was killed. */
  readonly ended: Promise<number | undefined>;
  /** SIGKILL; resolves when it is gone and all its output is read. */
  kill(): Promise<void>;
}

/** Builds the script into a folder of its own: Node runs no TypeScript. */
export async function buildChild(): Promise<BuiltChild> {
  const outDir = await mkdtemp(join(tmpdir(), 'spikeloom-child-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: { child: join(import.meta.dirname, 'kill-child.test-support.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    start: (task, folder) => run(spawn(process.execPath, [join(outDir, 'child.mjs'), task, folder])),
    remove: () => rm(outDir, { recursive: true }),
  };
}

function run(child: ChildProcess): RunningChild {
  let output = '';
  let errors = '';
  const lines = (): string[] => output.split('\n').slice(0, -1);
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  const ended = new Promise<number | undefined>((resolve) =>
    child.once('close', (code, signal) => resolve(signal === null ? (code ?? 0) : undefined)),
  );
  const spoke = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('\n')) resolve();
    });
    void ended.then((code) => reject(new Error(`it ended with ${code ?? 'a signal'}: ${errors}`)));
  });
  spoke.catch(() => undefined);
  return {
    lines,
    spoke,
    ended: ended.then((code) => {
      if (code !== undefined && code !== 0) throw new Error(`it ended with ${code}: ${errors}`);
      return code;
    }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs the work for two lanes at a time until all rounds are done. */
export async function inTwoLanes(rounds: number, work: (round: number, lane: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (number: number): Promise<void> => {
    while (next < rounds) await work(next++, number);
  };
  await Promise.all([lane(0), lane(1)]);
}
