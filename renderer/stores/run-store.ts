/** The run as the engine reports it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FailureCause } from '../../engine/platform/seams.ts';
import type { LoadReply, ProbeInformation, Progress } from '../../engine/protocol/messages.ts';
import { noCourses, type Courses } from './courses.ts';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly sharedMemory: boolean }
  | { readonly kind: 'crashed'; readonly reason: string; readonly cause: FailureCause };

export interface RunStoreState {
  readonly engine: EngineState;
  readonly progress: Progress;
  readonly probes: readonly ProbeInformation[];
  /** What the last load or update said; undefined before the first. */
  readonly load: LoadReply | undefined;
  /** A load or update is on its way. */
  readonly building: boolean;
  /** Where the run was edited, and what it left behind when it went back. */
  readonly courses: Courses;
}

export type RunStore = StoreApi<RunStoreState>;

export const noProgress: Progress = {
  state: 'empty',
  step: 0,
  simulatedSeconds: 0,
  realTimeFactor: 0,
  stepsPerSecond: 0,
  remainingSeconds: undefined,
  rates: {},
  readouts: [],
  lost: 0,
  threads: { threads: 1, gain: 1 },
};

export function createRunStore(): RunStore {
  return createStore<RunStoreState>()(() => ({
    engine: { kind: 'starting' },
    progress: noProgress,
    probes: [],
    load: undefined,
    building: false,
    courses: noCourses,
  }));
}

/** Part of a fixed duration that is done, 0–1; undefined when the run is open-ended. */
export function fractionDone(state: Pick<RunStoreState, 'load' | 'progress'>): number | undefined {
  const steps = state.load?.steps;
  return steps === undefined || steps === 0 ? undefined : Math.min(1, state.progress.step / steps);
}
