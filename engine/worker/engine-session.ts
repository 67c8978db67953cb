/** Engine session: the engine worker's side. Answers requests, runs in slices, reports. */
import type { Disposable } from '../base/disposable.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Admission, BuiltProgram } from '../build/build-program.ts';
import { defaultMemoryLimitBytes } from '../codegen/layout.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { Clock, MemoryProvider, MessageChannelEnd } from '../platform/seams.ts';
import type { EngineEvent, EngineRequests, JumpReply, LoadReply } from '../protocol/messages.ts';
import { protocolVersion, type LoadRequest, type RunState, type Target } from '../protocol/messages.ts';
import { createResponder, reasonOf, type RequestHandlers, type Responder } from '../protocol/port.ts';
import { canGoOn, canRestore, carryAll } from '../runtime/carry-over.ts';
import { CheckpointHistory } from '../runtime/checkpoint-history.ts';
import { admitWithin } from '../runtime/memory-need.ts';
import type { TrainerFactory } from '../runtime/readout-run.ts';
import { readSettled } from '../runtime/settled.ts';
import type { HelpedBy } from '../runtime/shared-run.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { createThreadTeam } from '../runtime/thread-team.ts';
import type { TrainingBuilds } from '../training/project/training-run.ts';
import { explainRun } from './explain-program.ts';
import { LoadedRun } from './loaded-run.ts';
import { measureHandlers } from './measures.ts';
import { modelText } from './model-text.ts';
import { createProbeFeed, type ProbeFeed } from './probe-feed.ts';
import { unwatched, type Pulse } from './pulse.ts';
import { trainingRequests } from './training-requests.ts';
import { checkpointBudgetBytes, surroundingsOf, unlessMemoryRunsOut } from './run-memory.ts';

export interface EngineSessionParts {
  readonly end: MessageChannelEnd;
  readonly clock: Clock;
  readonly memory: MemoryProvider;
  /** Memory can be shared with the reader of the records. */
  readonly shared: boolean;
  /** From document to program: validation, library and build. */
  readonly prepare: (document: SpikeloomDocument, admit: Admission) => Result<BuiltProgram>;
  readonly trainerFor: TrainerFactory;
  readonly builds?: TrainingBuilds;
  /** Shows that the worker lives. */
  readonly pulse?: Pulse;
  /** Messages that are not requests. */
  readonly onOther?: (message: unknown) => void;
}

/** Wall milliseconds between reports of progress. */
const progressMilliseconds = 50;
/** Wall milliseconds to wait when nothing is due, or the reader of the records has to catch up. */
const idleMilliseconds = 4;

/** A program that was built and compiled, ready to take over. */
interface Built {
  readonly built: BuiltProgram;
  readonly simulation: Simulation;
  readonly problems: readonly Problem[];
  /** Wall time at which the build began. */
  readonly start: number;
  readonly compileMilliseconds: number;
}

/** A way back that is under way: steps are repeated slice by slice, until the run stands at `end` or something else is asked. */
interface WayBack {
  readonly run: LoadedRun;
  readonly end: number;
  /** Step at which it ended. */
  stood: number;
}

/** Starts to answer when it is made. */
export class EngineSession implements Disposable {
  private readonly parts: EngineSessionParts;
  private readonly feed: ProbeFeed;
  private readonly responder: Responder<EngineEvent>;
  private run: LoadedRun | undefined;
  private state: RunState = 'empty';
  private target: Target = 'wasm';
  private precision: 'f64' | 'f32' = 'f64';
  private limitBytes = defaultMemoryLimitBytes;
  private help: HelpedBy | undefined;
  private readonly pulse: Pulse;
  private open = true;
  /** The model of the run, without probes and view. */
  private model = '';
  private looping = false;
  private back: WayBack | undefined;
  private lastReport = 0;
  private compileMilliseconds = 0;

  constructor(parts: EngineSessionParts) {
    this.parts = parts;
    this.pulse = parts.pulse ?? unwatched;
    this.feed = createProbeFeed(parts.shared);
    this.responder = createResponder<EngineRequests, EngineEvent>(parts.end, this.handlers(), parts.onOther);
  }

  /** The reader of the records. */
  connectHistory(end: MessageChannelEnd): void {
    this.feed.connect(end);
  }

  /** Threads that help with the steps of runs that are loaded from now on. */
  connectHelpers(helpers: readonly MessageChannelEnd[]): void {
    this.help = { team: createThreadTeam(helpers), clock: this.parts.clock };
  }

  dispose(): void {
    this.open = false;
    this.run?.simulation.dispose();
    this.responder.dispose();
  }

  private handlers(): RequestHandlers<EngineRequests> {
    return {
      hello: () => ({ protocol: protocolVersion, sharedMemory: this.parts.shared }),
      load: (request) => this.pulse.long(() => this.load(request)),
      update: (request) => this.pulse.long(() => this.update(request)),
      start: () => this.start(),
      pause: () => this.pause(),
      step: ({ steps }) => this.step(steps),
      jump: ({ step }) => this.jump(step),
      stepBack: ({ steps }) => this.jump(this.loaded().simulation.step - Math.max(0, steps)),
      reset: () => this.pulse.long(() => this.change((run) => this.rewind(run))),
      changeState: (change) => this.pulse.long(() => this.change((run) => run.changeState(change))),
      resetTime: () => this.pulse.long(() => this.change((run) => run.resetTime())),
      setSpeed: ({ speed }) => this.run?.setSpeed(speed) ?? null,
      readState: ({ signal }) => this.readState(signal),
      explain: ({ stage }) => this.pulse.long(() => this.explain(stage)),
      ...measureHandlers(this.parts, (event) => this.responder.emit(event)),
      ...trainingRequests(this.parts, (event) => this.responder.emit(event)),
    };
  }

  private load({ document, target, precision = 'f64', memoryLimitBytes }: LoadRequest): LoadReply {
    this.endWayBack();
    this.target = target;
    this.precision = precision;
    this.limitBytes = memoryLimitBytes ?? defaultMemoryLimitBytes;
    if (this.state === 'running') this.enter('paused');
    const built = this.build(document);
    return built.ok ? this.install(document, built.value, false) : refusal(built.problems);
  }

  /** After an edit: the state goes on where nothing forbids it. */
  private update({ document, memoryLimitBytes }: EngineRequests['update']['argument']): LoadReply {
    this.endWayBack();
    this.limitBytes = memoryLimitBytes ?? this.limitBytes;
    const made = this.build(document);
    if (!made.ok) return refusal(made.problems);
    return this.install(document, made.value, this.mayGoOn(document, made.value.simulation));
  }

  /** Whether an edited document goes on where the run stands. A readout only goes on when the model is the same. */
  private mayGoOn(document: SpikeloomDocument, simulation: Simulation): boolean {
    if (this.run === undefined || this.state === 'failed') return false;
    if (!canGoOn(simulation, this.run.simulation)) return false;
    return simulation.readouts.length === 0 || modelText(document) === this.model;
  }

  private build(document: SpikeloomDocument): Result<Built> {
    const { clock, memory, prepare, trainerFor } = this.parts;
    const { target, precision, limitBytes } = this;
    const start = clock.now();
    return unlessMemoryRunsOut(() => {
      const threads = this.help?.team.threads ?? 1;
      const prepared = prepare(
        document,
        admitWithin(limitBytes, (outline) => surroundingsOf(outline, threads)),
      );
      if (!prepared.ok) return prepared;
      const built = prepared.value;
      const compiling = clock.now();
      const help = this.help === undefined ? {} : { help: this.help, shared: true };
      const request = { program: built.program, target, precision, memory, trainerFor, limitBytes, ...help };
      const made = createSimulation(request);
      if (!made.ok) return made;
      const compileMilliseconds = clock.now() - compiling;
      const value = { built, simulation: made.value, problems: prepared.problems, start, compileMilliseconds };
      return { ok: true, value, problems: [] };
    });
  }

  private install(
    document: SpikeloomDocument,
    { built, simulation, problems, start, compileMilliseconds }: Built,
    carry: boolean,
  ): LoadReply {
    const before = this.run;
    this.compileMilliseconds = compileMilliseconds;
    if (carry && before !== undefined) carryAll(before.simulation, simulation);
    const model = modelText(document);
    const history = this.historyFor(simulation, carry, model);
    this.model = model;
    const { feed, pulse } = this;
    this.run = new LoadedRun({ simulation, feed, clock: this.parts.clock, pulse, history }, document.run.speed);
    if (this.isRunning()) this.run.stopAfter(before?.stopsIn());
    before?.simulation.dispose();
    const probes = this.feed.open(simulation, carry);
    const running = this.isRunning();
    if (!running) this.state = restingState(this.run);
    this.responder.emit({ kind: 'probes', probes });
    this.report();
    if (running) this.runLoop();
    return {
      loaded: true,
      problems,
      probes,
      timeStepSeconds: built.program.timeStepSeconds,
      steps: built.program.steps,
      cells: built.cells,
      synapses: built.synapses,
      buildSeconds: (this.parts.clock.now() - start) / 1000,
      memoryBytes: simulation.compiled.layout.totalBytes,
    };
  }

  /** The checkpoints made before an edit go on to serve where the edited program has the same states. */
  private historyFor(simulation: Simulation, carry: boolean, model: string): CheckpointHistory {
    const before = this.run;
    if (before === undefined || !carry || !canRestore(simulation, before.simulation))
      return new CheckpointHistory(checkpointBudgetBytes, simulation.program.timeStepSeconds);
    if (model !== this.model) before.history.edited();
    return before.history;
  }

  /** Goes back and pauses there. A run that failed or was at its end can go on from there. */
  private async jump(step: number): Promise<JumpReply> {
    this.endWayBack();
    const run = this.loaded();
    const before = run.simulation.step;
    const target = Math.max(0, Math.min(Math.floor(step), before));
    const end = target < before ? run.restoreBefore(target) : undefined;
    if (end !== undefined) {
      const stood = await this.goBack({ run, end, stood: before });
      return { step: stood, exact: stood === step };
    }
    if (target === before) {
      run.stay();
      this.pause();
    }
    return { step: before, exact: before === step };
  }

  /** Repeats the steps to the end of a way back; whatever else is asked meanwhile ends it where it stands. */
  private async goBack(back: WayBack): Promise<number> {
    this.back = back;
    this.state = 'paused';
    while (this.back === back && this.open && !back.run.repeat(back.end)) {
      this.pulse.beat();
      if (this.parts.clock.now() - this.lastReport >= progressMilliseconds) this.report();
      await this.parts.clock.wait(0);
    }
    if (this.back === back) this.endWayBack();
    return back.stood;
  }

  private endWayBack(): void {
    if (this.back === undefined) return;
    const { run } = this.back;
    this.back.stood = run.simulation.step;
    this.back = undefined;
    run.settleBack();
    this.state = restingState(run);
    this.responder.emit({ kind: 'rewound', step: run.simulation.step });
    this.report();
  }

  private start(): null {
    this.endWayBack();
    const run = this.loaded();
    if (this.state === 'running') return null;
    if (this.state === 'finished' || this.state === 'failed') run.rewind();
    run.stopAfter(undefined);
    run.restart();
    this.enter('running');
    this.runLoop();
    return null;
  }

  private pause(): null {
    this.endWayBack();
    if (this.state === 'running') this.enter('paused');
    return null;
  }

  private step(steps: number): null {
    this.endWayBack();
    const run = this.loaded();
    if (this.state === 'finished' || this.state === 'failed') return null;
    run.stopAfter(steps);
    run.restart();
    this.state = 'running';
    this.settle(run.slice().problems);
    if (this.isRunning()) {
      this.report();
      this.runLoop();
    }
    return null;
  }

  /** Back to the beginning, where it stays. */
  private rewind(run: LoadedRun): void {
    this.state = 'ready';
    run.rewind();
  }

  /** Changes the run between two steps; it goes on if it ran. */
  private change(change: (run: LoadedRun) => void): null {
    this.endWayBack();
    const run = this.loaded();
    change(run);
    this.enter(this.isRunning() ? 'running' : restingState(run));
    return null;
  }

  private readState(signal: string): EngineRequests['readState']['reply'] {
    const { simulation } = this.loaded();
    const found = simulation.program.signals.find(({ id }) => id === signal);
    if (found === undefined) throw new Error(`there is no signal "${signal}"`);
    return { shape: found.shape, values: Float64Array.from(readSettled(simulation, signal)) };
  }

  private explain(stage: EngineRequests['explain']['argument']['stage']): EngineRequests['explain']['reply'] {
    const { compileMilliseconds } = this;
    return explainRun(this.loaded().simulation.compiled, stage, { compileMilliseconds });
  }

  private loaded(): LoadedRun {
    if (this.run === undefined) throw new Error('nothing is loaded');
    return this.run;
  }

  private report(): void {
    this.lastReport = this.parts.clock.now();
    if (this.run !== undefined) this.responder.emit({ kind: 'progress', progress: this.run.progress(this.state) });
  }

  private enter(next: RunState): void {
    this.state = next;
    this.report();
    if (next === 'finished' && this.run !== undefined)
      this.responder.emit({ kind: 'finished', progress: this.run.progress(next) });
  }

  /** Settles the state after steps were executed. */
  private settle(problems: readonly Problem[]): void {
    if (problems.length > 0) {
      // The guard stops right behind the fault, and takes back what was recorded beyond.
      if (this.run !== undefined) this.responder.emit({ kind: 'rewound', step: this.run.simulation.step });
      this.responder.emit({ kind: 'problems', problems });
      this.enter('failed');
    } else if (this.run?.finished() === true) this.enter('finished');
    else if (this.run?.stopped() === true) this.enter('paused');
  }

  private isRunning(): boolean {
    return this.state === 'running';
  }

  /** One loop at a time; an exception is a bug and ends the run as crashed. */
  private runLoop(): void {
    if (this.looping) return;
    this.looping = true;
    this.loop()
      .catch((error: unknown) => {
        this.state = 'failed';
        this.responder.emit({ kind: 'crashed', reason: reasonOf(error) });
      })
      .finally(() => {
        this.looping = false;
        if (this.open && this.state === 'running') this.runLoop();
      });
  }

  private async loop(): Promise<void> {
    const { clock } = this.parts;
    while (this.open && this.isRunning() && this.run !== undefined) {
      const { problems, idle } = this.run.slice();
      this.pulse.beat();
      this.settle(problems);
      if (this.isRunning() && clock.now() - this.lastReport >= progressMilliseconds) this.report();
      await clock.wait(idle ? idleMilliseconds : 0);
    }
  }
}

/** Where a run stands that was just put in place and does not run. */
function restingState(run: LoadedRun): RunState {
  if (run.simulation.step === 0) return 'ready';
  return run.finished() ? 'finished' : 'paused';
}

/** Nothing was built; what was loaded before stays and goes on. */
function refusal(problems: readonly Problem[]): LoadReply {
  const nothing = { timeStepSeconds: 0, steps: undefined, cells: 0, synapses: 0, buildSeconds: 0, memoryBytes: 0 };
  return { loaded: false, problems, probes: [], ...nothing };
}
