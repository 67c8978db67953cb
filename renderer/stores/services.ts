/** The services of the workbench, put together once by app/ and handed down by context: nothing else is global. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { defined } from '../../engine/base/assert.ts';
import type { KindCatalogue } from '../../engine/model/kind.ts';
import type { GeneratorCatalogue } from '../../engine/model/weight-generator.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import type { DocumentActions } from './document-actions.ts';
import type { DocumentState, DocumentStore } from './document-store.ts';
import type { EngineLink } from './engine-link.ts';
import type { ProblemState, ProblemStore } from './problem-store.ts';
import type { RunActions } from './run-actions.ts';
import type { RunStore, RunStoreState } from './run-store.ts';
import type { SelectionState, SelectionStore } from './selection-store.ts';
import type { SessionState, SessionStore } from './session-store.ts';

/** A project that comes with Spikeloom. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  load(): Promise<Uint8Array<ArrayBuffer>>;
}

export interface Services {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly catalogue: KindCatalogue;
  /** Generators of weights that a matrix can be made with. */
  readonly generators: GeneratorCatalogue;
  readonly link: EngineLink;
  readonly examples: readonly Example[];
  readonly document: DocumentStore;
  readonly selection: SelectionStore;
  readonly run: RunStore;
  readonly problems: ProblemStore;
  readonly session: SessionStore;
  readonly documents: DocumentActions;
  readonly runs: RunActions;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  return defined(useContext(ServicesContext), 'the workbench stands inside ServicesContext');
}

export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useServices().document, select);
}

export function useSelection<T>(select: (state: SelectionState) => T): T {
  return useStore(useServices().selection, select);
}

export function useRun<T>(select: (state: RunStoreState) => T): T {
  return useStore(useServices().run, select);
}

export function useProblems<T>(select: (state: ProblemState) => T): T {
  return useStore(useServices().problems, select);
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useServices().session, select);
}
