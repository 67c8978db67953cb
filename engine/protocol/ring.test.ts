import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRing, createRingReader, createRingWriter } from './ring.ts';

type Action = { readonly write: number } | { readonly publish: true } | { readonly read: 'first' | 'further' };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ write: fc.integer({ min: 1, max: 40 }) }),
  fc.constant({ publish: true as const }),
  fc.record({ read: fc.constantFrom('first' as const, 'further' as const) }),
);

/** Record i: step i and channels that follow from i, so that a torn record shows. */
function channelsOf(index: number, channels: number): number[] {
  return Array.from({ length: channels }, (_, channel) => index * 10 + channel);
}

function collector(
  channels: number,
  lostSoFar: () => number,
): { steps: number[]; sink(records: Float64Array, count: number): void } {
  const steps: number[] = [];
  return {
    steps,
    sink(records, count) {
      for (let row = 0; row < count; row += 1) {
        const record = Array.from(records.subarray(row * (channels + 1), (row + 1) * (channels + 1)));
        const step = record[0] as number;
        expect(record.slice(1)).toEqual(channelsOf(step, channels));
        steps.push(step);
      }
      expect(lostSoFar()).toBeGreaterThanOrEqual(0);
    },
  };
}

describe('ring', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('given a writer that overwrites slots while they are being copied, hands over only the records that stayed whole', () => {
    const buffer = createRing({ channels: 1 }, 64);
    const writer = createRingWriter(buffer);
    const reader = createRingReader(buffer);
    for (let i = 0; i < 64; i += 1) writer.writeOne(i, i);
    writer.publish();
    // The fence comes after the copy and before the check: ten records are overwritten right there, in two blocks of 8.
    vi.spyOn(Atomics, 'add').mockImplementationOnce(() => {
      for (let i = 64; i < 74; i += 1) writer.writeOne(i, i);
      return 0 as never;
    });
    const steps: number[] = [];
    reader.read((records, count) => {
      for (let row = 0; row < count; row += 1) steps.push(records[row * 2] as number);
    });
    expect(steps).toEqual(Array.from({ length: 48 }, (_, i) => i + 16));
    expect(reader.lost()).toBe(16);
  });

  it('given any interleaving of writes and reads, hands over whole records in order and counts exactly what is lost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(action, { maxLength: 60 }),
        (channels, capacity, actions) => {
          const buffer = createRing({ channels }, capacity);
          const writer = createRingWriter(buffer);
          const readers = { first: createRingReader(buffer, 'first'), further: createRingReader(buffer, 'further') };
          const got = {
            first: collector(channels, () => readers.first.lost()),
            further: collector(channels, () => readers.further.lost()),
          };
          let written = 0;
          for (const next of [
            ...actions,
            { publish: true as const },
            { read: 'first' as const },
            { read: 'further' as const },
          ]) {
            if ('write' in next) {
              for (let i = 0; i < next.write; i += 1) writer.write(written, channelsOf(written++, channels), 0);
            } else if ('publish' in next) {
              writer.publish();
            } else {
              readers[next.read].read(got[next.read].sink);
            }
          }
          for (const name of ['first', 'further'] as const) {
            const { steps } = got[name];
            expect(steps.length + readers[name].lost()).toBe(written);
            expect(steps).toEqual([...steps].sort((a, b) => a - b));
            expect(new Set(steps).size).toBe(steps.length);
          }
          expect(writer.lost()).toBe(readers.first.lost());
          expect(writer.taken()).toBe(written);
        },
      ),
    );
  });

  it('given a writer that never writes more than `free`, loses nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 60 }),
        (capacity, wishes) => {
          const buffer = createRing({ channels: 1 }, capacity);
          const writer = createRingWriter(buffer);
          const reader = createRingReader(buffer);
          let written = 0;
          let read = 0;
          for (const wish of wishes) {
            const allowed = Math.min(wish, writer.free());
            for (let i = 0; i < allowed; i += 1) writer.writeOne(written++, 0);
            writer.publish();
            if (wish % 3 === 0) read += reader.read(() => undefined);
          }
          read += reader.read(() => undefined);
          expect([read, reader.lost()]).toEqual([written, 0]);
          expect(writer.free()).toBeGreaterThanOrEqual(writer.capacity - writer.capacity / 8);
        },
      ),
    );
  });

  it('given nothing published, shows nothing', () => {
    const buffer = createRing({ channels: 1 }, 64);
    const writer = createRingWriter(buffer);
    writer.writeOne(0, 5);
    expect(createRingReader(buffer).read(() => undefined)).toBe(0);
  });

  it('given memory that is not a ring, refuses it', () => {
    expect(() => createRingReader(new SharedArrayBuffer(256))).toThrow('not a ring');
  });

  it('given a dead reader, tells the writer how much is lost', () => {
    const writer = createRingWriter(createRing({ channels: 1 }, 64));
    for (let i = 0; i < 200; i += 1) writer.writeOne(i, 0);
    writer.publish();
    expect(writer.lost()).toBe(200 - 64);
    expect(writer.free()).toBe(0);
  });
});
