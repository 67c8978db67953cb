/** What a library entry gives to the build: its sizes and its expansion into signals and operators. */
import type { Result } from '../base/result.ts';
import type { Written } from '../base/written.ts';
import type { KindDescriptor, SignalType } from '../model/kind.ts';
import type { NumericArray } from '../model/validated.ts';
import type { Expression, SignalId, Statement } from './ir/types.ts';
import type { PopulationAccess } from './population/access.ts';
import type { SynapseModel } from './synapses/synapse-model.ts';
import type { SurrogateDeclaration } from './surrogates.ts';
import type { SourceRows } from './operators/source-rows.ts';
import type { SpikeList } from './operators/spike-list.ts';
import type { KernelChoice, ProgramObjective, ProgramReadout, Signal, Slot } from './program.ts';

/** Parameters of an element or connection, in SI units, with the kind's word that they are there. Wrong use is a bug. */
export interface ParameterReader {
  number(name: string): number;
  flag(name: string): boolean;
  /** The number, where the parameter is one and the same for all; undefined for lists and distributions. */
  constant(name: string): number | undefined;
  text(name: string): string;
  /**
   * `length` values: a scalar fills, a list or array must fit (checked by `sizes`), a distribution is drawn from the run seed. Never
   * written to: the next build may be given the same array.
   */
  vector(name: string, length: number): Result<Float64Array>;
  /** The same; very many that are drawn are written where they are wanted. */
  contents(name: string, length: number): Result<Float64Array | Written>;
  /** A matrix or series; null when absent. */
  array(name: string): NumericArray | null;
}

/** What an element may look at to tell its sizes. */
export interface SizeRequest {
  /** Whose sizes are asked, for Problems. */
  readonly element: { readonly id: string; readonly name: string };
  readonly parameters: ParameterReader;
  /** Channels arriving at each `channels` input port; undefined while still unknown, 0 without connection. */
  inputSize(port: string): number | undefined;
}

/** Sizes of an element: channels per output port and cells per `synapses` input port. undefined = not known yet. */
export interface ElementSizes {
  readonly outputs: Readonly<Record<string, number | undefined>>;
  readonly cells: number | undefined;
  /** Members of a batch that this stimulus has an input of its own for. Default 1: the same for all there are. */
  readonly members?: number;
}

export interface SignalRequest {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Signal['initial'];
  /** See `Signal.ofMembers`. */
  readonly ofMembers?: Signal['ofMembers'];
  readonly role: Signal['role'];
  /** See `Signal.turning`. */
  readonly turning?: number;
  /** Default f64. */
  readonly type?: Signal['type'];
  /** Default "1". */
  readonly unit?: string;
  /** For signals in which cells decide: what stands for the derivative. */
  readonly surrogate?: SurrogateDeclaration;
  /** Bytes that making the contents takes besides them, freed afterwards. Default 0. */
  readonly draftBytes?: number;
}

export interface OperatorRequest {
  readonly name: string;
  /** Default `groups`. */
  readonly slot?: Slot;
  /** Within the slot; lower first. Default 0. */
  readonly order?: number;
  /** Within one order; smaller bytes first. Default "". */
  readonly tie?: string;
  readonly reads?: readonly SignalId[];
  readonly sets?: readonly SignalId[];
  readonly adds?: readonly SignalId[];
  readonly updates?: readonly SignalId[];
  readonly body: readonly Statement[];
  /** How it does what could be done in several ways. */
  readonly choice?: KernelChoice;
}

/** One incoming connection of a `synapses` port of type spikes: which signal receives the weights of arriving spikes. */
export interface SynapseTarget {
  /** f64 state of length `cells`: a spike over a synapse of weight w does `signal[post] += w` in slot `synapses`. */
  readonly events: SignalId;
  /** f64 transient of length `cells` to which continuous connections add Σ w·x before it is read. */
  readonly continuous: SignalId;
}

/** Hands an expanding element its parameters and inputs and takes its signals, operators, outputs and states. */
export interface ElementBuilder extends ParameterReader {
  readonly id: string;
  readonly name: string;
  readonly kind: KindDescriptor;
  /** Length of the element's step: the run's, or its own. */
  readonly timeStepSeconds: number;
  /**
   * Only sizes are asked for, before anything large is made: signals need their true shapes, `vector` gives values that
   * stand for all, and arrays that would have to be drawn or copied may be `unmade`.
   */
  readonly outline: boolean;
  /** Steps of the element in the whole run; undefined = open-ended. */
  readonly steps: number | undefined;
  /** Members of a batch that the element has an input of its own for, as its `sizes` said; 1 = the same for all. */
  readonly members: number;
  /** Channels at a `channels` port; 0 without connection. */
  inputSize(port: string): number;
  /** Type arriving at a port; undefined without connection (mixed types are refused before). */
  inputType(port: string): SignalType | undefined;
  /** f64 transient vector of a `channels` port, filled by the wires before it is read; length `max(1, inputSize)`, zeros without connection. */
  input(port: string): SignalId;
  /**
   * The same vector one step ahead (sample n + 1), where the sources can tell it (series and other stimuli); else the
   * present vector. For integrators that sample inputs inside a step.
   */
  inputAhead(port: string): SignalId;
  /** Tells where projections onto a `synapses` port go. Call once per such port. */
  receive(port: string, target: Partial<SynapseTarget>): void;
  /** Lets synapses see the cells of this element by the names of its equations. */
  offer(access: PopulationAccess): void;
  /** Whether a port or state of this name is recorded. */
  probes(target: string): boolean;
  /** Texts on the connections from and to this element: they may name its variables. */
  connectionTexts(): readonly string[];
  /** New signal `elementId/name`. */
  signal(request: SignalRequest): SignalId;
  /** Sets an f64 transient of the given length to zero at the start of every step, so that others may add to it. */
  zero(signal: SignalId, length: number): void;
  /** The cells of a u8 mask that fire in this step, as a list: i32 [cells] and its length i32 [1]; made once per mask. */
  spikeList(mask: SignalId, cells: number): SpikeList;
  /** New operator `elementId/name`. */
  operator(request: OperatorRequest): void;
  /** New operator of `Program.settling`. */
  settling(request: Pick<OperatorRequest, 'name' | 'reads' | 'updates' | 'body'>): void;
  /** Declares what leaves at an output port. `ahead`: the same one step later, if it can be known. */
  output(port: string, signal: SignalId, ahead?: SignalId): void;
  /** Makes a state variable probeable under the name of the kind's `states`. */
  state(name: string, signal: SignalId): void;
  /** Whether cells that could be computed at events only are to be computed at every step. */
  readonly everyStep: boolean;
  /** Whether a number that all cells share is to be trained: it stays in memory, whatever it is. */
  isTrained(name: string): boolean;
  /** Constant key of a random stream for one purpose of this element. */
  stream(purpose: string): number;
  /** Registers a readout trained during the run. */
  readout(plan: Omit<ProgramReadout, 'element'>): void;
  /** Registers what training is to make small. */
  objective(plan: Omit<ProgramObjective, 'element'>): void;
}

/** Stands in an outline for contents that are not made. */
export const unmade = new Float64Array();

/** Stands for contents that will be written where they are wanted. */
export const unwritten: Written = {
  length: 0,
  write: () => {
    throw new Error('Bug: an outline has nothing to write');
  },
};

/** A stimulus, neuron population, layer or readout of the library. */
export interface ElementKind extends KindDescriptor {
  sizes(request: SizeRequest): Result<ElementSizes>;
  expand(builder: ElementBuilder): Result<void>;
}

/** Synapses as lists of equal length, in creation order. */
export interface SynapseLists {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
}

export interface ConnectRequest {
  /** Whose synapses are made, for Problems. */
  readonly connection: { readonly id: string; readonly name: string };
  readonly parameters: ParameterReader;
  readonly sourceSize: number;
  readonly targetSize: number;
  /** Source and target are the same element: autapses may be wanted or not. */
  readonly recurrent: boolean;
  /** Constant key of the random stream of this connection. */
  stream(purpose: string): number;
}

/** What a connector looks at to tell the model of its synapses. */
export interface SynapseRequest {
  readonly connection: { readonly id: string; readonly name: string };
  readonly parameters: ParameterReader;
  /** Synapses of the connection; in an outline the most there may be. */
  readonly count: number;
  /** Unit of the weights of the target port. */
  readonly weightUnit: string;
}

/** A connector of the library: makes the synapses of one projection. `connectors/wire` has none and is handled by the build. */
export interface ConnectorKind extends KindDescriptor {
  connect(request: ConnectRequest): Result<SynapseLists>;
  /** The same synapses in rows, made without lists; where it is missing, `connect` is asked and sorted. */
  rows?(request: ConnectRequest): Result<SourceRows>;
  /** Whether the synapses have equations or statements of their own, given the parameters. Default no. */
  hasSynapseModel?(parameters: ParameterReader): boolean;
  /** The variable X where the synapses have no more of their own than that a spike does `X_post += w`. */
  plainSum?(parameters: ParameterReader): string | undefined;
  /** The model of the synapses, or what lets a spike do just what the port says. */
  synapses?(request: SynapseRequest): Result<SynapseModel>;
  /** The most synapses that `connect` makes, told without making them; where chance decides, a number it practically never exceeds. */
  mostSynapses(request: ConnectRequest): number;
}

/** A distribution of which a parameter may be drawn, one value per cell. */
export interface DistributionKind {
  readonly id: string;
  readonly title: string;
  /** Names of its arguments, all in the unit of the parameter. */
  readonly arguments: readonly string[];
  /** Fills `into` with the random numbers of stream `key` from number `first` (even) on, whatever the arguments are. */
  fillDeviates(key: number, into: Float64Array, first: number): void;
  /** The value that such a number stands for. */
  value(parameters: Readonly<Record<string, number>>, deviate: number): number;
}

/** The library as the build sees it. */
export interface Library {
  distribution(id: string): DistributionKind | undefined;
  element(id: string): ElementKind | undefined;
  connector(id: string): ConnectorKind | undefined;
}

export type { Expression, Statement };
