/** Writes the checkpoints of a run to one file, one after the other, each whole or not at all. */
import { dirname } from 'node:path';
import type { Problem } from '../../engine/base/problem.ts';
import { writeAtomically } from '../platform/atomic-write.ts';
import { fileResult } from '../platform/file-problems.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import { absolutePath } from './command.ts';

export interface CheckpointWriter {
  /** Writes when what was given before is written; of several that wait only the last. */
  write(file: Uint8Array): void;
  /** When everything is written: what went wrong with the last one. */
  finish(): Promise<readonly Problem[]>;
}

/** A writer to the file that the user called `name`. */
export function createCheckpointWriter(name: string): CheckpointWriter {
  const path = absolutePath(name);
  let waiting: Uint8Array | undefined;
  let problems: readonly Problem[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting !== undefined) {
      const file = waiting;
      waiting = undefined;
      const written = await fileResult('write', name, async () => {
        await nodeFileSystem.makeFolder(dirname(path));
        await writeAtomically(nodeFileSystem, nodeRandom, path, file);
      });
      problems = written.problems;
    }
    writing = undefined;
  }

  return {
    write(file) {
      waiting = file;
      writing ??= writeAll();
    },
    async finish() {
      await writing;
      return problems;
    },
  };
}
