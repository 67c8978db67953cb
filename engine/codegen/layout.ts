/** Where every signal of a program lies in linear memory, and how much memory that takes. */
import { defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { ElementType, Program, Signal, SignalContents, SignalId } from '../build/program.ts';

/** Bytes that one element of a signal takes. */
export const elementBytes: Readonly<Record<ElementType, number>> = { f64: 8, f32: 4, i32: 4, u16: 2, i8: 1, u8: 1 };

/** Binary logarithm of the bytes of an element. */
export function shiftOf(type: ElementType): number {
  return Math.log2(elementBytes[type]);
}

/** Array types of signals. */
const arrayTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
} as const;

/** Zeros for so many elements of a type. */
export function emptyContents(type: ElementType, length: number): SignalContents {
  return new arrayTypes[type](length);
}

/** Every signal starts at a multiple of this, a cache line. */
export const alignment = 64;

/** What WebAssembly can address with 32 bits, less one page. */
export const addressableBytes = 0x100000000 - 0x10000;

/** Used unless another limit is given: 2 GiB. */
export const defaultMemoryLimitBytes = 0x80000000;

/** Place of a signal. */
export interface SignalPlace {
  readonly type: Signal['type'];
  /** Bytes from the start of the memory; a multiple of 64. */
  readonly offset: number;
  /** Number of elements. */
  readonly length: number;
}

export interface MemoryLayout {
  readonly places: ReadonlyMap<SignalId, SignalPlace>;
  readonly totalBytes: number;
}

export interface LayoutOptions {
  /** More than this is refused with `run/memory`. Default 2 GiB, at most 4 GiB. */
  readonly limitBytes?: number;
}

/** A signal as a typed array over the memory of a run. */
export type SignalView = SignalContents;

/** Number of elements of a shape; [] is a scalar. */
export function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Places signals one after the other in the order of the program. Nothing is allocated. */
export function layoutProgram(program: Pick<Program, 'signals'>, options: LayoutOptions = {}): Result<MemoryLayout> {
  const limit = Math.min(options.limitBytes ?? defaultMemoryLimitBytes, addressableBytes);
  const places = new Map<SignalId, SignalPlace>();
  let next = 0;
  for (const signal of program.signals) {
    const length = lengthOf(signal.shape);
    places.set(signal.id, { type: signal.type, offset: next, length });
    next += Math.ceil((length * elementBytes[signal.type]) / alignment) * alignment;
  }
  if (next > limit) return failed(tooLarge(program.signals, next, limit));
  return ok({ places, totalBytes: next });
}

/** The place of a signal, which must exist. */
export function placeOf(layout: MemoryLayout, id: SignalId): SignalPlace {
  return defined(layout.places.get(id), `signal ${id} has no place in memory`);
}

/** The place of what begins at an element of a signal. */
export function placeFrom(place: SignalPlace, first: number): SignalPlace {
  return { ...place, offset: place.offset + first * elementBytes[place.type], length: place.length - first };
}

/** The typed array of a signal over `memory`. */
export function viewOf(layout: MemoryLayout, memory: WebAssembly.Memory, id: SignalId): SignalView {
  const { type, offset, length } = placeOf(layout, id);
  return new arrayTypes[type](memory.buffer as ArrayBuffer, offset, length);
}

function tooLarge(signals: readonly Signal[], bytes: number, limit: number) {
  const sized = signals.map((signal) => ({ signal, bytes: lengthOf(signal.shape) * elementBytes[signal.type] }));
  const largest = sized.reduce((left, right) => (right.bytes > left.bytes ? right : left));
  const share = `the largest part is ${largest.signal.name} with ${formatBytes(largest.bytes)}`;
  return problem(
    'run/memory',
    `The run needs ${formatBytes(bytes)}, and ${formatBytes(limit)} are allowed; ${share}.`,
    {
      hint: `Use fewer cells or synapses, shorter delays, or record fewer cells${waysToRaise(limit)}.`,
      at: { element: largest.signal.element },
    },
  );
}

/** The end of a hint that says where a limit is raised; empty for the limit of the memory itself. */
export function waysToRaise(limitBytes: number): string {
  return limitBytes < addressableBytes ? ', or raise Run settings › Memory limit (--memory-limit in a terminal)' : '';
}

/** A number of bytes for people: "1.5 GiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let power = 0;
  for (; value >= 1024 && power < units.length - 1; power += 1) value /= 1024;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] as string}`;
}
