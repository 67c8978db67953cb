/** Shared ring: the records of one probe in shared memory, with one writer and any number of readers. */
import { assert } from '../base/assert.ts';
import { recordLength } from './record.ts';
import type { RecordReader, RecordShape, RecordSink, RecordWriter } from './record.ts';

/**
 * Memory of a ring. Header: Int32 fields `format, capacity, recordLength, channels, writerFence, readerFence`, then at
 * byte 32 the 64-bit counts `written, reserved, taken, lost`; from byte 128 the records (f64), record i in slot i mod capacity.
 *
 * The writer raises `reserved` before it touches slots and `written` once the records in them are whole. Record i is
 * whole while `reserved - capacity <= i < written`: a reader copies first, then looks at `reserved` again and counts
 * what was overwritten meanwhile as lost. The read-modify-write on a fence word keeps plain accesses on their side of
 * the counts on processors that would reorder them (a sequence lock).
 */
export type RingBuffer = SharedArrayBuffer;

/** "SLR1": raised when the layout changes. */
const ringFormat = 0x534c5231;
const field = { format: 0, capacity: 1, recordLength: 2, channels: 3, writerFence: 4, readerFence: 5 } as const;
const count = { written: 0, reserved: 1, taken: 2, lost: 3 } as const;
const countsOffset = 32;
const recordsOffset = 128;
const readerBlockNumbers = 32_768;

interface RingViews {
  readonly header: Int32Array;
  readonly counts: BigInt64Array;
  readonly records: Float64Array;
  readonly capacity: number;
  readonly length: number;
  readonly shape: RecordShape;
}

/** Shared memory for an empty ring of at least `capacity` records (rounded up to a multiple of 8). */
export function createRing(shape: RecordShape, capacity: number): RingBuffer {
  assert(Number.isInteger(capacity) && capacity > 0, 'ring capacity must be a positive integer');
  const rounded = Math.ceil(capacity / 8) * 8;
  const length = recordLength(shape);
  const buffer = new SharedArrayBuffer(recordsOffset + rounded * length * 8);
  const header = new Int32Array(buffer, 0, 8);
  header[field.capacity] = rounded;
  header[field.recordLength] = length;
  header[field.channels] = shape.channels;
  Atomics.store(header, field.format, ringFormat);
  return buffer;
}

/** The writing end. Only one may exist for a ring. */
export function createRingWriter(buffer: RingBuffer): RecordWriter {
  const { header, counts, records, capacity, length, shape } = viewsOf(buffer);
  const block = capacity / 8;
  let written = Number(Atomics.load(counts, count.written));
  let reserved = written;
  let slot = (written % capacity) * length;

  function publish(): void {
    Atomics.store(counts, count.written, BigInt(written));
  }

  /** Announces the next block of slots as about to be overwritten. */
  function reserve(): void {
    publish();
    reserved = (Math.floor(written / block) + 1) * block;
    Atomics.store(counts, count.reserved, BigInt(reserved));
    Atomics.add(header, field.writerFence, 1);
  }

  function advance(): void {
    slot += length;
    if (slot === records.length) slot = 0;
    written += 1;
  }

  function taken(): number {
    return Number(Atomics.load(counts, count.taken));
  }

  return {
    shape,
    capacity,
    free: () => Math.max(0, Math.floor((taken() + capacity) / block) * block - written),
    write(step, values, offset) {
      if (written === reserved) reserve();
      records[slot] = step;
      for (let channel = 1; channel < length; channel += 1) {
        records[slot + channel] = values[offset + channel - 1] as number;
      }
      advance();
    },
    writeOne(step, value) {
      if (written === reserved) reserve();
      records[slot] = step;
      records[slot + 1] = value;
      advance();
    },
    publish,
    written: () => written,
    taken,
    lost: () => Number(Atomics.load(counts, count.lost)) + Math.max(0, reserved - capacity - taken()),
  };
}

/**
 * A reading end with a position of its own, starting at the oldest record still there (older ones do not count as lost).
 * The `first` reader tells the writer how far it is and what it lost; further readers leave no trace.
 */
export function createRingReader(buffer: RingBuffer, role: 'first' | 'further' = 'first'): RecordReader {
  const { header, counts, records, capacity, length, shape } = viewsOf(buffer);
  const blockRecords = Math.max(1, Math.floor(readerBlockNumbers / length));
  const block = new Float64Array(blockRecords * length);
  let position = role === 'first' ? Number(Atomics.load(counts, count.taken)) : Math.max(0, oldest());
  let lost = role === 'first' ? Number(Atomics.load(counts, count.lost)) : 0;

  function oldest(): number {
    return Number(Atomics.load(counts, count.reserved)) - capacity;
  }

  function skipOverwritten(): void {
    const whole = oldest();
    if (position >= whole) return;
    lost += whole - position;
    position = whole;
  }

  /** Copies `amount` records from `position` on; returns how many of the first ones were overwritten meanwhile. */
  function copy(amount: number): number {
    const slot = position % capacity;
    const before = Math.min(amount, capacity - slot);
    block.set(records.subarray(slot * length, (slot + before) * length));
    if (before < amount) block.set(records.subarray(0, (amount - before) * length), before * length);
    Atomics.add(header, field.readerFence, 1);
    return Math.max(0, Math.min(amount, oldest() - position));
  }

  function handOver(amount: number, sink: RecordSink): number {
    const torn = copy(amount);
    lost += torn;
    position += amount;
    if (torn < amount) sink(torn === 0 ? block : block.subarray(torn * length), amount - torn);
    return amount - torn;
  }

  function tellWriter(): void {
    if (role !== 'first') return;
    Atomics.store(counts, count.lost, BigInt(lost));
    Atomics.store(counts, count.taken, BigInt(position));
  }

  return {
    shape,
    read(sink) {
      const end = Number(Atomics.load(counts, count.written));
      let total = 0;
      skipOverwritten();
      while (position < end) {
        total += handOver(Math.min(end - position, blockRecords), sink);
        skipOverwritten();
      }
      tellWriter();
      return total;
    },
    lost: () => lost,
  };
}

function viewsOf(buffer: RingBuffer): RingViews {
  const header = new Int32Array(buffer, 0, 8);
  assert(Atomics.load(header, field.format) === ringFormat, 'not a ring of this version');
  const capacity = header[field.capacity] as number;
  const length = header[field.recordLength] as number;
  return {
    header,
    counts: new BigInt64Array(buffer, countsOffset, 4),
    records: new Float64Array(buffer, recordsOffset, capacity * length),
    capacity,
    length,
    shape: { channels: header[field.channels] as number },
  };
}
