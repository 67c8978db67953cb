/** Archives put together field by field, right or lying, for tests of what reads them. Store-only unless told otherwise. */
import { deflateSync } from 'fflate';
import { crc32 } from './crc32.ts';

/** A part of the archive; what is not given is told truly. */
export interface ForgedPart {
  readonly name: string;
  readonly content: Uint8Array;
  readonly packed?: boolean;
  /** What the table of contents says. */
  readonly checksum?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode, such as 0o120777 for a link. */
  readonly mode?: number;
  readonly offset?: number;
  /** Name at the place of the content itself. */
  readonly localName?: string;
  /** The bytes in the archive, in place of the packed content. */
  readonly stream?: Uint8Array;
}

export interface ForgedEnd {
  readonly count?: number;
  readonly directoryOffset?: number;
  readonly comment?: Uint8Array;
  /** Bytes before the first part; places count from the beginning of the file. */
  readonly prefix?: Uint8Array;
}

const encoder = new TextEncoder();

/** Fields of `width` bytes each, little-endian. */
function fields(...values: readonly (readonly [number, 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

/** Pieces one after the other. */
export function concatenated(...pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The archive. */
export function forgedZip(parts: readonly ForgedPart[], end: ForgedEnd = {}): Uint8Array {
  const pieces: Uint8Array[] = [end.prefix ?? new Uint8Array()];
  const directory: Uint8Array[] = [];
  let at = pieces[0]?.length ?? 0;
  for (const part of parts) {
    const { local, central } = forgedPart(part, at);
    pieces.push(local);
    directory.push(central);
    at += local.length;
  }
  const table = concatenated(...directory);
  const comment = end.comment ?? new Uint8Array();
  const count = end.count ?? parts.length;
  const close = fields(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [table.length, 4],
    [end.directoryOffset ?? at, 4],
    [comment.length, 2],
  );
  return concatenated(...pieces, table, close, comment);
}

function forgedPart(part: ForgedPart, at: number): { local: Uint8Array; central: Uint8Array } {
  const { name, content, packed = false } = part;
  const stream = part.stream ?? (packed ? deflateSync(content) : content);
  const truth = { flags: 0, mode: 0, method: packed ? 8 : 0, packedSize: stream.length, size: content.length };
  const told = { ...truth, localName: name, offset: at, checksum: part.checksum ?? crc32(content), ...part };
  const common = [
    [20, 2],
    [told.flags, 2],
    [told.method, 2],
    [0, 2],
    [0x21, 2],
    [told.checksum, 4],
    [told.packedSize, 4],
    [told.size, 4],
  ] as const;
  const inside = encoder.encode(told.localName);
  const outside = encoder.encode(name);
  const local = fields([0x04034b50, 4], ...common, [inside.length, 2], [0, 2]);
  const central = fields(
    [0x02014b50, 4],
    [0x0314, 2],
    ...common,
    [outside.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [told.mode * 0x10000, 4],
    [told.offset, 4],
  );
  return { local: concatenated(local, inside, stream), central: concatenated(central, outside) };
}
