/** Checkpoints of a detached run: the state of its simulation together with everything that was recorded so far. */
import { canonicalJson } from '../../engine/base/canonical-json.ts';
import { problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { andThen, failed, ok } from '../../engine/base/result.ts';
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
  /** Goes on from the bytes of one. Problems as `readCheckpoint` has them, and where it stands behind the end of the run. */
  resume(file: Uint8Array): Result<void>;
}

/** Checkpoints of a run of so many steps with what is gathered in it. */
export function checkpointsOf(
  request: RunRequest,
  { simulation, steps }: { readonly simulation: Simulation; readonly steps: number },
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
      andThen(readCheckpoint(file, owner), ({ checkpoint, attachments }) => {
        if (checkpoint.step > steps) return behindTheEnd(checkpoint.step * timeStepSeconds, steps * timeStepSeconds);
        simulation.restore(checkpoint);
        gatherings.forEach((each, index) => {
          const saved = attachments[`${index}`];
          if (saved !== undefined) each.restore(saved);
        });
        return ok(undefined);
      }),
  };
}

function behindTheEnd(seconds: number, end: number): Result<never> {
  const [stands, ends] = [seconds, end].map((time) => Number(time.toPrecision(9)));
  return failed(
    problem('checkpoint/other-model', `The checkpoint stands at ${stands} s, and the run ends at ${ends} s.`, {
      hint: `Resume with a duration of ${stands} s or more.`,
    }),
  );
}

/** Name of all that decides what a run computes and records; how long it goes on does not. */
function modelOf({ document, record }: RunRequest): string {
  const { elements, connections, probes, arrays, run } = document;
  const { timeStep, seed } = run;
  const contents = Object.keys(arrays).sort();
  return sha256OfText(canonicalJson([elements, connections, probes, contents, timeStep, seed, record]));
}
