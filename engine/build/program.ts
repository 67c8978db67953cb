/** Program: signals, operators with their declarations, probes and readouts. The value between `build/` and `codegen/`. */
import type { NumericContents, Written } from '../base/written.ts';
import type { Pace } from '../model/own-step.ts';
import type { SignalId, Statement } from './ir/types.ts';
import type { StateVariable } from './state-variables.ts';
import type { SurrogateDeclaration } from './surrogates.ts';

export type { SignalId } from './ir/types.ts';

/** Type of the elements of a signal: numbers in double or single precision, whole numbers with and without sign. */
export type ElementType = 'f64' | 'f32' | 'i32' | 'u16' | 'i8' | 'u8';

/** Contents of a signal as a typed array. */
export type SignalContents = NumericContents;

/** Signals of these types hold numbers that a load gives as f64; loads of all others give i32. */
export function isFloat(type: ElementType): boolean {
  return type === 'f64' || type === 'f32';
}

/** An array in the memory of a run. State, input of a port, table, weights: all are signals. */
export interface Signal {
  /** `elementId/name`, unique in the program. */
  readonly id: SignalId;
  /** Element or connection it belongs to. */
  readonly element: string;
  readonly name: string;
  readonly type: ElementType;
  /** Row-major. Length is the product; [] is a scalar of length 1. */
  readonly shape: readonly number[];
  /** Initial contents; a number fills. Contents to be written are for constants. */
  readonly initial: number | SignalContents | Written;
  /** Constants only: contents for each member of the batch, one after the other, where they differ; `initial` has the first ones. */
  readonly ofMembers?: SignalContents;
  /** Unit for people ("V"). */
  readonly unit: string;
  /** `constant` is never written; `state` survives from step to step; `transient` is set anew in every step. */
  readonly role: 'constant' | 'state' | 'transient';
  /**
   * Rows are steps: in step n operators write row n mod rows alone, and whoever reads that row reads it before; what stood
   * there is as many steps old as there are rows.
   */
  readonly ring?: true;
  /**
   * Which extent of the shape stands for steps: what belongs to step n (of a signal of a paced operator, to its own step n)
   * stands in row n modulo the number of rows, also where it was put there before.
   */
  readonly turning?: number;
  /** Cells decide here whether they spike, or how often: what stands for the derivative of that. */
  readonly surrogate?: SurrogateDeclaration;
}

/** Slots of a step, in order; they order operators that update the same signal. */
export const slots = ['start', 'inputs', 'groups', 'thresholds', 'synapses', 'resets', 'end'] as const;
export type Slot = (typeof slots)[number];

/**
 * One operation of a step. The order of operators follows from the declarations alone, per signal:
 * sets → adds → reads → updates → readsUpdated. Several `updates` of one signal go by slot, `order`, `tie`, then by order
 * of declaration. One that must see a signal in the middle of its updates lists it under `updates`.
 */
export interface Operator {
  /** `elementId/what`, unique. */
  readonly id: string;
  readonly element: string;
  readonly slot: Slot;
  /** Within the slot; lower first. Default 0. */
  readonly order?: number;
  /** Within one order; smaller bytes first. Default "". */
  readonly tie?: string;
  readonly reads: readonly SignalId[];
  readonly sets: readonly SignalId[];
  readonly adds: readonly SignalId[];
  readonly updates: readonly SignalId[];
  /** Reads the value after all updates of the step (probes of the end of the step). */
  readonly readsUpdated: readonly SignalId[];
  readonly body: readonly Statement[];
  /** Where it is not executed in every step of the run. Step number, time and random numbers of the body are its own. */
  readonly pace?: Pace;
  /** How the operator does what could be done in several ways, and why. */
  readonly choice?: KernelChoice;
}

/** Ways to carry a projection or recurrent weights. */
export type DeliveryKernel = 'dense' | 'sparse' | 'event-driven' | 'one-to-one';

/** A choice among ways to do the same, for people (`explain`). */
export interface KernelChoice {
  readonly kernel: DeliveryKernel;
  /** Size and expected activity that spoke for it, and what overrides it. */
  readonly reason: string;
  /** Of connectivity and weights. */
  readonly bytes: number;
  readonly synapses: number;
}

/** What is recorded in a run. */
export interface ProgramProbe {
  readonly id: string;
  readonly element: string;
  /** Port or state name, for people. */
  readonly target: string;
  readonly signal: SignalId;
  readonly unit: string;
  /** `samples`: a row of the signal per step. `events`: (step, cell) of every non-zero entry; of a signal of numbers, so often. */
  readonly type: 'samples' | 'events';
  /** `start`: before anything of the step updates the signal (stamped t); `end`: after all of it (stamped t as well). */
  readonly when: 'start' | 'end';
  /** Cells recorded; null = all. */
  readonly cells: readonly number[] | null;
}

/**
 * A readout trained during the run: pairs (features at step t − horizon, target at step t) are collected from
 * step `washout` on; before step `trainUntil` is executed the solution is written into `weights` and `bias`;
 * afterwards errors are scored against `prediction`.
 */
export interface ProgramReadout {
  readonly element: string;
  /** [features] as they enter the regression, delayed by the horizon: what `prediction` is computed from. */
  readonly features: SignalId;
  readonly target: SignalId;
  readonly prediction: SignalId;
  /** [features, targets] and [targets]. */
  readonly weights: SignalId;
  readonly bias: SignalId;
  /** 1 once trained, else 0: prediction is NaN before. */
  readonly trained: SignalId;
  readonly ridge: number;
  readonly washoutSteps: number;
  readonly trainUntilStep: number;
  /** Steps scored; null = until the run ends. */
  readonly testUntilStep: number | null;
  readonly horizonSteps: number;
  /** Its weights are given and stay: nothing is collected, predictions are scored from `trainUntilStep` on. */
  readonly held?: boolean;
}

/** What training is to make small, and how. Rules beside gradients look at the layer that `prediction` comes from. */
export interface ProgramObjective {
  readonly element: string;
  readonly rule: 'gradient' | 'logistic' | 'tempotron';
  readonly loss: 'squared' | 'binary' | 'classes' | 'spike-count';
  /** [channels], as every step leaves it. */
  readonly prediction: SignalId;
  readonly channels: number;
  /** Undefined: `wanted`. */
  readonly target: SignalId | undefined;
  /** As many channels as the prediction, or for classes one, with the number of the class. */
  readonly targetChannels: number;
  readonly wanted: number;
  /** Cross-entropy of classes: what is left of a sum from step to step. */
  readonly decay: number;
  readonly weight: number;
  /** Scored steps: `from` ≤ step < `until`. */
  readonly from: number;
  readonly until: number;
  readonly descent: Descent;
  readonly logistic: { readonly regularize: number; readonly batchSize: number };
  readonly tempotron: { readonly eligibilityRatio: number; readonly asReleased: boolean };
}

/** How slopes become changes. */
export interface Descent {
  readonly epochs: number;
  readonly learningRate: number;
  readonly optimiser: 'adam' | 'momentum';
  readonly momentum: number;
  /** Greatest length of all slopes together; 0 = any. */
  readonly clip: number;
  /** Time constants stay at it or above, seconds. */
  readonly leastSeconds: number;
  /** Steps are taken in base units; else what has a unit is stepped in relation to the size that it begins with. */
  readonly baseUnits: boolean;
}

/** A batch that a program is to be run as; `codegen/members` makes it one. */
export interface Batch {
  readonly members: number;
  /** Elements that draw the same random numbers in all members. */
  readonly alike: ReadonlySet<string>;
}

export interface Program {
  readonly name: string;
  readonly timeStepSeconds: number;
  /** undefined = open-ended. */
  readonly steps: number | undefined;
  readonly seed: number;
  /** Members of a batch that it computes side by side: signals that each has for itself are [members, …]. Default 1. */
  readonly members?: number;
  /** Wanted, where its stimuli are those of several members. */
  readonly batch?: Batch;
  readonly signals: readonly Signal[];
  /** In order of execution. */
  readonly operators: readonly Operator[];
  readonly probes: readonly ProgramProbe[];
  readonly readouts: readonly ProgramReadout[];
  readonly objectives?: readonly ProgramObjective[];
  /**
   * What brings state that is computed at events only up to the end of the last step, one operator per element: for who
   * takes the state elsewhere. They read and update nothing but signals of their element.
   */
  readonly settling?: readonly Operator[];
  /** Cells that can spike, by element id, and element names: what reports need. */
  readonly elements: readonly ProgramElement[];
  /** State variables of the elements, as they can be reset, kept and randomised. */
  readonly states?: readonly StateVariable[];
  /** Names of connections for people. */
  readonly connections?: readonly { readonly id: string; readonly name: string }[];
}

export interface ProgramElement {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Number of cells that may spike, else of channels of its first output. */
  readonly size: number;
  /** Signal whose non-zero entries are spikes, if it spikes. */
  readonly spikes: SignalId | undefined;
  /** Where it has a step of its own. */
  readonly pace?: Pace;
}
