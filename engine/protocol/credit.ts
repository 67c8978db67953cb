/** Credit stream: the records of one probe in transferred batches, for hosts without shared memory. */
import { assert } from '../base/assert.ts';
import { recordLength } from './record.ts';
import type { RecordReader, RecordShape, RecordWriter } from './record.ts';

/** A batch of whole records. Its buffer is transferred, not copied. */
export interface CreditBatch {
  /** Running number of the first record; a jump against the end of the batch before tells what was dropped. */
  readonly first: number;
  readonly count: number;
  /** `count` records; may be longer than they need. */
  readonly records: Float64Array<ArrayBuffer>;
}

/** The writing end; the reader's answers must be passed to `grant`. */
export interface CreditWriter extends RecordWriter {
  /** The reader has got `received` records since the start: that many are no longer underway. */
  grant(received: number): void;
}

/** The reading end; batches that arrive must be passed to `accept`. */
export interface CreditReader extends RecordReader {
  accept(batch: CreditBatch): void;
}

const batchNumbers = 16_384;

/**
 * A writer that has at most `capacity` records underway: what comes when the reader has not returned credit is dropped
 * and counted. (A ring loses the oldest record instead; both count exactly.)
 */
export function createCreditWriter(
  shape: RecordShape,
  capacity: number,
  post: (batch: CreditBatch) => void,
): CreditWriter {
  const length = recordLength(shape);
  const batchRecords = Math.max(1, Math.min(capacity, Math.floor(batchNumbers / length)));
  let batch = new Float64Array(0);
  let filled = 0;
  let written = 0;
  let received = 0;
  let lost = 0;

  const underway = (): number => written - lost - received;

  function publish(): void {
    if (filled === 0) return;
    post({ first: written - filled, count: filled, records: batch });
    batch = new Float64Array(0);
    filled = 0;
  }

  /** Position in the batch for the next record, or −1 when it must be dropped. */
  function place(): number {
    if (underway() >= capacity) {
      publish();
      written += 1;
      lost += 1;
      return -1;
    }
    if (filled === batchRecords) publish();
    if (filled === 0) batch = new Float64Array(batchRecords * length);
    written += 1;
    filled += 1;
    return (filled - 1) * length;
  }

  return {
    shape,
    capacity,
    free: () => capacity - underway(),
    write(step, values, offset) {
      const at = place();
      if (at < 0) return;
      batch[at] = step;
      for (let channel = 1; channel < length; channel += 1)
        batch[at + channel] = values[offset + channel - 1] as number;
    },
    writeOne(step, value) {
      const at = place();
      if (at >= 0) {
        batch[at] = step;
        batch[at + 1] = value;
      }
    },
    publish,
    written: () => written,
    taken: () => received + lost,
    lost: () => lost,
    grant(total) {
      assert(total >= received && total <= written - lost, 'credit for records that were never sent');
      received = total;
    },
  };
}

/** A reader that keeps arrived batches until `read` and then returns credit by `grant(received)`. */
export function createCreditReader(shape: RecordShape, grant: (received: number) => void): CreditReader {
  let waiting: CreditBatch[] = [];
  let position = 0;
  let received = 0;
  let lost = 0;
  return {
    shape,
    accept(batch) {
      waiting.push(batch);
    },
    read(sink) {
      if (waiting.length === 0) return 0;
      const batches = waiting;
      waiting = [];
      let total = 0;
      for (const batch of batches) {
        lost += batch.first - position;
        position = batch.first + batch.count;
        total += batch.count;
        sink(batch.records, batch.count);
      }
      received += total;
      grant(received);
      return total;
    },
    lost: () => lost,
  };
}
