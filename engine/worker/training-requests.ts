/** Training in the engine worker: epoch by epoch, between which other requests have their turn. */
import type { Clock, MemoryProvider } from '../platform/seams.ts';
import type { EngineEvent } from '../protocol/messages.ts';
import type { RequestHandlers } from '../protocol/port.ts';
import type { TrainReply, TrainRequest, TrainingRequests } from '../protocol/training-messages.ts';
import type { TrainerFactory } from '../runtime/readout-run.ts';
import { startTraining, type TrainingBuilds, type TrainingRun } from '../training/project/training-run.ts';
import { unwatched, type Pulse } from './pulse.ts';
import { unlessMemoryRunsOut } from './run-memory.ts';

export interface TrainingParts {
  readonly clock: Clock;
  readonly memory: MemoryProvider;
  readonly trainerFor: TrainerFactory;
  /** Without it nothing can be trained here. */
  readonly builds?: TrainingBuilds;
  readonly pulse?: Pulse;
}

type Emit = (event: EngineEvent) => void;

/** Wall milliseconds between reports. */
const reportMilliseconds = 100;

/** A training under way. */
interface Going {
  readonly ending: AbortController;
  isEnded(): boolean;
  /** Resolves when it has left, however it ended. */
  left: Promise<unknown>;
}

/** The handlers of `TrainingRequests`. */
export function trainingRequests(parts: TrainingParts, emit: Emit): RequestHandlers<TrainingRequests> {
  let going: Going | undefined;
  return {
    async train(request, cancelled) {
      const before = going;
      if (before?.isEnded() === false) throw new Error('a training goes on already');
      const ending = new AbortController();
      const isEnded = (): boolean => cancelled.aborted || ending.signal.aborted;
      const mine: Going = { ending, isEnded, left: Promise.resolve() };
      going = mine;
      await before?.left;
      const working = train(request, parts, emit, isEnded);
      mine.left = working.catch(() => undefined);
      try {
        return await working;
      } finally {
        if (going === mine) going = undefined;
      }
    },
    endTraining() {
      going?.ending.abort();
      return null;
    },
  };
}

async function train(
  request: TrainRequest,
  parts: TrainingParts,
  emit: Emit,
  isEnded: () => boolean,
): Promise<TrainReply> {
  const { clock, memory, trainerFor, builds, pulse = unwatched } = parts;
  if (builds === undefined) throw new Error('this engine does not train');
  const { document, target = 'wasm', epochs, learningRate } = request;
  const surroundings = { ...builds, memory, trainerFor, target };
  const started = pulse.long(() =>
    unlessMemoryRunsOut(() => startTraining(document, { epochs, learningRate }, surroundings)),
  );
  if (!started.ok) return untrained(started.problems);
  const run = started.value;
  const reporter = createReporter(run, clock, emit);
  let more = true;
  while (more && !isEnded()) {
    more = pulse.long(() => run.advance());
    reporter.tell(more);
    await clock.wait(0);
  }
  const outcome = pulse.long(() => run.finish());
  const problems = [...started.problems, ...outcome.problems];
  return { ...outcome, trained: true, problems, stopped: more };
}

/** Nothing could be trained. */
function untrained(problems: TrainReply['problems']): TrainReply {
  return { trained: false, problems, curve: [], bestEpoch: null, scores: [], edit: null, stopped: false };
}

/** Tells of epochs, at most so often, and of the last one. */
function createReporter(run: TrainingRun, clock: Clock, emit: Emit): { tell(more: boolean): void } {
  let [told, last] = [0, -Infinity];
  return {
    tell(more) {
      const { curve, epochs, best } = run;
      if (best === undefined || curve.length === told) return;
      const now = clock.now();
      if (more && curve.length < epochs && now - last < reportMilliseconds) return;
      const since = curve.slice(told);
      const training = { epoch: curve.length, epochs, loss: since[since.length - 1] ?? NaN, best: best.loss, since };
      emit({ kind: 'training', training });
      [told, last] = [curve.length, now];
    },
  };
}
