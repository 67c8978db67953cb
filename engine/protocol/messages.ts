/** Messages between a caller (`client/`) and the engine worker (`worker/`). */
import type { Problem } from '../base/problem.ts';
import type { Explanation } from '../build/explanation.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { FailureCause } from '../platform/seams.ts';
import type { MeasureRequests } from './measures.ts';
import type { TrainingProgress, TrainingRequests } from './training-messages.ts';

/** Raised when a message changes its meaning; the first message both ways carries it. */
export const protocolVersion = 1;

export type Target = 'wasm' | 'interpreter';

/** State of the run, as shown in transport and status bar. */
export type RunState = 'empty' | 'ready' | 'running' | 'paused' | 'finished' | 'failed';

/** Requests: name → argument and reply. */
export interface EngineRequests extends MeasureRequests, TrainingRequests {
  hello: { argument: { protocol: number }; reply: { protocol: number; sharedMemory: boolean } };
  /** Builds and compiles; the run stands at step 0. Replaces what was loaded. */
  load: { argument: LoadRequest; reply: LoadReply };
  /**
   * Takes an edited document. Rebuilds with the state carried over by element id and signal shape; step counter,
   * run state and probes that stay keep going without a gap. With a readout in training the run starts over.
   * Without a memory limit that of the last request holds.
   */
  update: { argument: { document: SpikeloomDocument; memoryLimitBytes?: number }; reply: LoadReply };
  start: { argument: object; reply: null };
  pause: { argument: object; reply: null };
  /** Executes `steps` steps, then pauses. */
  step: { argument: { steps: number }; reply: null };
  /**
   * Goes back to a step executed before (one not executed yet is taken for the present one) and pauses there: the state
   * is that of then, and what probes recorded of it and later steps is dropped. Steps before the last edit are reached
   * only where a checkpoint lies: the run then stands at the last one before, and `exact` is false. Nothing happens
   * where nothing is kept. To run on from there, with or without an edit, is a branch.
   */
  jump: { argument: { step: number }; reply: JumpReply };
  /** Goes back so many steps from where the run stands; otherwise as `jump`. */
  stepBack: { argument: { steps: number }; reply: JumpReply };
  /** Back to step 0 with the initial state; probes are emptied. */
  reset: { argument: object; reply: null };
  /**
   * Puts state back to the start, or draws it anew, of some elements or all, between two steps; a run goes on. Clock,
   * weights and what was learnt stay. Steps before are gone back to as those before an edit.
   */
  changeState: { argument: StateChange; reply: null };
  /** Clock to 0 and probes emptied, while states and what was learnt stay; what was under way in delay lines is lost. */
  resetTime: { argument: object; reply: null };
  /** Simulated seconds per wall second; null = as fast as possible. */
  setSpeed: { argument: { speed: number | null }; reply: null };
  /** A copy of a signal (`elementId/name`). */
  readState: { argument: { signal: string }; reply: { shape: readonly number[]; values: Float64Array } };
  /** What the loaded run is made of, and one of its stages as text. */
  explain: { argument: { stage: 'model' | 'program' | 'code' }; reply: { text: string; explanation: Explanation } };
}

export interface LoadRequest {
  readonly document: SpikeloomDocument;
  readonly target: Target;
  /** Numbers in which it calculates, for later updates as well. Default f64. */
  readonly precision?: 'f64' | 'f32';
  /** A model that needs more is refused with `run/memory` before anything is allocated; so are later updates. Default 2 GiB. */
  readonly memoryLimitBytes?: number;
}

export interface StateChange {
  /** To the initial contents; or membranes evenly between reset potential and threshold, and other states by a fifth of their size around where they stand. */
  readonly kind: 'reset' | 'randomise';
  /** Elements whose state is changed; null: all of them. */
  readonly elements: readonly string[] | null;
  /** The same seed draws the same state. */
  readonly seed: number;
}

export interface JumpReply {
  /** Where the run stands now. */
  readonly step: number;
  /** It stands where it was asked to. */
  readonly exact: boolean;
}

export type EngineRequestName = keyof EngineRequests;

/** A probe that records into a ring or a port. */
export interface ProbeInformation {
  readonly id: string;
  readonly element: string;
  readonly elementName: string;
  readonly target: string;
  readonly unit: string;
  readonly type: 'samples' | 'events';
  /** Channels recorded (samples) or cells (events), of each member of a batch. */
  readonly channels: number;
  /** Cell index of each recorded channel; null = 0 … channels − 1. */
  readonly cells: readonly number[] | null;
  /** Members of the batch: a record has the channels of one after those of the other, an event the number m·channels + cell. Default 1. */
  readonly members?: number;
}

export interface LoadReply {
  /** False: nothing was built; `problems` says why. The document is untouched either way. */
  readonly loaded: boolean;
  readonly problems: readonly Problem[];
  readonly probes: readonly ProbeInformation[];
  readonly timeStepSeconds: number;
  /** undefined = open-ended. */
  readonly steps: number | undefined;
  readonly cells: number;
  readonly synapses: number;
  readonly buildSeconds: number;
  readonly memoryBytes: number;
}

/** How far and how fast; sent about 20 times a second while running and at every change of state. */
export interface Progress {
  readonly state: RunState;
  readonly step: number;
  readonly simulatedSeconds: number;
  /** Simulated seconds per wall second over the last second; 0 when not running. */
  readonly realTimeFactor: number;
  readonly stepsPerSecond: number;
  /** Wall seconds until the end at the present speed; undefined when open-ended or not running. */
  readonly remainingSeconds: number | undefined;
  /** Mean spike rate of each spiking element over the last second of simulated time, Hz per cell. */
  readonly rates: Readonly<Record<string, number>>;
  readonly readouts: readonly ReadoutProgress[];
  /** Records lost because a reader was too slow. */
  readonly lost: number;
  /** Threads that execute steps now, and how many times as fast as one of them they were when last compared. */
  readonly threads: { readonly threads: number; readonly gain: number };
  /** First step that the run can go back to; undefined where nothing is kept to go back to. */
  readonly backTo?: number;
}

export interface ReadoutProgress {
  readonly element: string;
  readonly phase: 'washout' | 'collecting' | 'predicting' | 'scored';
  /** Root mean squared error divided by the standard deviation of the target, over the scored steps; undefined before. */
  readonly nrmse: number | undefined;
  /** The same for repeating the target's value from `horizon` steps before. */
  readonly persistenceNrmse: number | undefined;
  readonly scoredSteps: number;
}

export type EngineEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** The set of probes changed (load, update): the rings or ports to read from now on went to the history worker. */
  | { readonly kind: 'probes'; readonly probes: readonly ProbeInformation[] }
  /** The run went back to `step`: records of it and of later steps are dropped, so what plots hold is to be asked for anew. */
  | { readonly kind: 'rewound'; readonly step: number }
  | { readonly kind: 'finished'; readonly progress: Progress }
  /** The share of a measure under way that is done. */
  | { readonly kind: 'measuring'; readonly share: number }
  /** Epochs were gone through by the training under way. */
  | { readonly kind: 'training'; readonly training: TrainingProgress }
  | {
      readonly kind: 'crashed';
      readonly reason: string;
      /** Default: what the reason sounds like. */
      readonly cause?: FailureCause;
      /** Which worker is gone; the engine's unless said. */
      readonly part?: 'engine' | 'history';
    };
