/** The wire form gives back every message, in any cut into frames, and refuses everything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameJoiner, decodeMessage, encodeMessage, framesOf } from './wire.ts';

const bytes = fc.uint8Array({ maxLength: 200 });
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    bytes,
    tie('list'),
    tie('record'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  record: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).value;

describe('wire form', () => {
  it('gives back any message', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeMessage(encodeMessage(sent))).toEqual(sent);
      }),
    );
  });

  it('gives back a message that takes many frames', () => {
    const sent = { name: 'large', bytes: Uint8Array.from({ length: 3 << 20 }, (_, index) => index % 251) };
    const joiner = createFrameJoiner(1 << 30);
    const frames = [...framesOf(encodeMessage(sent))];
    expect(frames.length).toBe(4);
    expect(frames.every((frame) => frame.length <= 1 << 20)).toBe(true);
    const joined = frames.map((frame) => joiner.accept(frame));
    expect(joined.slice(0, -1)).toEqual([undefined, undefined, undefined]);
    const received = decodeMessage(joined.at(-1) ?? new Uint8Array()) as typeof sent;
    expect(received.name).toBe('large');
    expect(Buffer.compare(received.bytes, sent.bytes)).toBe(0);
  });

  it('refuses damaged messages with an error and never takes longer than they are', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(255), (sent, position, value) => {
        const encoded = encodeMessage(sent);
        encoded[position % encoded.length] = value;
        try {
          decodeMessage(encoded);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  it('refuses messages that are too long, frames of unknown kind, prototype keys', () => {
    const joiner = createFrameJoiner(10);
    expect(() => joiner.accept(Uint8Array.of(7, 1))).toThrow('not a frame');
    expect(() => joiner.accept(new Uint8Array(20))).toThrow('longer than 10 bytes');
    const text = new TextEncoder().encode('{"__proto__":{"x":1}}');
    expect(() => decodeMessage(Uint8Array.of(text.length, 0, 0, 0, ...text))).toThrow('forbidden key');
  });
});
