/** Memory layout: where each signal stands in the linear memory of a run. */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { Signal, SignalId } from '../build/program.ts';

/** Place of a signal. */
export interface SignalPlace {
  readonly signal: Signal;
  /** Bytes from the start of memory, a multiple of 64. */
  readonly offset: number;
  /** Number of elements. */
  readonly length: number;
}

export interface MemoryLayout {
  readonly places: ReadonlyMap<SignalId, SignalPlace>;
  readonly totalBytes: number;
}

/** Number of elements of a signal: the product of its shape. */
export function lengthOf(signal: Pick<Signal, 'shape'>): number {
  return signal.shape.reduce((product, extent) => product * extent, 1);
}

/** Bytes of one element. */
export const bytesPerElement = { f64: 8, i32: 4, u8: 1 } as const;

const alignment = 64;
const mebibyte = 1024 * 1024;

/**
 * Lays signals one after the other. When they need more than `budgetBytes` nothing is allocated and the Problem
 * `run/memory` names the largest signals.
 */
export function layoutSignals(signals: readonly Signal[], budgetBytes: number): Result<MemoryLayout> {
  const places = new Map<SignalId, SignalPlace>();
  let offset = alignment;
  for (const signal of signals) {
    const length = lengthOf(signal);
    places.set(signal.id, { signal, offset, length });
    offset += Math.ceil((length * bytesPerElement[signal.type]) / alignment) * alignment;
  }
  if (offset <= budgetBytes) return ok({ places, totalBytes: offset });
  return failed(memoryProblem([...places.values()], offset, budgetBytes));
}

function memoryProblem(places: readonly SignalPlace[], needed: number, budget: number) {
  const largest = places
    .map(({ signal, length }) => ({ signal, bytes: length * bytesPerElement[signal.type] }))
    .sort((left, right) => right.bytes - left.bytes)
    .slice(0, 3)
    .map(({ signal, bytes }) => `${signal.id} ${(bytes / mebibyte).toFixed(1)} MiB`);
  return problem(
    'run/memory',
    `The run needs ${(needed / mebibyte).toFixed(1)} MiB; ${(budget / mebibyte).toFixed(0)} MiB are allowed. Largest: ${largest.join(', ')}.`,
    { hint: 'Use fewer cells or synapses, or record fewer cells.', at: { element: largest.length === 0 ? '' : (places[0]?.signal.element ?? '') } },
  );
}
