/** ZIP archives within limits: every entry is checked (name, size, ratio, checksum) before it is believed. Source: PKWARE APPNOTE 6.3. */
import { Inflate, deflateSync, inflateSync, zipSync, type Zippable } from 'fflate';
import { failed, ok, type Result } from '../base/result.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { ProblemCode } from '../base/problem-codes.ts';
import { crc32 } from './crc32.ts';
import { readEntries, shortened, zipLimits, type ZipEntry } from './zip-entries.ts';

/** Packed bytes unpacked at once; a thousand times as many can come out of them, and no more before they are counted. */
const portion = 16_384;

/** True when the bytes begin like a ZIP archive. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

export interface ZipReading {
  /** Code of the Problem of a damaged archive. */
  readonly code: ProblemCode;
  /** Refuse names that differ in case only: for archives whose files may come to lie in a folder. */
  readonly foldCase?: boolean;
}

/** The files of an archive by name (stored ones share the bytes of the archive); anything damaged, too large or oddly named fails with the code. */
export function readZip(bytes: Uint8Array, { code, foldCase = false }: ZipReading): Result<Map<string, Uint8Array>> {
  const damage = (reason: string): Problem =>
    problem(code, `The file is damaged: ${reason}.`, { hint: 'Use a backup or fetch the file again.' });
  const entries = readEntries(bytes, foldCase);
  if (typeof entries === 'string') return failed(damage(entries));
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const content = unpack(bytes, entry);
    if (typeof content === 'string') return failed(damage(content));
    files.set(entry.name, content);
  }
  return ok(files);
}

/** The content of an entry, or what is wrong with it. */
function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | string {
  const { method, offset, packed, size } = entry;
  const name = shortened(entry.name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) return `${name} is missing`;
  const nameLength = view.getUint16(offset + 26, true);
  if (new TextDecoder().decode(bytes.subarray(offset + 30, offset + 30 + nameLength)) !== entry.name)
    return `${name} has another name inside`;
  const start = offset + 30 + nameLength + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) return `${name} is cut off`;
  const content = decompress(bytes.subarray(start, start + packed), method, size);
  if (content === undefined) return `${name} cannot be unpacked`;
  return content.length === size && crc32(content) === entry.checksum ? content : `${name} has a wrong checksum`;
}

function decompress(packed: Uint8Array, method: number, size: number): Uint8Array | undefined {
  if (method === 0) return packed.length === size ? packed : undefined;
  if (method !== 8) return undefined;
  try {
    return packed.length > portion ? inflateCounted(packed, size) : inflateOnce(packed, size);
  } catch {
    return undefined;
  }
}

/** One byte more than announced tells a stream that is longer. */
function inflateOnce(packed: Uint8Array, size: number): Uint8Array | undefined {
  const content = inflateSync(packed, { out: new Uint8Array(size + 1) });
  return content.length === size ? content : undefined;
}

/** Unpacked portion by portion; undefined as soon as more comes out than was announced. */
function inflateCounted(packed: Uint8Array, size: number): Uint8Array | undefined {
  const content = new Uint8Array(size);
  let written = 0;
  const stream = new Inflate((piece) => {
    if (written + piece.length <= size) content.set(piece, written);
    written += piece.length;
  });
  for (let at = 0; at < packed.length && written <= size; at += portion) {
    stream.push(packed.subarray(at, at + portion), at + portion >= packed.length);
  }
  return written === size ? content : undefined;
}

/** An archive of the files in the order given; the same bytes for the same files (fixed time stamps). What reading would take for a bomb is stored unpacked. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bytes = pack(files, () => false);
  if (typeof readEntries(bytes, false) !== 'string') return bytes;
  return pack(files, (content) => content.length > deflateSync(content).length * zipLimits.totalRatio);
}

function pack(files: ReadonlyMap<string, Uint8Array>, stored: (content: Uint8Array) => boolean): Uint8Array {
  const contents: Zippable = {};
  for (const [name, content] of files) contents[name] = [content, { level: stored(content) ? 0 : 6 }];
  return zipSync(contents, { mtime: new Date(1980, 0, 1) });
}
