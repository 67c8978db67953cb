/** Engine session: the engine worker's side. Answers requests, runs in slices, reports. */
import type { Disposable } from '../base/disposable.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { BuiltProgram } from '../build/build-program.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { Clock, MemoryProvider, MessageChannelEnd } from '../platform/seams.ts';
import type { EngineEvent, EngineRequests, LoadReply, RunState, Target } from '../protocol/messages.ts';
import { protocolVersion } from '../protocol/messages.ts';
import { createResponder, reasonOf, type RequestHandlers } from '../protocol/port.ts';
import { carryState } from '../runtime/carry-over.ts';
import type { TrainerFactory } from '../runtime/readout-run.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { explainProgram } from './explain-program.ts';
import { createLoadedRun, type LoadedRun } from './loaded-run.ts';
import { createProbeFeed } from './probe-feed.ts';

export interface EngineSessionParts {
  readonly end: MessageChannelEnd;
  readonly clock: Clock;
  readonly memory: MemoryProvider;
  /** Memory can be shared with the reader of the records. */
  readonly shared: boolean;
  /** From document to program: validation, library and build. */
  readonly prepare: (document: SpikeloomDocument) => Result<BuiltProgram>;
  readonly trainerFor: TrainerFactory;
  /** Messages that are not requests. */
  readonly onOther?: (message: unknown) => void;
}

export interface EngineSession extends Disposable {
  /** The reader of the records. */
  connectHistory(end: MessageChannelEnd): void;
}

/** Wall milliseconds between reports of progress. */
const progressMilliseconds = 50;
/** How long a run waits for a reader that takes nothing before records are dropped. */
const patienceMilliseconds = 1000;
/** A stream with less room than this makes the run wait. */
const leastFreeShare = 0.25;

/** Starts to answer at once. */
export function createEngineSession(parts: EngineSessionParts): EngineSession {
  const { clock } = parts;
  const feed = createProbeFeed(parts.shared);
  let run: LoadedRun | undefined;
  let state: RunState = 'empty';
  let target: Target = 'wasm';
  let speed: number | null = 1;
  let open = true;
  let looping = false;
  let lastReport = 0;

  const responder = createResponder<EngineRequests, EngineEvent>(parts.end, handlers(), parts.onOther);

  function report(): void {
    lastReport = clock.now();
    if (run !== undefined) responder.emit({ kind: 'progress', progress: run.progress(state) });
  }

  function enter(next: RunState): void {
    state = next;
    report();
    if (next === 'finished' && run !== undefined) responder.emit({ kind: 'finished', progress: run.progress(next) });
  }

  function stopFor(problems: readonly Problem[]): void {
    responder.emit({ kind: 'problems', problems });
    enter('failed');
  }

  /** Settles the state after steps were executed. */
  function settle(problems: readonly Problem[]): void {
    if (problems.length > 0) stopFor(problems);
    else if (run?.finished() === true) enter('finished');
  }

  async function loop(): Promise<void> {
    if (looping) return;
    looping = true;
    let [waitingSince, takenBefore] = [0, -1];
    while (open && state === 'running' && run !== undefined) {
      const now = clock.now();
      const taken = feed.taken();
      if (taken !== takenBefore) [takenBefore, waitingSince] = [taken, now];
      const blocked = feed.freeShare() < leastFreeShare && now - waitingSince < patienceMilliseconds;
      const before = run.simulation.step;
      if (!blocked) settle(run.slice());
      if (now - lastReport >= progressMilliseconds) report();
      await clock.wait(run.simulation.step === before ? 4 : 0);
    }
    looping = false;
  }

  function runLoop(): void {
    loop().catch((error: unknown) => {
      looping = false;
      state = 'failed';
      responder.emit({ kind: 'crashed', reason: reasonOf(error) });
    });
  }

  function load(document: SpikeloomDocument): LoadReply {
    const start = clock.now();
    const prepared = parts.prepare(document);
    if (!prepared.ok) return refusal(prepared.problems);
    const made = createSimulation({ program: prepared.value.program, target, memory: parts.memory, shared: false, trainerFor: parts.trainerFor });
    if (!made.ok) return refusal([...prepared.problems, ...made.problems]);
    return install(document, prepared.value, made.value, { start, problems: prepared.problems, carry: false });
  }

  /** After an edit: state goes on where nothing forbids it. */
  function update(document: SpikeloomDocument): LoadReply {
    const start = clock.now();
    const prepared = parts.prepare(document);
    if (!prepared.ok) return refusal(prepared.problems);
    const made = createSimulation({ program: prepared.value.program, target, memory: parts.memory, shared: false, trainerFor: parts.trainerFor });
    if (!made.ok) return refusal([...prepared.problems, ...made.problems]);
    const sameClock = run?.simulation.program.timeStepSeconds === made.value.program.timeStepSeconds;
    const carry = run !== undefined && sameClock && made.value.readouts.length === 0;
    return install(document, prepared.value, made.value, { start, problems: prepared.problems, carry });
  }

  interface Installation {
    readonly start: number;
    readonly problems: readonly Problem[];
    readonly carry: boolean;
  }

  function install(document: SpikeloomDocument, built: BuiltProgram, simulation: Simulation, { start, problems, carry }: Installation): LoadReply {
    const before = run;
    if (carry && before !== undefined) carryState(before.simulation, simulation);
    speed = document.run.speed;
    run = createLoadedRun(simulation, feed, clock, speed);
    run.restart();
    before?.simulation.dispose();
    const probes = feed.open(simulation, carry);
    const wasRunning = state === 'running';
    state = wasRunning ? 'running' : carry && before !== undefined && simulation.step > 0 ? 'paused' : 'ready';
    responder.emit({ kind: 'probes', probes });
    report();
    if (wasRunning) runLoop();
    const { program } = built;
    return {
      loaded: true, problems, probes,
      timeStepSeconds: program.timeStepSeconds,
      steps: program.steps,
      cells: built.cells,
      synapses: built.synapses,
      buildSeconds: (clock.now() - start) / 1000,
      memoryBytes: simulation.compiled.layout.totalBytes,
    };
  }

  /** Nothing was built; what was loaded before stays and goes on. */
  function refusal(problems: readonly Problem[]): LoadReply {
    responder.emit({ kind: 'problems', problems });
    const probes: LoadReply['probes'] = [];
    return { loaded: false, problems, probes, timeStepSeconds: 0, steps: undefined, cells: 0, synapses: 0, buildSeconds: 0, memoryBytes: 0 };
  }

  function loaded(): LoadedRun {
    if (run === undefined) throw new Error('nothing is loaded');
    return run;
  }

  /** Back to the beginning with empty probes. */
  function rewind(current: LoadedRun): void {
    current.simulation.reset();
    feed.open(current.simulation, false);
    current.restart();
  }

  function handlers(): RequestHandlers<EngineRequests> {
    return {
      hello: () => ({ protocol: protocolVersion, sharedMemory: parts.shared }),
      load(argument) {
        target = argument.target;
        if (state === 'running') state = 'paused';
        return load(argument.document);
      },
      update: (argument) => update(argument.document),
      start() {
        const current = loaded();
        if (state === 'running') return null;
        if (state === 'finished' || state === 'failed') rewind(current);
        current.restart();
        enter('running');
        runLoop();
        return null;
      },
      pause() {
        if (state === 'running') enter('paused');
        return null;
      },
      step({ steps }) {
        const current = loaded();
        if (state === 'finished' || state === 'failed') return null;
        state = 'paused';
        const problems = current.steps(steps);
        settle(problems);
        report();
        return null;
      },
      reset() {
        rewind(loaded());
        enter('ready');
        return null;
      },
      setSpeed(argument) {
        speed = argument.speed;
        run?.setSpeed(speed);
        return null;
      },
      readState({ signal }) {
        const { simulation } = loaded();
        const found = simulation.program.signals.find(({ id }) => id === signal);
        if (found === undefined) throw new Error(`there is no signal "${signal}"`);
        return { shape: found.shape, values: Float64Array.from(simulation.readSignal(signal)) };
      },
      explain: ({ stage }) => ({ text: explainProgram(loaded().simulation.compiled, stage) }),
    };
  }

  return {
    connectHistory: (end) => feed.connect(end),
    dispose() {
      open = false;
      run?.simulation.dispose();
      responder.dispose();
    },
  };
}
