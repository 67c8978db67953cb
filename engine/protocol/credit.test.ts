import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCreditReader, createCreditWriter } from './credit.ts';
import type { CreditBatch } from './credit.ts';

type Action =
  | { readonly write: number }
  | { readonly publish: true }
  | { readonly deliver: number }
  | { readonly read: true }
  | { readonly grant: true };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ write: fc.integer({ min: 1, max: 40 }) }),
  fc.constant({ publish: true as const }),
  fc.record({ deliver: fc.integer({ min: 1, max: 3 }) }),
  fc.constant({ read: true as const }),
  fc.constant({ grant: true as const }),
);

interface Stream {
  readonly steps: number[];
  perform(next: Action): void;
  finish(): { written: number; readerLost: number; writerLost: number; taken: number; free: number };
}

/** A writer and a reader with a channel between them that delivers when told. */
function createStream(channels: number, capacity: number): Stream {
  const underway: CreditBatch[] = [];
  const grants: number[] = [];
  const steps: number[] = [];
  let written = 0;
  const writer = createCreditWriter({ channels }, capacity, (batch) => underway.push(batch));
  const reader = createCreditReader({ channels }, (received) => grants.push(received));
  function perform(next: Action): void {
    if ('write' in next)
      for (let i = 0; i < next.write; i += 1) writer.write(written++, new Float64Array(channels).fill(written), 0);
    else if ('publish' in next) writer.publish();
    else if ('deliver' in next) for (const batch of underway.splice(0, next.deliver)) reader.accept(batch);
    else if ('grant' in next) for (const received of grants.splice(0)) writer.grant(received);
    else {
      reader.read((records, count) => {
        for (let row = 0; row < count; row += 1) {
          expect(records[row * (channels + 1) + channels]).toBe((records[row * (channels + 1)] as number) + 1);
          steps.push(records[row * (channels + 1)] as number);
        }
      });
    }
  }
  return {
    steps,
    perform,
    finish() {
      for (const last of [
        { publish: true as const },
        { deliver: Infinity },
        { read: true as const },
        { grant: true as const },
      ])
        perform(last);
      return {
        written,
        readerLost: reader.lost(),
        writerLost: writer.lost(),
        taken: writer.taken(),
        free: writer.free(),
      };
    },
  };
}

describe('credit stream', () => {
  it('given any interleaving, hands over records in order, counts exactly what is dropped and recovers full credit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(action, { maxLength: 80 }),
        (channels, capacity, actions) => {
          const stream = createStream(channels, capacity);
          for (const next of actions) stream.perform(next);
          stream.finish();
          // One more record shows the reader what was dropped at the very end.
          stream.perform({ write: 1 });
          const end = stream.finish();
          expect(stream.steps.length + end.readerLost).toBe(end.written);
          expect(end.writerLost).toBe(end.readerLost);
          expect(stream.steps).toEqual([...new Set(stream.steps)].sort((a, b) => a - b));
          expect([end.taken, end.free]).toEqual([end.written, capacity]);
        },
      ),
    );
  });

  it('given a reader that never answers, keeps at most the credit underway', () => {
    const posted: CreditBatch[] = [];
    const writer = createCreditWriter({ channels: 1 }, 100, (batch) => posted.push(batch));
    for (let i = 0; i < 1000; i += 1) {
      writer.writeOne(i, 0);
      writer.publish();
    }
    expect(posted.reduce((sum, batch) => sum + batch.count, 0)).toBe(100);
    expect(writer.lost()).toBe(900);
  });
});
