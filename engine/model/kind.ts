/** What the model knows of a kind (neuron, stimulus, layer, readout, connector): its parameters, ports and texts. */
import type { Problem } from '../base/problem.ts';
import { findRecord } from './records.ts';
import type { ParameterValue } from './value.ts';

/** Palette families, in palette order. */
export const families = ['stimuli', 'neurons', 'layers', 'readouts', 'connectors'] as const;
export type Family = (typeof families)[number];

/** What flows through a port. `continuous`: one number per channel and step. `spikes`: events, one per cell and step or several. */
export type SignalType = 'continuous' | 'spikes';

/** A choice of a `choice` parameter. */
export interface Choice {
  readonly value: string;
  readonly title: string;
}

export interface ParameterSpec {
  /** Name in files and equations (`tau_mem`). */
  readonly name: string;
  /** What people read beside the symbol (`membrane time constant`). */
  readonly title: string;
  /** One or two sentences, shown on focus. */
  readonly description: string;
  readonly type: 'quantity' | 'integer' | 'boolean' | 'choice' | 'text' | 'matrix' | 'series';
  /** Unit of the default and the one shown first (`ms`); "1" when dimensionless. Fixes the dimension. Only for quantity, matrix, series. */
  readonly unit?: string;
  /** Value in `unit`; null for a matrix or series that is absent (generated or empty). */
  readonly default: number | boolean | string | null;
  /** What a matrix is taken to be where it is absent, in a few words (`drawn`, `1 everywhere`). */
  readonly absent?: string;
  /** Inclusive bounds in `unit`; `exclusiveMinimum` for "must be greater than". */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  /** A time that may not be shorter than so many time steps. */
  readonly minimumSteps?: number;
  /** May differ from cell to cell (list, array or distribution). Default false. */
  readonly perCell?: boolean;
  /** Shown on the block itself. */
  readonly favourite?: boolean;
  /** Heading in the inspector. */
  readonly group?: string;
  readonly choices?: readonly Choice[];
  /** It only shapes what is built (a delay, an initial value), though cells may differ in it: it can't be trained. */
  readonly untrainable?: boolean;
  /** A named switch for a released behaviour that contradicts its documentation; off for new elements, on in `conform`. */
  readonly compatibility?: boolean;
}

export interface InputPortSpec {
  readonly name: string;
  readonly title: string;
  readonly types: readonly SignalType[];
  /**
   * `channels`: plain wires; all incoming outputs are laid side by side (or, with `sum`, added) as the input vector.
   * `synapses`: each connection is a projection with its own connector, weights and delay onto the cells.
   */
  readonly accepts: 'channels' | 'synapses';
  /** Unit of one channel, or of the weight of a synapse ("A"); "1" when dimensionless. */
  readonly unit: string;
  /** Without a connection the element cannot run. Default false. */
  readonly required?: boolean;
}

export interface OutputPortSpec {
  readonly name: string;
  readonly title: string;
  readonly type: SignalType;
  readonly unit: string;
}

/** A state variable that can be probed. */
export interface StateSpec {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Whole numbers, or moments and what is laid out by them; numbers unless said: only these are drawn where state is randomised. */
  readonly holds?: 'counts' | 'moments';
}

/** An element said in equations of one's own: the same system, in the kind whose texts people write. */
export interface EquationForm {
  /** The kind of it. */
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Input ports that have another name there. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What is not the same there, a sentence each; empty where every number stays. */
  readonly differences: readonly string[];
}

export interface KindDescriptor {
  /** `family/name`, as it stands in documents. */
  readonly id: string;
  readonly family: Family;
  readonly title: string;
  /** One sentence for palette and help. */
  readonly summary: string;
  /** Further words under which search finds it (`res`, `ESN`, `rockpool RecRateEuler`). */
  readonly keywords: readonly string[];
  readonly parameters: readonly ParameterSpec[];
  readonly inputs: readonly InputPortSpec[];
  readonly outputs: readonly OutputPortSpec[];
  readonly states: readonly StateSpec[];
  /** The equations as people write them, line by line; shown in the inspector's Equations tab and in help. */
  readonly equations: readonly string[];
  /** Paper, manual or package the equations come from. */
  readonly source: string;
  /** Why nothing in it can be trained by gradients, as a sentence goes on after "because"; absent where something can. */
  readonly noGradient?: string;
  /** Port or state that a new element is probed at when plots are made for it. */
  readonly defaultProbe?: string;
  /**
   * The form that a record of this kind has, given its parameters: kinds whose parameters, ports or states follow from
   * a text they carry. Pure and cheap, and the same object for the same texts. Ask `kindOf` rather than this.
   */
  describe?(parameters: Readonly<Record<string, ParameterValue>>): KindDescriptor;
  /** Why the texts it was described by cannot be read, placed at their parameters; what follows from them may be missing. */
  readonly textProblems?: readonly Problem[];
  /** `describe` changes ports and states, but never the parameters. */
  readonly fixedParameters?: boolean;
  /** The same element in equations that can be changed; only kinds that are given by equations have it. Pure. */
  asEquations?(parameters: Readonly<Record<string, ParameterValue>>): EquationForm;
}

/** The kinds that are there, as the model sees them; the library's registry implements it. */
export interface KindCatalogue {
  find(id: string): KindDescriptor | undefined;
  readonly entries: readonly KindDescriptor[];
  /** Names of the arguments of a distribution; undefined when it is not known. A catalogue without this takes any. */
  distributionArguments?(id: string): readonly string[] | undefined;
}

/** What `kindOf` looks at: an element or a connection. */
export interface KindUser {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** The kind of a record in the form it has with the parameters of the record; undefined for unknown kinds and no record. */
export function kindOf(
  catalogue: Pick<KindCatalogue, 'find'>,
  record: KindUser | undefined,
): KindDescriptor | undefined {
  const kind = record === undefined ? undefined : catalogue.find(record.kind);
  return kind?.describe === undefined || record === undefined ? kind : kind.describe(record.parameters);
}

/** The text of a parameter as a record holds it, else the default of its kind: what `describe` reads. */
export function textOf(
  kind: Pick<KindDescriptor, 'parameters'>,
  parameters: Readonly<Record<string, ParameterValue>>,
  name: string,
): string {
  const value = findRecord(parameters, name) ?? kind.parameters.find((spec) => spec.name === name)?.default;
  return typeof value === 'string' ? value : '';
}
