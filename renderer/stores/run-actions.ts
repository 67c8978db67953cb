/** What can be done to the run; every change of the document reaches the engine a moment later. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import type { EngineEvent } from '../../engine/protocol/messages.ts';
import { crashCause, engineEnd } from './engine-end.ts';
import { noCourses, wentOn } from './courses.ts';
import { createEngineSync, type EngineSync, type SyncParts } from './engine-sync.ts';
import { createGoingBack, type GoingBack } from './going-back.ts';
import { noProgress } from './run-store.ts';
import { createStateChanges, type StateChanges } from './state-changes.ts';

export interface RunActions extends GoingBack, StateChanges, Disposable {
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
  /** Ends an engine that is at work for too long; the document stays. */
  stop(): void;
  /** Resolves when the engine has everything that was asked so far. */
  settled(): Promise<void>;
}

export interface RunParts extends SyncParts {
  readonly clock: Clock;
}

/** Edits that follow each other faster than this reach the engine together, milliseconds. */
const debounce = 30;

export function createRunActions(parts: RunParts): RunActions {
  const { link, clock } = parts;
  const owned = createDisposables();
  const sync = createEngineSync(parts);
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = false;

  function enqueue(task: () => Promise<void>): Promise<void> {
    const turn = queue.then(task).catch((error: unknown) => failedRequest(parts, error));
    queue = turn;
    return turn;
  }

  const follow = parts.document.subscribe((now, before) => {
    if (now.document === before.document || now.serial !== before.serial || waiting) return;
    waiting = true;
    void clock.wait(debounce).then(() => {
      waiting = false;
      return enqueue(sync.flush);
    });
  });
  owned.add(disposable(follow));
  const followLimit = parts.session.subscribe((now, before) => {
    if (now.memoryLimitGiB !== before.memoryLimitGiB) void enqueue(sync.retry);
  });
  owned.add(disposable(followLimit));
  owned.add(link.onEvent((event) => receive(parts, event)));

  return {
    ...requests(parts, sync, enqueue),
    async settled() {
      while (waiting) await clock.wait(debounce);
      await queue;
    },
    dispose: () => owned.dispose(),
  };
}

type Enqueue = (task: () => Promise<void>) => Promise<void>;

function requests(parts: RunParts, sync: EngineSync, enqueue: Enqueue): Omit<RunActions, 'settled' | 'dispose'> {
  const { link, run, problems } = parts;

  async function rewind(): Promise<void> {
    await link.engine().reset({});
    run.setState({ courses: noCourses });
  }

  async function begin(): Promise<void> {
    const { load, progress } = run.getState();
    if (progress.state === 'running' || load?.loaded !== true) return;
    if (progress.state === 'finished' || progress.state === 'failed') await rewind();
    problems.getState().clearRun();
    await link.engine().start({});
  }

  async function startEngine(): Promise<void> {
    run.setState({ engine: { kind: 'starting' }, progress: noProgress, probes: [] });
    const { sharedMemory } = await link.connect();
    run.setState({ engine: { kind: 'ready', sharedMemory } });
    await sync.load();
  }

  /** An engine that has the document as it is now. */
  async function present(): Promise<void> {
    await (run.getState().engine.kind === 'crashed' ? startEngine() : sync.flush());
  }

  async function whenLoaded(task: () => Promise<unknown>): Promise<void> {
    await present();
    if (run.getState().load?.loaded === true) await task();
  }

  const actions: Omit<RunActions, 'settled' | 'dispose'> = {
    connect: (startNow) =>
      enqueue(async () => {
        await startEngine();
        if (startNow) await begin();
      }),
    start: () =>
      enqueue(async () => {
        await sync.flush();
        await begin();
      }),
    pause: () => enqueue(async () => void (await link.engine().pause({}))),
    toggle() {
      const { engine, progress } = run.getState();
      if (engine.kind === 'crashed') return actions.connect(true);
      return progress.state === 'running' ? actions.pause() : actions.start();
    },
    stop: () => link.stop('it was stopped'),
    step: (steps) => enqueue(() => whenLoaded(() => link.engine().step({ steps }))),
    reset: () =>
      enqueue(async () => {
        problems.getState().clearRun();
        await whenLoaded(rewind);
      }),
    reload: (startNow) =>
      enqueue(async () => {
        await sync.load();
        if (startNow) await begin();
      }),
    ...createGoingBack(parts, { enqueue, present, begin }),
    ...createStateChanges(parts, (task) => enqueue(() => whenLoaded(task))),
  };
  return actions;
}

function receive({ run, problems, session }: RunParts, event: EngineEvent): void {
  switch (event.kind) {
    case 'progress':
    case 'finished':
      run.setState(({ courses }) => ({ progress: event.progress, courses: wentOn(courses, event.progress.step) }));
      if (event.kind === 'finished') session.getState().change({ announcement: 'The run has finished' });
      return;
    case 'problems':
      problems.getState().addRun(event.problems);
      return;
    case 'probes':
      run.setState({ probes: event.probes });
      return;
    case 'rewound':
      // Plots ask anew for what they show.
      run.setState(({ probes }) => ({ probes: [...probes] }));
      return;
    case 'measuring':
    case 'training':
      // Heard by the dialogs that asked.
      return;
    case 'crashed': {
      const before = run.getState();
      // Whatever else fails now is a consequence.
      if (before.engine.kind === 'crashed') return;
      const found = engineEnd(event, before);
      run.setState(({ progress }) => ({
        engine: { kind: 'crashed', reason: event.reason, cause: crashCause(event) },
        building: false,
        progress: { ...progress, state: 'failed', realTimeFactor: 0, stepsPerSecond: 0, remainingSeconds: undefined },
      }));
      problems.getState().addRun([found]);
      session.getState().notify('error', found.message, found.hint === undefined ? [] : [found.hint]);
    }
  }
}

/** A request that the engine refused is a crash to the person; one that a crash cut off has been shown already. */
function failedRequest(parts: RunParts, error: unknown): void {
  receive(parts, { kind: 'crashed', reason: error instanceof Error ? error.message : String(error) });
}
