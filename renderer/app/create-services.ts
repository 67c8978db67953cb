/** Composition: makes the stores, the engine link and the actions, and puts them together once. */
import { catalogue } from '../../engine/library/library.ts';
import { weightGenerators } from '../../engine/library/weight-generators/weight-generators.ts';
import { readProject, writeProject } from '../../engine/formats/project.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { createDocumentActions } from '../stores/document-actions.ts';
import { createDocumentStore } from '../stores/document-store.ts';
import { createEngineLink, type EngineConnection } from '../stores/engine-link.ts';
import { createProblemStore } from '../stores/problem-store.ts';
import { createRunActions } from '../stores/run-actions.ts';
import { createRunStore } from '../stores/run-store.ts';
import { createSelectionStore } from '../stores/selection-store.ts';
import type { Example, Services } from '../stores/services.ts';
import { createSessionStore, type SessionValues } from '../stores/session-store.ts';
import type { TabMemory } from '../stores/tab-memory.ts';

export interface Outside {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly examples: readonly Example[];
  readonly tab: TabMemory;
  /** What was kept of the last session. */
  readonly kept: Partial<SessionValues>;
  startEngine(): EngineConnection;
}

export function createServices(outside: Outside): Services {
  const { host, clock, random, examples, kept, startEngine } = outside;
  const link = createEngineLink(startEngine);
  const document = createDocumentStore();
  const selection = createSelectionStore();
  const run = createRunStore();
  const problems = createProblemStore();
  const session = createSessionStore(kept);
  const codec = { read: readProject, write: writeProject };
  const documents = createDocumentActions({
    host,
    clock,
    random,
    codec,
    document,
    selection,
    session,
    tab: outside.tab,
  });
  const runs = createRunActions({ link, clock, document, run, problems, session });
  return {
    host,
    clock,
    random,
    catalogue,
    generators: weightGenerators,
    link,
    examples,
    document,
    selection,
    run,
    problems,
    session,
    documents,
    runs,
  };
}
