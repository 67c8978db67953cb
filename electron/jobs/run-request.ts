/** A run of a whole project outside the page: what is asked for and what comes back, as messages between threads. */
import type { Problem } from '../../engine/base/problem.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Target } from '../../engine/protocol/messages.ts';
import type { ThreadGain } from '../../engine/runtime/chosen-threads.ts';

export interface RunRequest {
  readonly document: SpikeloomDocument;
  readonly target: Target;
  /** Numbers in which it calculates. Default f64. */
  readonly precision?: 'f64' | 'f32';
  /** The arrays of every probe are wanted, as an `.npz` archive. */
  readonly record: boolean;
  /** A project that needs more is refused with `run/memory` before anything is allocated. Default 2 GiB. */
  readonly memoryLimitBytes?: number;
  /** Threads that may execute its steps, at most one for each core; the result is the same for any number. Default 1. */
  readonly threads?: number | 'auto';
  /** Bytes of a checkpoint of the same run: it goes on from there. */
  readonly resume?: Uint8Array<ArrayBuffer>;
  /** Wall seconds between checkpoints on the way; none without. */
  readonly checkpointSeconds?: number;
}

export interface ReadoutScore {
  readonly element: string;
  readonly name: string;
  readonly phase: string;
  readonly nrmse: number | null;
  readonly persistenceNrmse: number | null;
  readonly scoredSteps: number;
}

export interface RunReport {
  readonly steps: number;
  readonly simSeconds: number;
  /** Members of the batch; what follows of cells and synapses is that of one. */
  readonly members: number;
  readonly wallSeconds: number;
  readonly buildSeconds: number;
  readonly cells: number;
  readonly synapses: number;
  /** Spikes by name of the population, of all members. */
  readonly spikes: Readonly<Record<string, number>>;
  readonly readouts: readonly ReadoutScore[];
  /** Threads that executed the last steps, and how many times as fast as one of them they were. */
  readonly threads: ThreadGain;
  /** Stopped before its end. */
  readonly stopped: boolean;
}

/** What a run gives: `report` is undefined when it could not be built. */
export interface RunOutcome {
  readonly report: RunReport | undefined;
  readonly problems: readonly Problem[];
  /** Recordings as `.npz`; undefined when not asked for. */
  readonly archive: Uint8Array<ArrayBuffer> | undefined;
  /** Where it was stopped before its end, or came to it while checkpoints were kept: what it can go on from. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>;
}

/** How far a run is. */
export interface RunProgress {
  readonly step: number;
  readonly steps: number;
}
