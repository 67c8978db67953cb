/** The table of contents of a ZIP archive, checked before anything is unpacked: names, sizes, ratios, places. Rules L6–L9 of model/SPEC.md. */

/** What an archive may be at most. Ratios are looked at from `ratioFrom` unpacked bytes on: less than that harms nobody. */
export const zipLimits = {
  fileBytes: 268_435_456,
  unpackedBytes: 1_073_741_824,
  entries: 4096,
  ratio: 200,
  totalRatio: 100,
  ratioFrom: 1_048_576,
  nameLength: 255,
} as const;

/** A file of the archive as its table of contents has it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  /** Bytes in the archive and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Where the entry begins. */
  readonly offset: number;
  /** What kind of thing it is, as Unix keeps it; 0 when the archive does not tell. */
  readonly fileType: number;
  readonly encrypted: boolean;
}

const endLength = 22;
const directoryLength = 46;
const localLength = 30;
const regularFile = 0x8000;
const folder = 0x4000;

/** The files of the archive, or what is wrong with it. With `foldCase` names may not differ in case only. */
export function readEntries(bytes: Uint8Array, foldCase: boolean): ZipEntry[] | string {
  if (bytes.length > zipLimits.fileBytes) return 'it is larger than 256 MB';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return 'its end is missing';
  const start = view.getUint32(end + 16, true);
  const entries = readDirectory(bytes, view, start, end);
  if (typeof entries === 'string') return entries;
  const defect =
    firstDefect(entries) ?? repeatedName(entries, foldCase) ?? tooTight(entries) ?? overlap(entries, start);
  return defect ?? entries.filter(({ name }) => !name.endsWith('/'));
}

/** Offset of the end record, which reaches to the end of the file. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - endLength; at >= 0 && at >= view.byteLength - endLength - 65_535; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
}

function readDirectory(bytes: Uint8Array, view: DataView, start: number, end: number): ZipEntry[] | string {
  const count = view.getUint16(end + 10, true);
  if (count > zipLimits.entries) return `it has more than ${zipLimits.entries} parts`;
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + directoryLength > end || view.getUint32(at, true) !== 0x02014b50)
      return 'its table of contents is damaged';
    const nameLength = view.getUint16(at + 28, true);
    if (at + directoryLength + nameLength > end) return 'its table of contents is cut off';
    entries.push(readEntry(bytes, view, at, nameLength));
    at += directoryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return at === end ? entries : 'its table of contents tells another number of parts';
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, nameLength: number): ZipEntry {
  return {
    name: new TextDecoder().decode(bytes.subarray(at + directoryLength, at + directoryLength + nameLength)),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    fileType: (view.getUint32(at + 38, true) >>> 16) & 0xf000,
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
  };
}

function firstDefect(entries: readonly ZipEntry[]): string | undefined {
  for (const entry of entries) {
    const defect = defectOf(entry);
    if (defect !== undefined) return defect;
  }
  return undefined;
}

function defectOf(entry: ZipEntry): string | undefined {
  const { name, encrypted, packed, size } = entry;
  const path = name.endsWith('/') ? name.slice(0, -1) : name;
  const shown = shortened(name);
  if (name.length > zipLimits.nameLength || !isPlainPath(path))
    return `it contains the name ${shown}, which is not allowed`;
  if (encrypted) return `${shown} is encrypted`;
  if (!isPlainFile(entry)) return `${shown} is no plain file but a link, a device or a folder with content`;
  return size > zipLimits.ratioFrom && size > packed * zipLimits.ratio
    ? `${shown} is packed too tightly to be genuine`
    : undefined;
}

/** A file, or a folder without content. */
function isPlainFile({ name, fileType, size }: ZipEntry): boolean {
  if (name.endsWith('/')) return size === 0 && (fileType === 0 || fileType === folder);
  return fileType === 0 || fileType === regularFile;
}

/** A relative path downwards: no empty part, `.`, `..`, backslash, drive or control character. */
export function isPlainPath(path: string): boolean {
  const plain = [...path].every((letter) => letter >= ' ' && letter !== '\\' && letter !== ':' && letter !== '\x7f');
  return plain && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function repeatedName(entries: readonly ZipEntry[], foldCase: boolean): string | undefined {
  const taken = new Set<string>();
  for (const { name } of entries) {
    const key = foldCase ? foldedPath(name) : name;
    if (taken.has(key)) return `it contains ${shortened(name)} twice`;
    taken.add(key);
  }
  return undefined;
}

/** The path as file systems see it that do not tell upper from lower case. */
export function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function tooTight(entries: readonly ZipEntry[]): string | undefined {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (size > zipLimits.unpackedBytes) return 'its content is larger than 1 GB';
  return size > zipLimits.ratioFrom && size > packed * zipLimits.totalRatio
    ? 'it is packed too tightly to be genuine'
    : undefined;
}

/** Entries that share bytes would let a small file unpack to a large one. */
function overlap(entries: readonly ZipEntry[], directory: number): string | undefined {
  let free = 0;
  for (const { name, offset, packed } of [...entries].sort((left, right) => left.offset - right.offset)) {
    if (offset < free) return `${shortened(name)} overlaps another part`;
    free = offset + localLength + packed;
  }
  return free > directory ? 'its last part is cut off' : undefined;
}

/** The name in quotes, as much of it as fits a sentence. */
export function shortened(name: string): string {
  return name.length > 60 ? `"${name.slice(0, 60)}…"` : `"${name}"`;
}
