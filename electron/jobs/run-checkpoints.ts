/** Checkpoints of a detached run: the state of its simulation together with everything that was recorded so far. */
import { canonicalJson } from '../../engine/base/canonical-json.ts';
import type { Result } from '../../engine/base/result.ts';
import { mapResult } from '../../engine/base/result.ts';
import { sha256OfText } from '../../engine/base/sha256.ts';
import {
  readCheckpoint,
  writeCheckpoint,
  type Attachments,
  type CheckpointOwner,
} from '../../engine/runtime/checkpoint-file.ts';
import type { Simulation } from '../../engine/runtime/simulation.ts';
import type { RunRequest } from './run-request.ts';

/** Keeps something over a run that a checkpoint has to have. */
export interface Gathering {
  save(): Uint8Array<ArrayBuffer>;
  restore(saved: Uint8Array<ArrayBuffer>): void;
}

export interface RunCheckpoints {
  /** The bytes of a checkpoint of where the run stands. */
  write(): Uint8Array<ArrayBuffer>;
  /** Goes on from the bytes of one. Problems as `readCheckpoint` has them. */
  resume(file: Uint8Array): Result<void>;
}

/** Checkpoints of a run with what is gathered in it. */
export function checkpointsOf(
  request: RunRequest,
  simulation: Simulation,
  gatherings: readonly Gathering[],
): RunCheckpoints {
  const { program, compiled, stored } = simulation;
  const { timeStepSeconds } = program;
  const owner: CheckpointOwner = { model: modelOf(request), timeStepSeconds, precision: compiled.precision, stored };
  return {
    write() {
      const attachments: Attachments = Object.fromEntries(gatherings.map((each, index) => [`${index}`, each.save()]));
      return writeCheckpoint(owner, { checkpoint: simulation.capture(), attachments });
    },
    resume: (file) =>
      mapResult(readCheckpoint(file, owner), ({ checkpoint, attachments }) => {
        simulation.restore(checkpoint);
        gatherings.forEach((each, index) => {
          const saved = attachments[`${index}`];
          if (saved !== undefined) each.restore(saved);
        });
      }),
  };
}

/** Name of all that decides what a run computes and records. */
function modelOf({ document, record }: RunRequest): string {
  const { elements, connections, probes, arrays, run } = document;
  const { timeStep, duration, seed } = run;
  const contents = Object.keys(arrays).sort();
  return sha256OfText(canonicalJson([elements, connections, probes, contents, timeStep, duration, seed, record]));
}
