/** What synapses written in the equation language are: the input of `expandSynapses`. */
import type { StatementTree } from '../../equations/tree.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { Dimension } from '../../units/dimension.ts';
import type { OperatorRequest, SignalRequest } from '../library-kind.ts';
import type { SignalId } from '../ir/types.ts';
import type { SpikeList } from '../operators/spike-list.ts';
import type { PopulationAccess } from '../population/access.ts';
import type { Signal, Slot } from '../program.ts';

export type Side = 'pre' | 'post';

/** Cells that synapses start from or lead to: a population or a slice of it. */
export interface SynapseEnd {
  readonly access: PopulationAccess;
  /** First cell of the slice. */
  readonly first: number;
  /** Cells in the slice; `i` and `j` count from 0 to `cells` − 1. */
  readonly cells: number;
  /** A part was asked for, be it the whole: sums into it run in turn with the state updates instead of before. */
  readonly sliced?: boolean;
}

/** Statements that run for the synapses of a cell when an event of that cell has travelled its delay. */
export interface SynapsePathway {
  readonly name: string;
  /** Whose events are listened to. */
  readonly side: Side;
  readonly code: string;
  /** Statements that run before the code: what the target does with a spike of weight `w`. */
  readonly before?: readonly StatementTree[];
  /** Place of the code in the document, for Problems. */
  readonly path: string;
  /** Custom event of the population. Default `spike`. */
  readonly event?: string;
  /** Whole steps: one number for all, or one per synapse. Default 0. */
  readonly delaySteps?: number | Int32Array;
  /** Place among the operators of slot `synapses`. Default −1 for `pre`, 1 for `post`. */
  readonly order?: number;
}

/** Statements that run for every synapse at regular times. */
export interface RegularStatements {
  readonly code: string;
  readonly path: string;
  /** undefined = in every step. */
  readonly everySeconds: number | undefined;
  readonly slot: Slot;
  readonly order: number;
}

export interface SynapseWeight {
  readonly name: string;
  readonly dimension: Dimension;
  readonly values: number | Float64Array;
}

/** Values over time that the equations call. */
export interface SynapseTables {
  /** `NAME(interval) : unit`, one per line. */
  readonly text: string;
  readonly values: Readonly<Record<string, NumericArray>>;
}

/** Synapses: who is connected to whom, the model, and what happens on events. */
export interface SynapseDefinition {
  /** Orders operators that fall together: `<name>_<pathway>`, `<name>_stateupdater`. */
  readonly name: string;
  readonly model: string;
  /** Method of the clock-driven equations; `auto` takes the first of exact, euler, heun that applies. */
  readonly method: string;
  readonly source: SynapseEnd;
  readonly target: SynapseEnd;
  /** How many synapses there are (in an outline, at most). */
  readonly count: number;
  /** Cells inside the slices, synapse by synapse in the order of creation; empty in an outline. */
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** A number per synapse besides the variables of the model, unless the model defines that name itself. */
  readonly weight?: SynapseWeight;
  readonly pathways: readonly SynapsePathway[];
  readonly regular?: readonly RegularStatements[];
  /** First values of variables and parameters of the model: one for all, or one per synapse. Default 0. */
  readonly initial: ReadonlyMap<string, number | Float64Array>;
  /** Constants from outside the model, `NAME = expression`, one per line. */
  readonly constants?: string;
  readonly tables?: SynapseTables;
}

/** Where synapses are built: takes their signals and operators. */
export interface SynapseSite {
  /** Element or connection that Problems point at. */
  readonly id: string;
  readonly timeStepSeconds: number;
  /** Only sizes are wanted; nothing large is made. */
  readonly outline: boolean;
  signal(request: SignalRequest): SignalId;
  operator(request: OperatorRequest): void;
  /** The cells of a u8 mask that fire in this step, as a list. */
  spikeList(mask: SignalId, cells: number): SpikeList;
  /** Role of a signal of the program, also of one that is not from here. */
  roleOf(signal: SignalId): Signal['role'];
  /** Whether a variable of the synapses is recorded. */
  probes(name: string): boolean;
  /** Makes a variable probeable. */
  state(name: string, signal: SignalId): void;
  /** Constant key of a random stream for one purpose. */
  stream(purpose: string): number;
}
