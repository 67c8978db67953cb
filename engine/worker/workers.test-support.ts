/** Both workers in one thread: engine session and history session with their clients, joined by loopbacks, on a clock of their own. */
import { problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { createEngineClient, type EngineClient } from '../client/engine-client.ts';
import { createHistoryClient, type HistoryClient } from '../client/history-client.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { createLoopback } from '../platform/loopback.ts';
import type { Clock, MessageChannelEnd } from '../platform/seams.ts';
import type { EngineEvent, Progress } from '../protocol/messages.ts';
import { createHistorySession } from './history/history-session.ts';
import { EngineSession } from './engine-session.ts';

/** A clock that moves only by being asked and waited for, so that tests neither sleep nor depend on the machine. */
export function createTestClock(millisecondsPerLook: number): Clock {
  let now = 0;
  return {
    now: () => (now += millisecondsPerLook),
    wallTime: () => now,
    wait(milliseconds) {
      now += milliseconds;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export interface Workers {
  readonly engine: EngineClient;
  readonly history: HistoryClient;
  readonly events: readonly EngineEvent[];
  readonly clock: Clock;
  /** The next documents are built into this program; undefined = they cannot be built. */
  program: Program | undefined;
  /** Resolves with the first progress, from now on, for which it holds. */
  until(holds: (progress: Progress) => boolean): Promise<Progress>;
  dispose(): void;
}

export interface WorkerOptions {
  readonly shared: boolean;
  /** Stands in for the history worker's end of the feed. */
  readonly reader?: MessageChannelEnd;
  readonly millisecondsPerLook?: number;
}

/** A document for a session whose `prepare` looks at nothing in it. */
export function documentAt(speed: number | null, seed = 1): SpikeloomDocument {
  return { run: { speed, seed }, elements: {}, connections: {} } as unknown as SpikeloomDocument;
}

export function createWorkers(
  program: Program,
  { shared, reader, millisecondsPerLook = 0.05 }: WorkerOptions,
): Workers {
  const clock = createTestClock(millisecondsPerLook);
  const [page, engineSide] = createLoopback().ends;
  const [plots, historySide] = createLoopback().ends;
  const [writerEnd, readerEnd] = createLoopback().ends;
  const events: EngineEvent[] = [];
  const waiting = new Set<(progress: Progress) => void>();
  const session = new EngineSession({
    end: engineSide,
    clock,
    memory: { allocate: (bytes) => new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) }) },
    shared,
    prepare: () =>
      workers.program === undefined
        ? failed(problem('model/empty', 'There is nothing to run.'))
        : ok({ program: workers.program, cells: 1, synapses: 0 }),
    trainerFor: () => {
      throw new Error('no readouts here');
    },
  });
  session.connectHistory(reader ?? writerEnd);
  const historySession = createHistorySession({
    end: historySide,
    clock,
    fail: (reason) => {
      throw new Error(reason);
    },
  });
  historySession.connectEngine(readerEnd);
  const workers: Workers = {
    engine: createEngineClient(page),
    history: createHistoryClient(plots),
    events,
    clock,
    program,
    until: (holds) =>
      new Promise((resolve) => {
        const look = (progress: Progress): void => {
          if (!holds(progress)) return;
          waiting.delete(look);
          resolve(progress);
        };
        waiting.add(look);
      }),
    dispose() {
      session.dispose();
      historySession.dispose();
    },
  };
  workers.engine.listen((event) => {
    events.push(event);
    if (event.kind === 'progress') for (const look of [...waiting]) look(event.progress);
  });
  return workers;
}
