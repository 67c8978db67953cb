/** A run that is loaded: simulation, pacing, measuring; executed slice by slice. */
import type { Problem } from '../base/problem.ts';
import type { Clock } from '../platform/seams.ts';
import type { Progress, RunState, StateChange } from '../protocol/messages.ts';
import { changeState, resetTime } from '../runtime/change-state.ts';
import type { CheckpointHistory } from '../runtime/checkpoint-history.ts';
import type { Simulation } from '../runtime/simulation.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { ProbeFeed } from './probe-feed.ts';
import type { Pulse } from './pulse.ts';
import { ReaderPatience } from './reader-patience.ts';
import { createRunMeter, type RunMeter } from './run-meter.ts';

/**
 * A slice ends after this much wall time, so that messages have their turn: with the last look of it, 20 ms are kept even
 * where steps suddenly take ten times as long. Only a step that takes longer by itself keeps a message waiting longer.
 */
const sliceMilliseconds = 6;
/** Between looks at the clock, about. */
const lookMilliseconds = { least: 0.25, most: 1 } as const;
/** Most steps between two looks at the clock. */
const mostStepsAtOnce = 4096;

/** What a slice came to. */
export interface SliceOutcome {
  /** What stopped it; [] when nothing did. */
  readonly problems: readonly Problem[];
  /** Nothing more is due or finds room at the moment: a pause costs nothing. */
  readonly idle: boolean;
}

export interface RunParts {
  readonly simulation: Simulation;
  readonly feed: ProbeFeed;
  readonly clock: Clock;
  readonly pulse: Pulse;
  /** Where the run can go back to. */
  readonly history: CheckpointHistory;
}

/** Steps that are expected to take longer than this count as long work, milliseconds. */
const longMilliseconds = 300;

/** Binds a simulation to clock, feed and pulse. */
export class LoadedRun {
  readonly simulation: Simulation;
  readonly history: CheckpointHistory;
  private readonly feed: ProbeFeed;
  private readonly clock: Clock;
  private readonly pacer: Pacer;
  private readonly meter: RunMeter;
  private readonly spiking: readonly { readonly id: string; readonly spikes: string }[];
  private readonly patience: ReaderPatience;
  private readonly pulse: Pulse;
  private stepsPerLook = 1;
  /** What a step took when it was last measured; not known before the first one. */
  private millisecondsPerStep = Infinity;
  /** Stops before this step, without pacing; undefined while the run goes on as it is set. */
  private stopAt: number | undefined;

  constructor({ simulation, feed, clock, pulse, history }: RunParts, speed: number | null) {
    const { program } = simulation;
    this.simulation = simulation;
    this.history = history;
    this.feed = feed;
    this.clock = clock;
    this.pulse = pulse;
    this.pacer = createPacer(program.timeStepSeconds, speed);
    this.meter = createRunMeter(program);
    this.patience = new ReaderPatience(feed);
    this.spiking = program.elements.flatMap(({ id, spikes }) => (spikes === undefined ? [] : [{ id, spikes }]));
    this.restart();
  }

  /** Executes what is due and finds room in the streams, at most one slice. */
  slice(): SliceOutcome {
    const start = this.clock.now();
    let problems: readonly Problem[] = [];
    let now = start;
    let idle = false;
    while (problems.length === 0 && now - start < sliceMilliseconds && !this.stopped() && !this.finished()) {
      const count = Math.min(this.due(now), this.stepsPerLook, this.patience.room(now), this.keep());
      idle = count < 1;
      if (idle) break;
      problems = this.execute(count);
      const after = this.clock.now();
      this.adapt(count, after - now);
      now = after;
    }
    this.meter.mark(this.clock.now(), this.simulation.step);
    this.feed.publish();
    return { problems, idle };
  }

  /** Back to the initial state with empty probes. */
  rewind(): void {
    this.simulation.reset();
    this.begin();
  }

  /** Back to time 0 with empty probes, states kept. */
  resetTime(): void {
    resetTime(this.simulation);
    this.begin();
  }

  /** What lies before can be gone back to, but is not repeated: the change is no part of it. */
  changeState(change: StateChange): void {
    changeState(this.simulation, change);
    this.history.edited();
    this.restart();
  }

  /** The run stands at its beginning: nothing lies before it. */
  private begin(): void {
    this.history.clear();
    this.feed.open(this.simulation, false);
    this.restart();
  }

  /**
   * Goes back to the last checkpoint at or before `target`, a step executed before; the step to which steps can be
   * repeated from there: not beyond an edit. Undefined where nothing is kept to go back to.
   */
  restoreBefore(target: number): number | undefined {
    const { simulation, history } = this;
    const found = history.before(target);
    if (found === undefined) return undefined;
    simulation.restore(found.checkpoint);
    history.truncate(simulation.step);
    return history.isOfPresentModel(found) ? Math.max(target, simulation.step) : simulation.step;
  }

  /** Repeats steps up to `end` for the time of one slice, keeping checkpoints on the way; true when the run stands there. */
  repeat(end: number): boolean {
    const { simulation, clock } = this;
    const start = clock.now();
    let now = start;
    while (simulation.step < end && now - start < sliceMilliseconds) {
      const count = Math.min(end - simulation.step, this.stepsPerLook, this.keep());
      const replay = (): void => simulation.replay(count);
      if (this.takesLong(count)) this.pulse.long(replay);
      else replay();
      const after = clock.now();
      this.adapt(count, after - now);
      now = after;
    }
    return simulation.step >= end;
  }

  /** The run went back and stays: what was counted and recorded of later steps is dropped. */
  settleBack(): void {
    for (const { spikes } of this.spiking) this.simulation.takeSpikeCount(spikes);
    this.feed.rewind(this.simulation.step);
    this.stay();
  }

  /** Goes no further until it is let go. */
  stay(): void {
    this.stopAt = this.simulation.step;
    this.restart();
  }

  /** Lets the run go so many steps further as fast as it can, then stop; undefined = go on as it is set. */
  stopAfter(steps: number | undefined): void {
    this.stopAt = steps === undefined ? undefined : this.simulation.step + Math.max(0, Math.floor(steps));
  }

  /** Steps that are left of those asked for by `stopAfter`. */
  stopsIn(): number | undefined {
    return this.stopAt === undefined ? undefined : this.stopAt - this.simulation.step;
  }

  /** True when the steps that were asked for are done. */
  stopped(): boolean {
    return this.stopAt !== undefined && this.simulation.step >= this.stopAt;
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
    const backTo = this.history.firstStep();
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
      threads: this.simulation.threads(),
      ...(backTo === undefined ? {} : { backTo }),
    };
  }

  /** Keeps a checkpoint where one is due; steps until the next. */
  private keep(): number {
    const { simulation, history } = this;
    if (simulation.stored.bytes > history.budgetBytes) return Number.POSITIVE_INFINITY;
    if (history.stepsUntilDue(simulation.step) <= 0) history.add(simulation.capture());
    return Math.max(1, history.stepsUntilDue(simulation.step));
  }

  private due(now: number): number {
    const { step } = this.simulation;
    const wanted = this.stopAt === undefined ? this.pacer.due(now, step) : this.stopAt - step;
    return Math.min(wanted, this.stepsLeft());
  }

  private stepsLeft(): number {
    const { steps } = this.simulation.program;
    return steps === undefined ? Number.POSITIVE_INFINITY : steps - this.simulation.step;
  }

  private execute(count: number): readonly Problem[] {
    const last = count >= Math.min(this.stopsIn() ?? Infinity, this.stepsLeft());
    const advance = (): readonly Problem[] => this.simulation.advance(count, last ? undefined : 'more follow');
    const problems = this.takesLong(count) ? this.pulse.long(advance) : advance();
    for (const { id, spikes } of this.spiking) this.meter.countSpikes(id, this.simulation.takeSpikeCount(spikes));
    return problems;
  }

  /** Steps of unknown or great length, and those before which a readout is trained. */
  private takesLong(count: number): boolean {
    const { step, readouts } = this.simulation;
    if (count * this.millisecondsPerStep > longMilliseconds) return true;
    return readouts.some(({ plan }) => plan.trainUntilStep >= step && plan.trainUntilStep < step + count);
  }

  /** Aims at looks at the clock between the least and the most milliseconds. */
  private adapt(executed: number, milliseconds: number): void {
    this.millisecondsPerStep = milliseconds / executed;
    if (milliseconds > lookMilliseconds.most)
      this.stepsPerLook = stepsWithin(lookMilliseconds.most, executed, milliseconds);
    else if (milliseconds < lookMilliseconds.least && executed >= this.stepsPerLook)
      this.stepsPerLook = Math.min(mostStepsAtOnce, this.stepsPerLook * 2);
  }
}

/** Steps that fit into so many milliseconds, at least one, given how long some took. */
function stepsWithin(budget: number, executed: number, milliseconds: number): number {
  return Math.max(1, Math.floor((budget * executed) / milliseconds));
}
