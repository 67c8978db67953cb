/** A run by one thread or by several, whichever is faster at the moment: the numbers are the same, so it may change from piece to piece. */
import type { StepFunction } from '../codegen/compiled.ts';
import type { Clock } from '../platform/seams.ts';
import { createPace, type Pace } from './pace.ts';
import type { TeamRun } from './thread-team.ts';

export interface ThreadGain {
  /** Threads that execute steps now. */
  readonly threads: number;
  /** How many times as fast as one thread they were when last compared. */
  readonly gain: number;
}

export interface ChosenThreads {
  readonly run: StepFunction;
  threads(): ThreadGain;
}

type Way = 'one' | 'team';

/** Of all the time, so much may be lost by trying the way that is slower. */
const trialShare = 0.02;

/** Milliseconds that may be lost at the beginning, and that may be saved up for later. */
const [firstAllowance, mostAllowance] = [5, 100];

/** A piece of a trial takes about so long, milliseconds; the first one, of which nothing is known, has so many steps. */
const trialMilliseconds = 2;
const firstSteps = 16;

/** Pieces of which a way is known, and milliseconds between later ones. */
const enoughPieces = 4;
const pause = 20;

/** All threads have to be so many times as fast as one to take its place; one is taken back as soon as it is faster. */
const worthChanging: Readonly<Record<Way, number>> = { team: 1.05, one: 1.01 };

/**
 * Compares both ways all the time: the one in use by its own pieces, the other one by short ones, as often as what they
 * lose allows. One thread alone goes on until the helpers have come, and when they have left.
 */
export function chooseThreads(one: StepFunction, team: TeamRun, clock: Clock): ChosenThreads {
  const steps: Readonly<Record<Way, StepFunction>> = { one, team: (first, count) => team.run(first, count) };
  const paces: Readonly<Record<Way, Pace>> = { one: createPace(), team: createPace() };
  let chosen: Way = 'one';
  let allowance = firstAllowance;
  let nextTrial = 0;

  const gain = (): number => {
    const [single, shared] = [paces.one.perStep(), paces.team.perStep()];
    return single === undefined || shared === undefined ? 1 : single / shared;
  };

  /** The other way where its turn has come: in the beginning they take turns. */
  function nextWay(now: number): Way {
    const known = paces[chosen].pieces();
    const tried = paces[other(chosen)].pieces();
    if (tried < enoughPieces) return known > tried && allowance > 0 ? other(chosen) : chosen;
    return now >= nextTrial && expectedLoss() < allowance ? other(chosen) : chosen;
  }

  /** Milliseconds that a trial costs if nothing has changed. */
  function expectedLoss(): number {
    return trialMilliseconds * (1 - (chosen === 'one' ? gain() : 1 / gain()));
  }

  /** As many steps as the way takes about as long for as a trial should. */
  function trialSteps(way: Way, count: number): number {
    const perStep = paces[way].perStep() ?? paces[other(way)].perStep();
    const wanted = perStep === undefined || perStep === 0 ? firstSteps : Math.round(trialMilliseconds / perStep);
    return Math.max(1, Math.min(count, wanted));
  }

  /** Keeps the account of time lost, and changes the way where the other one is faster. */
  function settle(way: Way, executed: number, milliseconds: number): void {
    if (way === chosen) allowance = Math.min(mostAllowance, allowance + trialShare * milliseconds);
    else {
      const best = paces[chosen].perStep() ?? 0;
      allowance -= Math.max(0, milliseconds - executed * best);
      nextTrial = clock.now() + pause;
    }
    const rival = other(chosen);
    if (Math.min(paces.one.pieces(), paces.team.pieces()) < enoughPieces) return;
    if ((rival === 'team' ? gain() : 1 / gain()) > worthChanging[rival]) chosen = rival;
  }

  return {
    run(firstStep, count) {
      if (team.over || !team.present) return one(firstStep, count);
      const start = clock.now();
      const way = nextWay(start);
      const trial = way !== chosen || paces[way].pieces() < enoughPieces;
      const executed = steps[way](firstStep, trial ? trialSteps(way, count) : count);
      const milliseconds = clock.now() - start;
      paces[way].note(executed, milliseconds);
      settle(way, executed, milliseconds);
      return executed;
    },
    threads: () => (team.over || chosen === 'one' ? { threads: 1, gain: 1 } : { threads: team.threads, gain: gain() }),
  };
}

function other(way: Way): Way {
  return way === 'one' ? 'team' : 'one';
}
