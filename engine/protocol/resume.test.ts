/** Two links over sockets that are cut anywhere: every message arrives once and in order; nothing grows without bound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHello, decodeWelcome, encodeGreeting } from './greeting.ts';
import { windowCost } from './outbox.ts';
import { createLink } from './resume.ts';
import type { Link } from './resume.ts';

interface Side {
  readonly link: Link;
  readonly got: unknown[];
  /** Frames on their way to this side. */
  arriving: Uint8Array[];
}

function side(): Side {
  const got: unknown[] = [];
  const link = createLink();
  link.onMessage((message) => got.push(message));
  return { link, got, arriving: [] };
}

/** A new socket between the two; what was on the old one is lost. `lie` is added to what the left side says it has got. */
function join(left: Side, right: Side, lie = 0): boolean {
  const counts = [left.link.received + lie, right.link.received] as const;
  for (const [from, to, count] of [
    [left, right, counts[1]],
    [right, left, counts[0]],
  ] as const) {
    from.link.detach();
    to.arriving = [];
    if (!from.link.attach({ send: (frame) => to.arriving.push(frame) }, count)) return false;
  }
  return true;
}

/** Hands over up to `most` frames, to both sides in turn; the number that was there. */
function deliver(sides: readonly Side[], most: number): number {
  let delivered = 0;
  for (let turn = 0; delivered < most; turn += 1) {
    const waiting = sides.filter(({ arriving }) => arriving.length > 0);
    const next = waiting[turn % Math.max(1, waiting.length)];
    const frame = next?.arriving.shift();
    if (next === undefined || frame === undefined) break;
    next.link.accept(frame);
    delivered += 1;
  }
  return delivered;
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ post: fc.constantFrom('left', 'right'), bytes: fc.nat(2000) }) },
  { weight: 1, arbitrary: fc.record({ post: fc.constantFrom('left', 'right'), bytes: fc.nat(7 << 20) }) },
  { weight: 3, arbitrary: fc.record({ deliver: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.constant({ cut: true }) },
);

describe('link', () => {
  it('brings every message over once and in order, wherever the socket is cut', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const sides = { left: side(), right: side() };
        const posted: Record<string, unknown[]> = { left: [], right: [] };
        for (const [index, now] of steps.entries()) {
          if ('cut' in now) expect(join(sides.left, sides.right)).toBe(true);
          if ('deliver' in now) deliver([sides.left, sides.right], now.deliver);
          if ('post' in now) {
            const message = { index, bytes: new Uint8Array(now.bytes).fill(index) };
            posted[now.post]?.push(message);
            sides[now.post as 'left' | 'right'].link.post(message);
          }
        }
        join(sides.left, sides.right);
        deliver([sides.left, sides.right], Infinity);
        const sizes = (messages: readonly unknown[] = []) =>
          (messages as { index: number; bytes: Uint8Array }[]).map(({ index, bytes }) => [
            index,
            bytes.length,
            bytes.every((byte) => byte === index),
          ]);
        expect(sizes(sides.right.got)).toEqual(sizes(posted['left']));
        expect(sizes(sides.left.got)).toEqual(sizes(posted['right']));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('would be noticed to forget a frame at a cut', () => {
    const [left, right] = [side(), side()];
    join(left, right);
    for (const message of ['a', 'b', 'c']) right.link.post(message);
    deliver([left], 1);
    expect(join(left, right, 1)).toBe(true);
    deliver([left, right], Infinity);
    expect(left.got).toEqual(['a', 'c']);
  });

  it('sends no more than a window that nobody acknowledges, and the rest when it is', () => {
    const [left, right] = [side(), side()];
    join(left, right);
    for (let count = 0; count < 20; count += 1) left.link.post(new Uint8Array(1 << 20));
    const sent = right.arriving.reduce((sum, frame) => sum + frame.length, 0);
    expect(sent).toBeGreaterThan(windowCost / 2);
    expect(sent).toBeLessThanOrEqual(windowCost + (1 << 20));
    deliver([left, right], Infinity);
    expect(right.got).toHaveLength(20);
    expect(left.link.waitingBytes).toBeLessThan(windowCost);
  });

  it('counts small messages as more than they are: a window holds a few thousand of them', () => {
    const [left, right] = [side(), side()];
    join(left, right);
    for (let count = 0; count < 10_000; count += 1) left.link.post(0);
    expect(right.arriving.length).toBe(windowCost / 1024);
    deliver([left, right], Infinity);
    expect(right.got).toHaveLength(10_000);
  });

  it('does not go on with a side that claims to have got what was never sent', () => {
    const [left, right] = [side(), side()];
    expect(join(left, right, 1)).toBe(false);
  });

  it('refuses acknowledgements of what was never sent', () => {
    const [left, right] = [side(), side()];
    join(left, right);
    const frame = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f);
    expect(() => left.link.accept(frame)).toThrow('never sent');
    expect(() => left.link.accept(Uint8Array.of(2, 1, 2))).toThrow('no number');
  });

  it('tells once that it failed, and is silent from then on', () => {
    const { link, got } = side();
    const reasons: string[] = [];
    link.onFailure((reason) => reasons.push(reason));
    link.fail('over');
    link.fail('again');
    link.accept(Uint8Array.of(1, 2, 0, 0, 0, 0x31, 0x32));
    expect([reasons, got, link.attach({ send: () => undefined }, 0)]).toEqual([['over'], [], false]);
  });
});

describe('greeting', () => {
  const key = '0123456789abcdef0123456789abcdef';

  it('comes back as it was said', () => {
    const hello = { session: key, received: 7, replaces: null };
    const welcome = { session: key, received: 9, resumed: true };
    expect(decodeHello(encodeGreeting(hello))).toEqual(hello);
    expect(decodeWelcome(encodeGreeting(welcome))).toEqual(welcome);
  });

  it('of any other form is none', () => {
    const frame = (text: string): Uint8Array => Uint8Array.of(3, ...new TextEncoder().encode(text));
    const good = { version: 1, session: key, received: 0, replaces: null, resumed: false };
    const wrong = [
      { ...good, version: 2 },
      { ...good, session: `${key}0` },
      { ...good, session: 5 },
      { ...good, received: 1.5 },
      { ...good, received: '0' },
      { version: 1 },
      [],
      null,
    ];
    for (const words of wrong) {
      expect(decodeHello(frame(JSON.stringify(words))), JSON.stringify(words)).toBeUndefined();
      expect(decodeWelcome(frame(JSON.stringify(words))), JSON.stringify(words)).toBeUndefined();
    }
    expect(decodeHello(frame(JSON.stringify({ ...good, replaces: 'x' })))).toBeUndefined();
    expect(decodeWelcome(frame(JSON.stringify({ ...good, resumed: 1 })))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(decodeHello(Uint8Array.of(3, ...bytes))).toBeUndefined();
      }),
    );
  });
});
