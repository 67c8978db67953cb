/** A run that is loaded: simulation, pacing, measuring; executed slice by slice. */
import type { Problem } from '../base/problem.ts';
import type { Simulation } from '../runtime/simulation.ts';
import type { Progress, RunState } from '../protocol/messages.ts';
import type { Clock } from '../platform/seams.ts';
import { createPacer } from './pacer.ts';
import { createRunMeter } from './run-meter.ts';
import type { ProbeFeed } from './probe-feed.ts';

/** A slice ends after this much wall time, so that messages have their turn. */
const sliceMilliseconds = 8;
/** Smallest and largest number of steps between two looks at the clock. */
const fewestSteps = 1;
const mostStepsAtOnce = 4096;

export interface LoadedRun {
  readonly simulation: Simulation;
  /** Executes what is due, at most one slice. Gives the Problems that stopped it. */
  slice(): readonly Problem[];
  /** Executes exactly so many steps (fewer at the end of the run). */
  steps(count: number): readonly Problem[];
  /** True when all steps of a run with a duration are done. */
  finished(): boolean;
  setSpeed(speed: number | null): void;
  /** Counts pace and rates from here. */
  restart(): void;
  progress(state: RunState): Progress;
}

/** Binds a simulation to clock and feed. */
export function createLoadedRun(simulation: Simulation, feed: ProbeFeed, clock: Clock, speed: number | null): LoadedRun {
  const { program } = simulation;
  const pacer = createPacer(program.timeStepSeconds, speed);
  const meter = createRunMeter(program);
  const spikeSignals = program.elements.flatMap(({ id, spikes }) => (spikes === undefined ? [] : [{ id, spikes }]));
  let stepsPerLook = fewestSteps;

  const left = (): number => (program.steps === undefined ? Number.POSITIVE_INFINITY : program.steps - simulation.step);

  function countSpikes(): void {
    for (const { id, spikes } of spikeSignals) {
      const total = simulation.takeSpikeCount(spikes);
      if (total > 0) meter.countSpikes(id, total);
    }
  }

  function execute(count: number): readonly Problem[] {
    const problems = simulation.advance(Math.min(count, left()));
    countSpikes();
    return problems;
  }

  return {
    simulation,
    slice() {
      const start = clock.now();
      let problems: readonly Problem[] = [];
      for (let now = start; now - start < sliceMilliseconds && left() > 0; ) {
        const count = Math.min(pacer.due(now, simulation.step), stepsPerLook, left());
        if (count < 1) break;
        problems = execute(count);
        if (problems.length > 0) break;
        const after = clock.now();
        stepsPerLook = adapt(stepsPerLook, count, after - now);
        now = after;
      }
      meter.mark(clock.now(), simulation.step);
      feed.publish();
      return problems;
    },
    steps(count) {
      const problems = execute(count);
      meter.mark(clock.now(), simulation.step);
      feed.publish();
      return problems;
    },
    finished: () => left() <= 0,
    setSpeed: (next) => pacer.setSpeed(next, clock.now(), simulation.step),
    restart() {
      pacer.restart(clock.now(), simulation.step);
      meter.restart(clock.now(), simulation.step);
    },
    progress(state) {
      const running = state === 'running';
      const stepsPerSecond = running ? meter.stepsPerSecond() : 0;
      const remaining = running && stepsPerSecond > 0 && program.steps !== undefined ? left() / stepsPerSecond : undefined;
      return {
        state,
        step: simulation.step,
        simulatedSeconds: simulation.step * program.timeStepSeconds,
        realTimeFactor: stepsPerSecond * program.timeStepSeconds,
        stepsPerSecond,
        remainingSeconds: remaining,
        rates: meter.rates(),
        readouts: simulation.readoutStates(),
        lost: feed.lost(),
      };
    },
  };
}

/** Aims at looks at the clock about once a millisecond. */
function adapt(current: number, executed: number, milliseconds: number): number {
  if (executed < current) return current;
  if (milliseconds > 2) return Math.max(fewestSteps, Math.floor(current / 2));
  return milliseconds < 0.5 ? Math.min(mostStepsAtOnce, current * 2) : current;
}
