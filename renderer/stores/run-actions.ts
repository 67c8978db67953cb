/** What can be done to the run; keeps the engine's model in step with the document. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import type { EngineEvent, LoadReply } from '../../engine/protocol/messages.ts';
import type { DocumentStore } from './document-store.ts';
import type { EngineLink } from './engine-link.ts';
import type { ProblemStore } from './problem-store.ts';
import { noProgress, type RunStore } from './run-store.ts';
import type { SessionStore } from './session-store.ts';

export interface RunActions extends Disposable {
  /** Starts the engine and loads the document; with `run` it runs at once. */
  connect(run: boolean): Promise<void>;
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Runs or pauses; from the end it starts over. */
  toggle(): Promise<void>;
  step(steps: number): Promise<void>;
  reset(): Promise<void>;
  /** Loads the document that is open now from the start, carrying nothing over. */
  reload(run: boolean): Promise<void>;
  /** Resolves when the engine has everything that was asked so far. */
  settled(): Promise<void>;
}

export interface RunParts {
  readonly link: EngineLink;
  readonly clock: Clock;
  readonly document: DocumentStore;
  readonly run: RunStore;
  readonly problems: ProblemStore;
  readonly session: SessionStore;
}

/** Edits that follow each other faster than this reach the engine together, milliseconds. */
const debounce = 30;

export function createRunActions(parts: RunParts): RunActions {
  const { link, clock, run, problems, session } = parts;
  const disposables = createDisposables();
  let queue: Promise<unknown> = Promise.resolve();
  let sent: SpikeloomDocument | undefined;
  let waiting = false;

  function enqueue(task: () => Promise<void>): Promise<void> {
    const turn = queue.then(task).catch((error: unknown) => failedRequest(parts, error));
    queue = turn;
    return turn;
  }

  async function load(): Promise<void> {
    const document = parts.document.getState().document;
    sent = document;
    run.setState({ building: true });
    problems.getState().clearRun();
    session.getState().change({ timeWindow: { ...session.getState().timeWindow, follow: true }, cursorSeconds: undefined });
    take(parts, await link.engine().load({ document, target: 'wasm' }));
  }

  /** Tells the engine what changed since the last time, if it concerns the run. */
  async function flush(): Promise<void> {
    const document = parts.document.getState().document;
    const before = sent;
    if (before === undefined || before === document || run.getState().engine.kind !== 'ready') return;
    sent = document;
    if (before.run.speed !== document.run.speed) await link.engine().setSpeed({ speed: document.run.speed });
    if (sameModel(before, document)) return;
    run.setState({ building: true });
    take(parts, await link.engine().update({ document }));
  }

  async function begin(): Promise<void> {
    const { state } = run.getState().progress;
    if (state === 'running') return;
    if (state === 'finished' || state === 'failed') await link.engine().reset({});
    problems.getState().clearRun();
    if (run.getState().load?.loaded === true) await link.engine().start({});
  }

  disposables.add(link.onEvent((event) => receive(parts, event)));
  disposables.add(
    disposable(
      parts.document.subscribe((now, before) => {
        if (now.document === before.document || now.serial !== before.serial || waiting) return;
        waiting = true;
        void clock.wait(debounce).then(() => {
          waiting = false;
          return enqueue(flush);
        });
      }),
    ),
  );

  const actions: RunActions = {
    connect: (startNow) =>
      enqueue(async () => {
        run.setState({ engine: { kind: 'starting' }, progress: noProgress, probes: [] });
        const { sharedMemory } = await link.connect();
        run.setState({ engine: { kind: 'ready', sharedMemory } });
        await load();
        if (startNow) await begin();
      }),
    start: () => enqueue(async () => { await flush(); await begin(); }),
    pause: () => enqueue(async () => { await link.engine().pause({}); }),
    toggle() {
      const { engine, progress } = run.getState();
      if (engine.kind === 'crashed') return actions.connect(true);
      return progress.state === 'running' ? actions.pause() : actions.start();
    },
    step: (steps) => enqueue(async () => { await flush(); await link.engine().step({ steps }); }),
    reset: () => enqueue(async () => { problems.getState().clearRun(); await flush(); await link.engine().reset({}); }),
    reload: (startNow) => enqueue(async () => { await load(); if (startNow) await begin(); }),
    async settled() {
      while (waiting) await clock.wait(debounce);
      await queue;
    },
    dispose: () => disposables.dispose(),
  };
  return actions;
}

function take({ run, problems, session }: RunParts, reply: LoadReply): void {
  run.setState({ load: reply, building: false, ...(reply.loaded ? { probes: reply.probes } : {}) });
  problems.getState().setDocument(reply.problems);
  const errors = reply.problems.filter((found) => found.severity === 'error').length;
  if (errors > 0) session.getState().change({ announcement: errors === 1 ? '1 problem' : `${errors} problems` });
}

function receive({ run, problems, session }: RunParts, event: EngineEvent): void {
  switch (event.kind) {
    case 'progress':
    case 'finished':
      run.setState({ progress: event.progress });
      if (event.kind === 'finished') session.getState().change({ announcement: 'The run has finished' });
      return;
    case 'problems':
      problems.getState().addRun(event.problems);
      return;
    case 'probes':
      run.setState({ probes: event.probes });
      return;
    case 'crashed':
      run.setState((state) => ({
        engine: { kind: 'crashed', reason: event.reason },
        building: false,
        progress: { ...state.progress, state: 'failed', realTimeFactor: 0, stepsPerSecond: 0, remainingSeconds: undefined },
      }));
      problems.getState().addRun([problem('run/crashed', 'The engine stopped unexpectedly. Your document is safe.', { hint: 'Press Space to start it again.', cause: event.reason })]);
  }
}

/** A request that the engine refused is shown like a problem of the run; one that a crash cut off has been shown already. */
function failedRequest(parts: RunParts, error: unknown): void {
  parts.run.setState({ building: false });
  if (parts.run.getState().engine.kind === 'crashed') return;
  const reason = error instanceof Error ? error.message : String(error);
  receive(parts, { kind: 'crashed', reason });
}

/** Whether two documents are the same to the engine: it knows neither positions nor plots nor the project's name. */
function sameModel(left: SpikeloomDocument, right: SpikeloomDocument): boolean {
  return (
    left.elements === right.elements &&
    left.connections === right.connections &&
    left.probes === right.probes &&
    left.arrays === right.arrays &&
    left.run.timeStep === right.run.timeStep &&
    left.run.duration === right.run.duration &&
    left.run.seed === right.run.seed
  );
}
