/** Checkpoint file: a checkpoint as bytes that tell what they belong to and whether they are whole. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { z } from '../base/schema.ts';
import { sha256 } from '../base/sha256.ts';
import type { Checkpoint, SavedReadout, StoredLayout } from './checkpoint.ts';

/**
 * The form, all numbers little-endian: 8 bytes "SPIKELCP", u32 version, u32 bytes of the header; the header, JSON in
 * UTF-8, with spaces up to a multiple of 8; then, each filled up to a multiple of 8 bytes, the contents of the stored
 * signals, the numbers of the readouts, the attachments; last the SHA-256 of all before, 64 hexadecimal letters.
 */
const magic = 'SPIKELCP';
const version = 1;
const prefixBytes = 16;
const digestBytes = 64;

/** What a checkpoint belongs to: it can go on only there. */
export interface CheckpointOwner {
  /** Names the model, as whoever writes and reads the file defines it. */
  readonly model: string;
  readonly timeStepSeconds: number;
  readonly precision: string;
  readonly stored: StoredLayout;
}

/** Bytes that travel with a checkpoint: what was recorded so far. */
export type Attachments = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

export interface CheckpointContent {
  readonly checkpoint: Checkpoint;
  readonly attachments: Attachments;
}

const count = z.number().int().nonnegative();
const headerSchema = z.strictObject({
  model: z.string(),
  timeStepSeconds: z.number(),
  precision: z.string(),
  signals: z.array(z.tuple([z.string(), z.string(), count])),
  step: count,
  contentBytes: count,
  readouts: z.array(
    z.strictObject({
      element: z.string(),
      trained: z.boolean(),
      step: count,
      recentRows: count,
      recent: count,
      trainer: count,
    }),
  ),
  attachments: z.array(z.strictObject({ name: z.string(), bytes: count })),
});
type Header = z.infer<typeof headerSchema>;

/** The bytes of a file. */
export function writeCheckpoint(
  owner: CheckpointOwner,
  { checkpoint, attachments }: CheckpointContent,
): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(JSON.stringify(headerOf(owner, checkpoint, attachments)));
  const numbers = checkpoint.readouts.flatMap(({ recent, trainer }) => [recent, trainer]);
  const pieces = [checkpoint.contents, ...numbers.map(asBytes), ...Object.values(attachments)];
  const start = prefixBytes + padded(header.length);
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + padded(length), start) + digestBytes);
  whole.set(new TextEncoder().encode(magic));
  new DataView(whole.buffer).setUint32(8, version, true);
  new DataView(whole.buffer).setUint32(12, padded(header.length), true);
  whole.fill(0x20, prefixBytes, start).set(header, prefixBytes);
  let at = start;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += padded(piece.length);
  }
  whole.set(new TextEncoder().encode(sha256(whole.subarray(0, at))), at);
  return whole;
}

/**
 * The checkpoint in a file, for its owner. Problems: `checkpoint/unreadable` for what is damaged, cut off, newer or no
 * checkpoint, `checkpoint/other-model` for one of another model, time step or precision.
 */
export function readCheckpoint(bytes: Uint8Array, owner: CheckpointOwner): Result<CheckpointContent> {
  const opened = openFile(bytes);
  if (!opened.ok) return opened;
  const { header, body } = opened.value;
  if (!belongs(header, owner)) {
    return failed(
      problem('checkpoint/other-model', 'The checkpoint is of another model or of other run settings.', {
        hint: 'Resume the project that wrote it, with the same time step, seed, precision and kind of output.',
      }),
    );
  }
  return contentOf(header, body, owner.stored.bytes);
}

function headerOf(
  { model, timeStepSeconds, precision, stored }: CheckpointOwner,
  { step, contents, readouts }: Checkpoint,
  attachments: Attachments,
): Header {
  return {
    model,
    timeStepSeconds,
    precision,
    signals: stored.signals.map(({ id, type, length }): [string, string, number] => [id, type, length]),
    step,
    contentBytes: contents.length,
    readouts: readouts.map(({ recent, trainer, ...rest }) => ({
      ...rest,
      recent: recent.length,
      trainer: trainer.length,
    })),
    attachments: Object.entries(attachments).map(([name, { length }]) => ({ name, bytes: length })),
  };
}

interface OpenedFile {
  readonly header: Header;
  readonly body: Uint8Array;
}

function openFile(bytes: Uint8Array): Result<OpenedFile> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const least = prefixBytes + digestBytes;
  if (bytes.length < least || textOf(bytes.subarray(0, 8)) !== magic) return unreadable('it is no checkpoint');
  if (view.getUint32(8, true) > version) return unreadable('a newer Spikeloom wrote it');
  const end = bytes.length - digestBytes;
  if (textOf(bytes.subarray(end)) !== sha256(bytes.subarray(0, end))) return unreadable('it is damaged or cut off');
  const start = prefixBytes + view.getUint32(12, true);
  const header = headerSchema.safeParse(parsed(textOf(bytes.subarray(prefixBytes, Math.min(start, end)))));
  if (start > end || !header.success) return unreadable('its header is wrong');
  return ok({ header: header.data, body: bytes.subarray(start, end) });
}

function belongs(header: Header, { model, timeStepSeconds, precision, stored }: CheckpointOwner): boolean {
  const alike = stored.signals.every(({ id, type, length }, index) => {
    const [knownId, knownType, knownLength] = header.signals[index] ?? [];
    return knownId === id && knownType === type && knownLength === length;
  });
  const settings = header.timeStepSeconds === timeStepSeconds && header.precision === precision;
  return header.model === model && settings && alike && header.signals.length === stored.signals.length;
}

function contentOf(header: Header, body: Uint8Array, storedBytes: number): Result<CheckpointContent> {
  const lengths = [
    header.contentBytes,
    ...header.readouts.flatMap(({ recent, trainer }) => [8 * recent, 8 * trainer]),
    ...header.attachments.map(({ bytes }) => bytes),
  ];
  const total = lengths.reduce((sum, length) => sum + padded(length), 0);
  if (total !== body.length || header.contentBytes !== storedBytes) return unreadable('its parts have wrong lengths');
  let at = 0;
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    const piece = body.slice(at, at + length);
    at += padded(length);
    return piece;
  };
  const contents = take(header.contentBytes);
  const readouts = header.readouts.map(({ recent, trainer, ...rest }): SavedReadout => ({
    ...rest,
    recent: asNumbers(take(8 * recent)),
    trainer: asNumbers(take(8 * trainer)),
  }));
  const attachments = Object.fromEntries(header.attachments.map(({ name, bytes }) => [name, take(bytes)]));
  return ok({ checkpoint: { step: header.step, contents, readouts }, attachments });
}

function unreadable(reason: string): Result<never> {
  return failed(
    problem('checkpoint/unreadable', `The checkpoint cannot be read: ${reason}.`, {
      hint: 'Run the project from its beginning, or resume from another checkpoint.',
    }),
  );
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function asBytes({ buffer, byteOffset, byteLength }: Float64Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function asNumbers({ buffer }: Uint8Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return new Float64Array(buffer);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
