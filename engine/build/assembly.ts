/** Assembly: what accumulates while elements expand and connections are laid: signals, operators, outputs, states, readouts. */
import { assert } from '../base/assert.ts';
import type { SignalType } from '../model/kind.ts';
import type { Pace } from '../model/own-step.ts';
import type { ValidatedConnection, ValidatedElement, ValidatedModel } from '../model/validated.ts';
import type { ElementKind, Library, SynapseTarget } from './library-kind.ts';
import type { PopulationAccess } from './population/access.ts';
import type { Batch, Operator, ProgramObjective, ProgramReadout, Signal, SignalId } from './program.ts';
import { defined } from '../base/assert.ts';

/** What leaves an element at a port. */
export interface OutputSignal {
  readonly signal: SignalId;
  /** Spikes of an element with a step of its own, as it makes them there: `signal` has each in one step of the run alone. */
  readonly own?: SignalId;
  /** The same one step ahead, where it can be known. */
  readonly ahead: SignalId | undefined;
  readonly type: SignalType;
  /** Spikes whose signal holds how many there are of each cell in the step (f64), instead of whether there is one (u8). */
  readonly counts: boolean;
  readonly unit: string;
}

/** Everything about one element during the build. */
export interface ElementAssembly {
  readonly element: ValidatedElement;
  readonly kind: ElementKind;
  /** Channels per output port. */
  readonly outputSizes: Readonly<Record<string, number>>;
  readonly cells: number;
  /** Members of a batch that it has an input of its own for. */
  readonly members: number;
  readonly incoming: readonly ValidatedConnection[];
  readonly outputs: Map<string, OutputSignal>;
  readonly states: Map<string, SignalId>;
  readonly receivers: Map<string, Partial<SynapseTarget>>;
  /** What synapses may see of the cells; undefined for elements without equations. */
  population: PopulationAccess | undefined;
  /** Ports whose input vector, and whose vector one step ahead, the element asked for. */
  readonly inputPorts: Set<string>;
  readonly aheadPorts: Set<string>;
}

export interface Assembly {
  readonly model: ValidatedModel;
  readonly library: Library;
  readonly steps: number | undefined;
  /** undefined = one member. */
  readonly batch: Batch | undefined;
  /** Only sizes are wanted; nothing large is made. */
  readonly outline: boolean;
  /** Numbers that are to be trained, `element/name`. */
  readonly trained: ReadonlySet<string>;
  /** Cells that could be computed at events only are computed at every step. */
  readonly everyStep: boolean;
  readonly signals: Map<SignalId, Signal>;
  /** Most bytes that making one array of an element or connection takes besides it, by id. */
  readonly drafts: Map<string, number>;
  readonly operators: Operator[];
  /** See `Program.settling`. */
  readonly settling: Operator[];
  readonly readouts: ProgramReadout[];
  readonly objectives: ProgramObjective[];
  readonly elements: Map<string, ElementAssembly>;
  /** Ids of signals and operators that are made in every step of the run, whatever the pace of their element is. */
  readonly atRunStep: Set<string>;
  /** What can be recorded of synapses, by connection. */
  readonly synapseStates: Map<string, Map<string, SignalId>>;
  synapses: number;
}

/** Adds a signal; a duplicate id is a bug. */
export function addSignal(assembly: Assembly, signal: Signal): SignalId {
  assert(!assembly.signals.has(signal.id), `signal ${signal.id} exists already`);
  assembly.signals.set(signal.id, signal);
  return signal.id;
}

/** Notes that making something of `owner` takes so many bytes for a while. */
export function noteDraft(assembly: Assembly, owner: string, bytes: number): void {
  assembly.drafts.set(owner, Math.max(bytes, assembly.drafts.get(owner) ?? 0));
}

/** The assembly of the element with this id, which must be part of the model. */
export function elementAssembly(assembly: Assembly, id: string): ElementAssembly {
  return defined(assembly.elements.get(id), `no element ${id}`);
}

/** The output a connection starts from, as the steps of its target can take it. */
export function sourceOutput(assembly: Assembly, connection: ValidatedConnection): OutputSignal {
  const output = departing(assembly, connection);
  const gathered = crosses(assembly, connection) && paceAt(assembly, connection.record.to.element) !== undefined;
  return gathered && output.type === 'spikes' ? { ...output, counts: true } : output;
}

/** What leaves at the output a connection starts from: in the steps of both ends, or in those of the run. */
export function departing(assembly: Assembly, connection: ValidatedConnection): OutputSignal {
  const { element, port } = connection.record.from;
  const output = defined(elementAssembly(assembly, element).outputs.get(port), `no output ${element}/${port}`);
  if (crosses(assembly, connection)) return { ...output, ahead: undefined };
  return output.own === undefined ? output : { ...output, signal: output.own };
}

/** The pace of an element; undefined where its step is the run's. */
export function paceAt(assembly: Assembly, element: string): Pace | undefined {
  return elementAssembly(assembly, element).element.pace;
}

/** Whether the ends of a connection have different steps. */
export function crosses(assembly: Assembly, { record: { from, to } }: ValidatedConnection): boolean {
  return paceAt(assembly, from.element)?.every !== paceAt(assembly, to.element)?.every;
}

/** Length of the steps that the delay of a connection is counted in: those of both ends, or of the run where they differ. */
export function delayStepSeconds(assembly: Assembly, connection: ValidatedConnection): number {
  const pace = crosses(assembly, connection) ? undefined : paceAt(assembly, connection.record.to.element);
  return pace?.timeStepSeconds ?? assembly.model.timeStepSeconds;
}

/** Channels at the output a connection starts from. */
export function sourceSize(assembly: Assembly, connection: ValidatedConnection): number {
  const { element, port } = connection.record.from;
  return defined(elementAssembly(assembly, element).outputSizes[port], `no size of ${element}/${port}`);
}

/** Name of an element or connection for people. */
export function nameOf(assembly: Assembly, id: string): string {
  return assembly.elements.get(id)?.element.record.name ?? id;
}

/** Name of a connection for people: its two ends. */
export function connectionName(assembly: Assembly, { record }: ValidatedConnection): string {
  return `${nameOf(assembly, record.from.element)} → ${nameOf(assembly, record.to.element)}`;
}
