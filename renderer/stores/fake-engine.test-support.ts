/** An engine for tests: takes models and requests, says what it was asked, runs nothing. */
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { EngineEvent, LoadReply, Progress, StateChange } from '../../engine/protocol/messages.ts';
import type { Explanation } from '../../engine/build/explanation.ts';
import type { EngineConnection } from './engine-link.ts';
import { noProgress } from './run-store.ts';

export interface FakeEngine {
  /** Names of the requests, in order. */
  readonly asked: string[];
  /** What was asked of its state. */
  readonly changes: StateChange[];
  /** The document of the last load or update. */
  document: SpikeloomDocument;
  /** The memory limit of the last load or update. */
  memoryLimitBytes: number | undefined;
  /** Parts of the next reply to load and update. */
  reply: Partial<LoadReply>;
  emit(event: EngineEvent): void;
  progress(part: Partial<Progress>): void;
  /** How often it was started. */
  starts: number;
  start(): EngineConnection;
}

const emptyExplanation: Explanation = {
  name: 'empty',
  target: 'interpreter',
  timeStepSeconds: 1e-4,
  precision: 'f64',
  memoryBytes: 0,
  codeBytes: 0,
  parts: [],
};

export function createFakeEngine(): FakeEngine {
  let handler: (event: EngineEvent) => void = () => undefined;
  let state: Progress = { ...noProgress, state: 'ready' };
  const asked: string[] = [];
  const answer = (document: SpikeloomDocument, memoryLimitBytes: number | undefined): LoadReply => {
    fake.document = document;
    fake.memoryLimitBytes = memoryLimitBytes;
    return {
      loaded: true,
      problems: [],
      probes: [],
      timeStepSeconds: 1e-4,
      steps: undefined,
      cells: 0,
      synapses: 0,
      buildSeconds: 0,
      memoryBytes: 0,
      ...fake.reply,
    };
  };
  const become = (part: Partial<Progress>): null => {
    state = { ...state, ...part };
    handler({ kind: 'progress', progress: state });
    return null;
  };
  const noting =
    <A, R>(name: string, does: (argument: A) => R) =>
    async (argument: A): Promise<R> => {
      asked.push(name);
      return does(argument);
    };
  const fake: FakeEngine = {
    asked,
    changes: [],
    document: createEmptyDocument('none'),
    memoryLimitBytes: undefined,
    reply: {},
    starts: 0,
    emit: (event) => handler(event),
    progress: (part) => void become(part),
    start() {
      fake.starts += 1;
      return {
        engine: {
          hello: () => noting('hello', () => ({ protocol: 1, sharedMemory: true }))({}),
          load: noting('load', ({ document, memoryLimitBytes }) => {
            const reply = answer(document, memoryLimitBytes);
            become({ ...noProgress, state: 'ready' });
            return reply;
          }),
          update: noting('update', ({ document, memoryLimitBytes }) => answer(document, memoryLimitBytes)),
          start: noting('start', () => become({ state: 'running', realTimeFactor: 1 })),
          pause: noting('pause', () => become({ state: 'paused', realTimeFactor: 0 })),
          step: noting('step', ({ steps }) => become({ state: 'paused', step: state.step + steps })),
          jump: noting('jump', ({ step }) => {
            become({ state: 'paused', step });
            return { step, exact: true };
          }),
          stepBack: noting('stepBack', () => ({ step: 0, exact: true })),
          reset: noting('reset', () => become({ ...noProgress, state: 'ready' })),
          changeState: noting('changeState', (change) => {
            fake.changes.push(change);
            return null;
          }),
          resetTime: noting('resetTime', () => become({ ...noProgress, state: 'ready' })),
          setSpeed: noting('setSpeed', () => null),
          readState: noting('readState', () => ({ shape: [0], values: new Float64Array() })),
          explain: noting('explain', () => ({ text: '', explanation: emptyExplanation })),
          train: noting('train', () => ({
            ...{ trained: false, problems: [], curve: [], bestEpoch: null, scores: [], edit: null, stopped: false },
          })),
          endTraining: noting('endTraining', () => null),
          measureRadii: noting('measureRadii', () => ({ value: undefined, problems: [] })),
          measureRecall: noting('measureRecall', () => ({ value: undefined, problems: [] })),
          listen(next) {
            handler = next;
            return { dispose: () => undefined };
          },
          dispose: () => undefined,
        },
        history: {
          trace: async () => ({ times: new Float64Array(), minimum: [], maximum: [], samplesPerColumn: 1, total: 0 }),
          raster: async () => ({ kind: 'events', times: new Float64Array(), cells: new Int32Array(), total: 0 }),
          overview: async ({ columns }) => ({ counts: new Float64Array(columns) }),
          extent: async () => ({ firstSeconds: 0, lastSeconds: 0, bytes: 0, lost: 0, probes: {} }),
          export: async () => ({ times: new Float64Array(), values: new Float64Array(), channels: 0 }),
          onGone: () => undefined,
          dispose: () => undefined,
        },
        dispose: () => undefined,
      };
    },
  };
  return fake;
}
