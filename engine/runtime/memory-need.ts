/** Memory need: how many bytes a run will hold, told from the outline of its program before anything large is made. */
import { problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Admission, Outline } from '../build/build-program.ts';
import type { ProgramReadout, Signal } from '../build/program.ts';
import { addressableBytes, alignment, elementBytes, formatBytes, lengthOf, waysToRaise } from '../codegen/layout.ts';
import { allTableBytes } from '../codegen/wasm/math/index.ts';
import { planRecordings } from '../codegen/recording.ts';
import { withSpikeCounters } from '../codegen/spike-counters.ts';

/** What an element, a connection or (owner "") the run as a whole takes. */
export interface MemoryPart {
  readonly owner: string;
  readonly bytes: number;
}

export interface MemoryNeed {
  /** Most bytes at any time: contents of arrays, and the larger of linear memory and what making one array takes for a while. */
  readonly bytes: number;
  /** The linear memory alone. */
  readonly linearBytes: number;
  /** Largest first; what is made for a while counts for its owner where it decides. */
  readonly parts: readonly MemoryPart[];
}

/** What a run of the outlined program needs, with what its surroundings need for it (streams, history, recordings). */
export function memoryNeed({ program, drafts }: Outline, surroundings: readonly MemoryPart[] = []): MemoryNeed {
  const counted = withSpikeCounters(program);
  const { probes, readouts, added } = planRecordings(counted);
  const owners = new Map([
    ...program.probes.map(({ id, element }) => [id, element] as const),
    ...readouts.flatMap(({ plan, features, target, prediction }) =>
      [features, target, prediction].map(({ id }) => [id, plan.element] as const),
    ),
  ]);
  const recorded = [
    ...probes,
    ...readouts.flatMap(({ features, target, prediction }) => [features, target, prediction]),
  ];
  const recordingOwner = new Map(
    recorded.flatMap(({ id, count, buffer, cellBuffer, repeatBuffer }) =>
      [count, buffer, cellBuffer, repeatBuffer ?? buffer].map((signal) => [signal, owners.get(id) ?? ''] as const),
    ),
  );
  const signals = [...counted.signals, ...added];
  const ownerOf = (signal: Signal): string => recordingOwner.get(signal.id) ?? signal.element;
  const tables = { owner: '', bytes: allTableBytes(alignment) };
  const linear = [...signals.map((signal) => ({ owner: ownerOf(signal), bytes: placeBytes(signal) })), tables];
  const contents = signals.map((signal) => ({ owner: ownerOf(signal), bytes: contentBytes(signal) }));
  const training = program.readouts.map((readout) => ({
    owner: readout.element,
    bytes: trainingBytes(readout, signals),
  }));
  // The guard remembers the last sound state.
  const sound = signals
    .filter(({ role }) => role === 'state')
    .map((signal) => ({ owner: ownerOf(signal), bytes: placeBytes(signal) }));
  const draft = largestOf([...drafts].map(([owner, bytes]) => ({ owner, bytes })));
  const linearBytes = totalOf(linear);
  const decisive = linearBytes >= draft.bytes ? [...linear, ...training, ...sound, ...surroundings] : [draft];
  const parts = [...contents, ...decisive];
  return { bytes: totalOf(parts), linearBytes, parts: byOwner(parts) };
}

/**
 * Admits programs that need no more than `limitBytes`, and no more linear memory than there can be (4 GiB); others are
 * refused with `run/memory`, which names what takes most.
 */
export function admitWithin(
  limitBytes: number,
  surroundingsOf: (outline: Outline) => readonly MemoryPart[] = () => [],
): Admission {
  return (outline) => {
    const need = memoryNeed(outline, surroundingsOf(outline));
    const addressable = need.linearBytes <= addressableBytes;
    if (need.bytes <= limitBytes && addressable) return ok(undefined);
    return failed(refusal(need, need.bytes > limitBytes ? limitBytes : addressableBytes, outline));
  };
}

function refusal({ bytes, parts }: MemoryNeed, limit: number, { names }: Outline) {
  const [largest] = parts;
  const name = names.get(largest?.owner ?? '');
  const share = Math.round((100 * (largest?.bytes ?? 0)) / bytes);
  const words = name === undefined ? 'What probes record' : name;
  return problem(
    'run/memory',
    `The run needs ${formatBytes(bytes)} of memory; the limit is ${formatBytes(limit)}. ${words} takes ${share} % of it.`,
    {
      hint: `Use fewer cells or synapses, a shorter delay or series, or record fewer cells${waysToRaise(limit)}.`,
      ...(name === undefined ? {} : { at: { element: largest?.owner ?? '' } }),
    },
  );
}

/** Bytes of a signal in linear memory, with what is left free behind it. */
function placeBytes({ shape, type }: Signal): number {
  return Math.ceil((lengthOf(shape) * elementBytes[type]) / alignment) * alignment;
}

/** Contents that are kept beside the linear memory, so that a run can start over. */
function contentBytes({ initial, shape, type }: Signal): number {
  return typeof initial === 'number' ? 0 : lengthOf(shape) * elementBytes[type];
}

/** Normal equations, their factor and the products with the target. */
function trainingBytes({ features, target }: ProgramReadout, signals: readonly Signal[]): number {
  const sizeOf = (id: string): number => lengthOf(signals.find((signal) => signal.id === id)?.shape ?? [0]);
  const size = sizeOf(features) + 1;
  return 8 * size * (2 * size + 2 * sizeOf(target));
}

function totalOf(parts: readonly MemoryPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

function largestOf(parts: readonly MemoryPart[]): MemoryPart {
  return parts.reduce((largest, part) => (part.bytes > largest.bytes ? part : largest), { owner: '', bytes: 0 });
}

function byOwner(parts: readonly MemoryPart[]): readonly MemoryPart[] {
  const sums = new Map<string, number>();
  for (const { owner, bytes } of parts) sums.set(owner, (sums.get(owner) ?? 0) + bytes);
  return [...sums].map(([owner, bytes]) => ({ owner, bytes })).sort((left, right) => right.bytes - left.bytes);
}
