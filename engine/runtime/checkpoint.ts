/** Checkpoints: everything a run needs to go on bit for bit, as one value. What never changes in a run is not in it. */
import { assert } from '../base/assert.ts';
import type { Program, Signal, SignalId } from '../build/program.ts';
import { elementBytes, lengthOf } from '../codegen/layout.ts';
import type { SignalMemory } from './signal-memory.ts';

/** What a readout remembers besides its signals. */
export interface SavedReadout {
  readonly element: string;
  readonly trained: boolean;
  /** Steps executed. */
  readonly step: number;
  /** The last targets, row after row. */
  readonly recent: Float64Array<ArrayBuffer>;
  readonly recentRows: number;
  /** The numbers of its trainer. */
  readonly trainer: Float64Array<ArrayBuffer>;
}

/** Random numbers come from counters that steps and cells name, so there is no generator to save. */
export interface Checkpoint {
  /** Steps executed; the next one has this number. */
  readonly step: number;
  /** Contents of the stored signals, each at its place. */
  readonly contents: Uint8Array<ArrayBuffer>;
  readonly readouts: readonly SavedReadout[];
}

/** Where the contents of a signal lie in those of a checkpoint. */
export interface StoredSignal {
  readonly id: SignalId;
  readonly type: Signal['type'];
  readonly length: number;
  /** Bytes from the start; a multiple of 8. */
  readonly offset: number;
}

export interface StoredLayout {
  readonly signals: readonly StoredSignal[];
  readonly bytes: number;
}

/** What of a program a checkpoint stores: states, and what is added up over steps. */
export function storedLayout(program: Program): StoredLayout {
  const keeps = lastingSignals(program);
  const signals: StoredSignal[] = [];
  let offset = 0;
  for (const signal of program.signals) {
    if (!keeps(signal)) continue;
    const length = lengthOf(signal.shape);
    signals.push({ id: signal.id, type: signal.type, length, offset });
    offset += Math.ceil((length * elementBytes[signal.type]) / 8) * 8;
  }
  return { signals, bytes: offset };
}

/** Signals whose contents outlive a step: a transient one does where operators change it and none sets it anew in every step. */
function lastingSignals(program: Program): (signal: Signal) => boolean {
  const { operators, readouts } = program;
  const held = heldSignals(program);
  const set = new Set(operators.flatMap(({ sets }) => sets));
  const changed = new Set(operators.flatMap(({ updates, adds }) => [...updates, ...adds]));
  for (const { weights, bias, trained } of readouts) for (const id of [weights, bias, trained]) changed.add(id);
  return ({ id, role }) => role === 'state' || held.has(id) || (changed.has(id) && !set.has(id));
}

/** Signals that are held between the steps in which they are set, since their elements have steps of their own. */
export function heldSignals({ operators }: Program): ReadonlySet<SignalId> {
  return new Set(operators.flatMap(({ sets, pace }) => (pace === undefined ? [] : sets)));
}

/** Copies the stored signals of a run into `contents`. */
export function captureSignals({ signals }: StoredLayout, memory: SignalMemory, contents: Uint8Array): void {
  for (const { id, offset } of signals) contents.set(bytesOf(memory, id), offset);
}

/** Copies them back. */
export function restoreSignals({ signals, bytes }: StoredLayout, memory: SignalMemory, contents: Uint8Array): void {
  assert(contents.length === bytes, 'a checkpoint of another program');
  for (const { id, offset } of signals) {
    const into = bytesOf(memory, id);
    into.set(contents.subarray(offset, offset + into.length));
  }
}

function bytesOf(memory: SignalMemory, id: SignalId): Uint8Array {
  const { buffer, byteOffset, byteLength } = memory.view(id);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Bytes that a checkpoint holds. */
export function checkpointBytes({ contents, readouts }: Checkpoint): number {
  return readouts.reduce((sum, { recent, trainer }) => sum + recent.byteLength + trainer.byteLength, contents.length);
}
