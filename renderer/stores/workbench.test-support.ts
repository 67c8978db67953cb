/** The stores and actions put together as the app does it, over a fake host, a fake engine and a clock that stands still. */
import { readProject } from '../../engine/formats/project.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { catalogue } from '../../engine/library/library.ts';
import { weightGenerators } from '../../engine/library/weight-generators/weight-generators.ts';
import { createFakeHost, type FakeHost } from '../host/fake.ts';
import { createDocumentActions } from './document-actions.ts';
import { createDocumentStore } from './document-store.ts';
import { createEngineLink } from './engine-link.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.test-support.ts';
import { createProblemStore } from './problem-store.ts';
import { createRunActions } from './run-actions.ts';
import { createRunStore } from './run-store.ts';
import { createSelectionStore } from './selection-store.ts';
import type { Services } from './services.ts';
import { createSessionStore } from './session-store.ts';
import { createFleetingTabMemory, type TabMemory } from './tab-memory.ts';

export interface TestWorkbench {
  readonly services: Services;
  readonly host: FakeHost;
  readonly engine: FakeEngine;
}

/** Waiting ends in the next turn; the wall time is one second later at each look. A later window starts an hour later. */
function createTestClock(windows: number): Clock {
  let now = 1_700_000_000_000 + windows * 3_600_000;
  return { now: () => now, wallTime: () => (now += 1000), wait: () => new Promise((resolve) => setTimeout(resolve)) };
}

/** Bytes that count up from `start`: ids differ, also between windows, and are the same in every test. */
function createCountingRandom(start: number): RandomSource {
  let drawn = start;
  return { bytes: (count) => Uint8Array.from({ length: count }, () => (drawn += 7) % 251) };
}

/** `tab` is what a window that is loaded again remembers of itself. */
export function createTestWorkbench(
  host: FakeHost = createFakeHost(),
  tab: TabMemory = createFleetingTabMemory(),
): TestWorkbench {
  const engine = createFakeEngine();
  const [clock, random] = [createTestClock(host.kept.size), createCountingRandom(31 * host.kept.size)];
  const link = createEngineLink(engine.start);
  const [document, selection, run, problems, session] = [
    createDocumentStore(),
    createSelectionStore(),
    createRunStore(),
    createProblemStore(),
    createSessionStore(),
  ];
  const codec = {
    read: readProject,
    write: (value: object) => new TextEncoder().encode(JSON.stringify(value)),
  };
  const documents = createDocumentActions({
    host,
    clock,
    random,
    codec,
    document,
    selection,
    session,
    tab,
  });
  const runs = createRunActions({ link, clock, document, run, problems, session });
  return {
    services: {
      host,
      clock,
      random,
      catalogue,
      generators: weightGenerators,
      link,
      examples: [],
      document,
      selection,
      run,
      problems,
      session,
      documents,
      runs,
    },
    host,
    engine,
  };
}
