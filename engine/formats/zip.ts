/** ZIP archives within limits: every entry is checked (name, size, ratio, checksum) before it is believed. Source: PKWARE APPNOTE 6.3. */
import { inflateSync, zipSync, type Zippable } from 'fflate';
import { failed, ok, type Result } from '../base/result.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { ProblemCode } from '../base/problem-codes.ts';
import { crc32 } from './crc32.ts';

/** What an archive may be at most. */
export const zipLimits = { totalBytes: 268_435_456, entries: 100_000, ratio: 1100, nameLength: 255 } as const;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** True when the bytes begin like a ZIP archive. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The files of an archive by name; anything damaged, too large or oddly named fails with `code`. */
export function readZip(bytes: Uint8Array, code: ProblemCode): Result<Map<string, Uint8Array>> {
  const damage = (reason: string): Problem =>
    problem(code, `The file is damaged: ${reason}.`, { hint: 'Use a backup or fetch the file again.' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  if (typeof entries === 'string') return failed(damage(entries));
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries) {
    total += entry.size;
    const refusal = refuse(entry, total, files);
    const content = refusal ?? unpack(bytes, view, entry);
    if (typeof content === 'string') return failed(damage(content));
    files.set(entry.name, content);
  }
  return ok(files);
}

/** The entries of the central directory, or what is wrong with it. */
function readDirectory(bytes: Uint8Array, view: DataView): Entry[] | string {
  const end = findEnd(view);
  if (end === undefined) return 'its end is missing';
  const count = view.getUint16(end + 10, true);
  if (count > zipLimits.entries) return 'it has too many parts';
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return 'its table of contents is damaged';
    const nameLength = view.getUint16(at + 28, true);
    if (at + 46 + nameLength > end) return 'its table of contents is cut off';
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries.filter(({ name }) => !name.endsWith('/'));
}

/** Offset of the end record, within the last 64 KiB. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 65_557; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

function refuse(entry: Entry, total: number, files: ReadonlyMap<string, Uint8Array>): string | undefined {
  const { name, packed, size } = entry;
  if (name.length > zipLimits.nameLength || !isPlainPath(name))
    return `it contains the name "${name.slice(0, 60)}", which is not allowed`;
  if (files.has(name)) return `it contains "${name}" twice`;
  if (total > zipLimits.totalBytes) return 'its content is larger than 256 MB';
  return size > 1024 && size > packed * zipLimits.ratio ? `"${name}" is packed too tightly to be genuine` : undefined;
}

/** A relative path downwards: no empty part, `.`, `..`, backslash, drive or control character. */
export function isPlainPath(path: string): boolean {
  const plain = [...path].every((letter) => letter >= ' ' && letter !== '\\' && letter !== ':');
  return plain && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The content of an entry, or what is wrong with it. */
function unpack(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array | string {
  const { name, method, offset, packed, size } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) return `"${name}" is missing`;
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) return `"${name}" is cut off`;
  const content = decompress(bytes.subarray(start, start + packed), method, size);
  if (content === undefined) return `"${name}" cannot be unpacked`;
  return content.length === size && crc32(content) === entry.checksum ? content : `"${name}" has a wrong checksum`;
}

function decompress(packed: Uint8Array, method: number, size: number): Uint8Array | undefined {
  if (method === 0) return packed.slice();
  if (method !== 8) return undefined;
  try {
    return inflateSync(packed, { out: new Uint8Array(size) });
  } catch {
    return undefined;
  }
}

/** An archive of the files in the order given; the same bytes for the same files (fixed time stamps). */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const contents: Zippable = {};
  for (const [name, bytes] of files) contents[name] = bytes;
  return zipSync(contents, { level: 6, mtime: new Date(1980, 0, 1) });
}
