/** Event chunks: the events themselves, 8 bytes each, in order of steps, with the oldest droppable. */
import { assert, defined } from '../../base/assert.ts';
import { recordLength } from '../../protocol/record.ts';

export interface EventChunks {
  append(records: Float64Array, count: number): void;
  /** Forgets the events of this and later steps. */
  truncate(step: number): void;
  /** Step of the last event; undefined when none is kept. */
  lastKept(): number | undefined;
  /** Events ever appended. */
  length(): number;
  /** Index of the first event at or after `step`, among all ever appended; for steps from `keptFrom` on. */
  indexAt(step: number): number;
  /** Calls with step and cell of the events `from ≤ i < to`, which must be kept. */
  visit(from: number, to: number, take: (step: number, cell: number) => void): void;
  bytes(): number;
  /** Last step of the oldest chunk, when there is one besides the chunk being filled. */
  oldestEnd(): number | undefined;
  dropOldest(): number;
}

interface Chunk {
  readonly firstIndex: number;
  readonly baseStep: number;
  /** Steps after `baseStep`. */
  readonly offsets: Uint32Array;
  readonly cells: Int32Array;
  count: number;
}

const chunkEvents = 16_384;
const chunkBytes = chunkEvents * 8;
const eventLength = recordLength({ channels: 1 });

/** Empty chunks. */
export function createEventChunks(): EventChunks {
  return new GrowingChunks();
}

class GrowingChunks implements EventChunks {
  private chunks: Chunk[] = [];
  private total = 0;
  private lastStep = 0;

  append(records: Float64Array, count: number): void {
    for (let row = 0; row < count; row += 1) {
      const step = records[row * eventLength] as number;
      assert(step >= this.lastStep, 'events of a probe must come in order of steps');
      const chunk = this.openChunk(step);
      chunk.offsets[chunk.count] = step - chunk.baseStep;
      chunk.cells[chunk.count] = records[row * eventLength + 1] as number;
      chunk.count += 1;
      this.total += 1;
      this.lastStep = step;
    }
  }

  truncate(step: number): void {
    const end = this.indexAt(step);
    while ((this.chunks.at(-1)?.firstIndex ?? -1) >= end) this.chunks.pop();
    const open = this.chunks.at(-1);
    if (open !== undefined) open.count = Math.min(open.count, end - open.firstIndex);
    this.total = end;
    this.lastStep = this.lastKept() ?? 0;
  }

  lastKept(): number | undefined {
    const open = this.chunks.at(-1);
    return open === undefined || open.count === 0
      ? undefined
      : open.baseStep + (open.offsets[open.count - 1] as number);
  }

  length(): number {
    return this.total;
  }

  indexAt(step: number): number {
    const chunk = this.chunks[this.partition((candidate) => candidate.baseStep < step) - 1];
    if (chunk === undefined) return this.chunks[0]?.firstIndex ?? this.total;
    return chunk.firstIndex + lowerBound(chunk.offsets, chunk.count, step - chunk.baseStep);
  }

  visit(from: number, to: number, take: (step: number, cell: number) => void): void {
    let number = this.partition((chunk) => chunk.firstIndex <= from) - 1;
    for (let index = from; index < to; number += 1) {
      const { firstIndex, baseStep, offsets, cells, count } = defined(this.chunks[number], 'kept chunk of events');
      const end = Math.min(count, to - firstIndex);
      for (let at = index - firstIndex; at < end; at += 1)
        take(baseStep + (offsets[at] as number), cells[at] as number);
      index = firstIndex + end;
    }
  }

  bytes(): number {
    return this.chunks.length * chunkBytes;
  }

  oldestEnd(): number | undefined {
    const [oldest] = this.chunks;
    if (oldest === undefined || this.chunks.length < 2) return undefined;
    return oldest.baseStep + (oldest.offsets[oldest.count - 1] as number);
  }

  dropOldest(): number {
    if (this.chunks.length < 2) return 0;
    this.chunks.shift();
    return chunkBytes;
  }

  private openChunk(step: number): Chunk {
    const open = this.chunks.at(-1);
    if (open !== undefined && open.count < chunkEvents && step - open.baseStep <= 0xffffffff) return open;
    const chunk = {
      firstIndex: this.total,
      baseStep: step,
      offsets: new Uint32Array(chunkEvents),
      cells: new Int32Array(chunkEvents),
      count: 0,
    };
    this.chunks.push(chunk);
    return chunk;
  }

  /** Number of chunks from the start for which `holds` is true (true first, then false). */
  private partition(holds: (chunk: Chunk) => boolean): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.chunks[middle] as Chunk)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Index of the first of `count` ascending numbers that is not less than `value`. */
function lowerBound(values: Uint32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
