/** Wire form of messages over a byte channel (WebSocket): JSON with byte arrays beside it, cut into frames. */
import { assert } from '../base/assert.ts';

/** Stands in the JSON for a byte array: its length; arrays follow the JSON in order. */
const bytesKey = '\u0000bytes';
const largestFrame = 1 << 20;
const headerBytes = 4;
/** First byte of a frame. */
const more = 0;
const last = 1;

/** A message (JSON values and Uint8Arrays) as bytes: length of the JSON (u32, little-endian), the JSON, the byte arrays. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Uint8Array[] = [];
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    arrays.push(value);
    return { [bytesKey]: value.length };
  });
  const head = new TextEncoder().encode(json);
  const total = headerBytes + head.length + arrays.reduce((sum, array) => sum + array.length, 0);
  const encoded = new Uint8Array(total);
  new DataView(encoded.buffer).setUint32(0, head.length, true);
  encoded.set(head, headerBytes);
  let at = headerBytes + head.length;
  for (const array of arrays) {
    encoded.set(array, at);
    at += array.length;
  }
  return encoded;
}

/** The message of `encodeMessage`; throws when the bytes are not one. */
export function decodeMessage(bytes: Uint8Array): unknown {
  if (bytes.length < headerBytes) throw new Error('the message is too short');
  const jsonEnd = headerBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (jsonEnd > bytes.length) throw new Error('the message is cut off');
  let at = jsonEnd;
  const message: unknown = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(headerBytes, jsonEnd)),
    (key, value: unknown) => {
      // A key like this could only be meant to change the prototype of the result.
      if (key === '__proto__') throw new Error('the message has a forbidden key');
      const length = bytesLength(value);
      if (length === undefined) return value;
      if (at + length > bytes.length) throw new Error('a byte array of the message is cut off');
      at += length;
      return bytes.slice(at - length, at);
    },
  );
  if (at !== bytes.length) throw new Error('the message is longer than it says');
  return message;
}

function bytesLength(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, bytesKey)) return undefined;
  const length = (value as Record<string, unknown>)[bytesKey];
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0)
    throw new Error('a byte array has no length');
  return length;
}

/** An encoded message in frames of at most 1 MiB, to be sent in order with nothing between them. */
export function* framesOf(encoded: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  const step = largestFrame - 1;
  for (let start = 0; start === 0 || start < encoded.length; start += step) {
    const part = encoded.subarray(start, start + step);
    const frame = new Uint8Array(part.length + 1);
    frame[0] = start + step < encoded.length ? more : last;
    frame.set(part, 1);
    yield frame;
  }
}

/** Puts frames together again. */
export interface FrameJoiner {
  /** The encoded message that this frame completes, or undefined; throws when it is no frame or the message too long. */
  accept(frame: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
  /** Bytes of a message that is not complete yet. */
  waitingBytes(): number;
}

/** Joins frames to messages of at most `maximumBytes`. */
export function createFrameJoiner(maximumBytes: number): FrameJoiner {
  let parts: Uint8Array[] = [];
  let total = 0;

  function take(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(total);
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    assert(at === total, 'parts of a message do not add up');
    parts = [];
    total = 0;
    return joined;
  }

  return {
    accept(frame) {
      const kind = frame[0];
      if (kind !== more && kind !== last) throw new Error('not a frame');
      total += frame.length - 1;
      if (total > maximumBytes) throw new Error(`the message is longer than ${maximumBytes} bytes`);
      parts.push(frame.slice(1));
      return kind === last ? take() : undefined;
    },
    waitingBytes: () => total,
  };
}
