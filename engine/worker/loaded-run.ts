/** A run that is loaded: simulation, pacing, measuring; executed slice by slice. */
import type { Problem } from '../base/problem.ts';
import type { Clock } from '../platform/seams.ts';
import type { Progress, RunState } from '../protocol/messages.ts';
import type { Simulation } from '../runtime/simulation.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { ProbeFeed } from './probe-feed.ts';
import { createRunMeter, type RunMeter } from './run-meter.ts';

/** A slice ends after this much wall time, so that messages have their turn. */
const sliceMilliseconds = 8;
/** Most steps between two looks at the clock. */
const mostStepsAtOnce = 4096;

/** Binds a simulation to clock and feed. */
export class LoadedRun {
  readonly simulation: Simulation;
  private readonly feed: ProbeFeed;
  private readonly clock: Clock;
  private readonly pacer: Pacer;
  private readonly meter: RunMeter;
  private readonly spiking: readonly { readonly id: string; readonly spikes: string }[];
  private stepsPerLook = 1;

  constructor(simulation: Simulation, feed: ProbeFeed, clock: Clock, speed: number | null) {
    const { program } = simulation;
    this.simulation = simulation;
    this.feed = feed;
    this.clock = clock;
    this.pacer = createPacer(program.timeStepSeconds, speed);
    this.meter = createRunMeter(program);
    this.spiking = program.elements.flatMap(({ id, spikes }) => (spikes === undefined ? [] : [{ id, spikes }]));
    this.restart();
  }

  /** Executes what is due, at most one slice. Gives the Problems that stopped it. */
  slice(): readonly Problem[] {
    const start = this.clock.now();
    let problems: readonly Problem[] = [];
    let now = start;
    while (problems.length === 0 && now - start < sliceMilliseconds) {
      const count = Math.min(this.pacer.due(now, this.simulation.step), this.stepsPerLook, this.stepsLeft());
      if (count < 1) break;
      problems = this.execute(count);
      const after = this.clock.now();
      this.adapt(count, after - now);
      now = after;
    }
    this.finishSlice();
    return problems;
  }

  /** Executes exactly so many steps (fewer at the end of the run). */
  steps(count: number): readonly Problem[] {
    const problems = this.execute(Math.min(count, this.stepsLeft()));
    this.finishSlice();
    return problems;
  }

  /** True when all steps of a run with a duration are done. */
  finished(): boolean {
    return this.stepsLeft() <= 0;
  }

  setSpeed(speed: number | null): void {
    this.pacer.setSpeed(speed, this.clock.now(), this.simulation.step);
  }

  /** Counts pace and rates from here. */
  restart(): void {
    const now = this.clock.now();
    this.pacer.restart(now, this.simulation.step);
    this.meter.restart(now, this.simulation.step);
  }

  progress(state: RunState): Progress {
    const { timeStepSeconds, steps } = this.simulation.program;
    const stepsPerSecond = state === 'running' ? this.meter.stepsPerSecond() : 0;
    return {
      state,
      step: this.simulation.step,
      simulatedSeconds: this.simulation.step * timeStepSeconds,
      realTimeFactor: stepsPerSecond * timeStepSeconds,
      stepsPerSecond,
      remainingSeconds: stepsPerSecond > 0 && steps !== undefined ? this.stepsLeft() / stepsPerSecond : undefined,
      rates: this.meter.rates(),
      readouts: this.simulation.readoutStates(),
      lost: this.feed.lost(),
    };
  }

  private stepsLeft(): number {
    const { steps } = this.simulation.program;
    return steps === undefined ? Number.POSITIVE_INFINITY : steps - this.simulation.step;
  }

  private execute(count: number): readonly Problem[] {
    const problems = this.simulation.advance(count);
    for (const { id, spikes } of this.spiking) this.meter.countSpikes(id, this.simulation.takeSpikeCount(spikes));
    return problems;
  }

  private finishSlice(): void {
    this.meter.mark(this.clock.now(), this.simulation.step);
    this.feed.publish();
  }

  /** Aims at looks at the clock about once a millisecond. */
  private adapt(executed: number, milliseconds: number): void {
    if (executed < this.stepsPerLook) return;
    if (milliseconds > 2) this.stepsPerLook = Math.max(1, Math.floor(this.stepsPerLook / 2));
    else if (milliseconds < 0.5) this.stepsPerLook = Math.min(mostStepsAtOnce, this.stepsPerLook * 2);
  }
}
