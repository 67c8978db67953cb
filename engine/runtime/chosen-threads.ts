/** A run by one thread or by several, whichever is faster at the moment: the numbers are the same, so it may change from piece to piece. */
import type { StepFunction } from '../codegen/compiled.ts';
import type { Clock } from '../platform/seams.ts';
import type { TeamRun } from './thread-team.ts';

export interface ThreadGain {
  /** Threads that execute steps now. */
  readonly threads: number;
  /** How many times as fast as one thread they were when last compared. */
  readonly gain: number;
}

export interface ChosenThreads {
  readonly run: StepFunction;
  state(): ThreadGain;
}

type Way = 'one' | 'team';

/** A piece of a trial takes about so long, milliseconds; from one that is much shorter nothing can be told. */
const trialMilliseconds = 2;
const tellingMilliseconds = 0.1;

/** Pieces of each way in a trial, of which the fastest counts: in the first one code is still becoming fast. */
const [firstPieces, furtherPieces] = [4, 2];

/** Milliseconds to the next trial: after a change, and at most. */
const [firstPause, longestPause] = [250, 8000];

/** A way has to be so many times as fast as the other one to take its place. */
const worthChanging = 1.05;

/** Compares both ways from time to time. One thread alone goes on when the helpers have left. */
export function chooseThreads(one: StepFunction, team: TeamRun, clock: Clock): ChosenThreads {
  const steps: Readonly<Record<Way, StepFunction>> = { one, team: (first, count) => team.run(first, count) };
  let chosen: Way = 'one';
  let trial = createTrial(firstPieces);
  let pause = firstPause;
  let nextTrial = 0;
  let gain = 1;

  function decide(): void {
    gain = trial.gain();
    const factor = chosen === 'one' ? gain : 1 / gain;
    const changes = factor > worthChanging;
    if (changes) chosen = other(chosen);
    pause = changes ? firstPause : Math.min(longestPause, 2 * pause);
    nextTrial = clock.now() + pause;
  }

  function tryOut(firstStep: number, count: number): number {
    const way = trial.next();
    const start = clock.now();
    const executed = steps[way](firstStep, trial.stepsOf(count));
    trial.note(way, executed, clock.now() - start);
    if (trial.over()) decide();
    return executed;
  }

  return {
    run(firstStep, count) {
      if (team.over) return one(firstStep, count);
      if (trial.over() && clock.now() >= nextTrial) trial = createTrial(furtherPieces);
      return trial.over() ? steps[chosen](firstStep, count) : tryOut(firstStep, count);
    },
    state: () => (team.over || chosen === 'one' ? { threads: 1, gain: 1 } : { threads: team.threads, gain }),
  };
}

function other(way: Way): Way {
  return way === 'one' ? 'team' : 'one';
}

/** So many pieces of each way in turn. */
function createTrial(pieces: number) {
  const best: Record<Way, number> = { one: Infinity, team: Infinity };
  let left = 2 * pieces;
  return {
    over: (): boolean => left === 0,
    next: (): Way => (left % 2 === 0 ? 'one' : 'team'),
    /** Steps of a piece, if so many may be executed: as many as take about as long as it should. */
    stepsOf(count: number): number {
      const known = Math.min(best.one, best.team);
      return Number.isFinite(known) ? Math.max(1, Math.min(count, Math.round(trialMilliseconds / known))) : count;
    },
    note(way: Way, executed: number, milliseconds: number): void {
      left -= 1;
      if (milliseconds >= tellingMilliseconds) best[way] = Math.min(best[way], milliseconds / executed);
    },
    /** How many times as fast the team was; 1 where that could not be told. */
    gain: (): number => (Number.isFinite(best.one) && Number.isFinite(best.team) ? best.one / best.team : 1),
  };
}
