/** The forms a project has on disk: a `.spikeloom` archive, a folder with the same content, or one JSON text. */
import { problem } from '../base/problem.ts';
import { failed, type Result } from '../base/result.ts';
import { decodeBase64, encodeBase64 } from '../model/base64.ts';
import { shapeSize } from '../model/arrays.ts';
import type { ArrayRecord, SpikeloomDocument } from '../model/document.ts';
import { foreignLimits } from '../model/foreign-limits.ts';
import { parseDocument, parseDocumentText, type OpenedDocument } from '../model/parse-document.ts';
import { scanJson } from '../model/scan-json.ts';
import { writeNpyHeader, readNpyHeader } from './npy-header.ts';
import { looksLikeRockpool, openRockpoolText } from './rockpool-document.ts';
import { foldedPath, shortened, zipLimits } from './zip-entries.ts';
import { looksLikeZip, readZip, writeZip } from './zip.ts';

/** Arrays with fewer values stay inside `document.json`. */
const inlineBelow = 64;

/** Array files at most; one more part of the archive is the document. Further arrays stay inside. */
const mostFiles = zipLimits.entries - 1;

const descriptors: Readonly<Record<ArrayRecord['dtype'], string>> = {
  float64: '<f8',
  float32: '<f4',
  int32: '<i4',
  uint8: '|u1',
};

/** The project as one JSON text, arrays included. */
export function projectToJson(document: SpikeloomDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * The project as files: `document.json` and `arrays/ID.npy`, by path. The folder form, and the content of the archive.
 * No array gets one of the paths to `avoid`, which hold something else.
 */
export function projectToFiles(
  document: SpikeloomDocument,
  avoid: ReadonlySet<string> = new Set(),
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const arrays: Record<string, unknown> = {};
  const taken = new Set([...avoid].map(foldedPath));
  for (const [key, record] of Object.entries(document.arrays)) {
    const inline = shapeSize(record.shape) < inlineBelow || files.size >= mostFiles;
    const bytes = inline ? undefined : decodeBase64(record.base64);
    if (bytes === undefined) {
      arrays[key] = record;
      continue;
    }
    const file = freePath(key, taken);
    const { base64: _, ...rest } = record;
    arrays[key] = { ...rest, file };
    files.set(file, joined(writeNpyHeader(descriptors[record.dtype], record.shape), bytes));
  }
  const text = `${JSON.stringify({ ...document, arrays }, null, 2)}\n`;
  return new Map([['document.json', new TextEncoder().encode(text)], ...files]);
}

/** `arrays/KEY.npy`, with a number where another key differs in case only. */
function freePath(key: string, taken: Set<string>): string {
  let path = `arrays/${key}.npy`;
  for (let count = 2; taken.has(foldedPath(path)); count += 1) path = `arrays/${key}~${count}.npy`;
  taken.add(foldedPath(path));
  return path;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

/** The bytes of a `.spikeloom` file; the same for the same document. */
export function writeProject(document: SpikeloomDocument): Uint8Array {
  return writeZip(projectToFiles(document));
}

/** Opens the bytes of a `.spikeloom` archive, of a JSON text, or of a network that Rockpool saved. Whatever is wrong with them becomes a Problem. */
export function readProject(bytes: Uint8Array): Result<OpenedDocument> {
  if (bytes.length > foreignLimits.fileBytes)
    return failed(problem('document/not-json', 'The file is larger than 256 MB.'));
  if (!looksLikeZip(bytes)) return parseText(bytes);
  const files = readZip(bytes, { code: 'document/not-json', foldCase: true });
  return files.ok ? projectFromFiles(files.value) : files;
}

function parseText(bytes: Uint8Array): Result<OpenedDocument> {
  const text = decodeText(bytes);
  if (text === undefined) return failed(notText());
  return isRockpool(text) ? openRockpoolText(text) : parseDocumentText(text);
}

/** Looked at only within the limits of foreign files. */
function isRockpool(text: string): boolean {
  return text.includes('"class_name"') && scanJson(text) === undefined && looksLikeRockpool(parseJson(text));
}

function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.length > foreignLimits.fileBytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText() {
  return problem('document/not-json', 'The file is damaged or is no Spikeloom project.', {
    hint: 'Open a file whose name ends in .spikeloom.',
  });
}

/** Opens the files of the folder form. */
export function projectFromFiles(files: ReadonlyMap<string, Uint8Array>): Result<OpenedDocument> {
  const bytes = files.get('document.json');
  if (bytes === undefined) {
    return failed(problem('document/not-spikeloom', 'There is no document.json: this is not a Spikeloom project.'));
  }
  const text = decodeText(bytes);
  if (text === undefined) return failed(notText());
  const defect = scanJson(text);
  if (defect !== undefined) return failed(defect);
  const json = parseJson(text);
  if (json === undefined) return parseDocumentText(text);
  const filled = withArrays(json, files);
  return filled.ok ? parseDocument(filled.value) : filled;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The document with the bytes of array files put in where `file` names them. */
function withArrays(json: unknown, files: ReadonlyMap<string, Uint8Array>): Result<unknown> {
  if (!isRecord(json) || !isRecord(json['arrays'])) return { ok: true, value: json, problems: [] };
  const arrays: [string, unknown][] = [];
  const used = new Set<string>();
  for (const [key, record] of Object.entries(json['arrays'])) {
    if (!isRecord(record) || typeof record['file'] !== 'string' || record['base64'] !== undefined) {
      arrays.push([key, record]);
      continue;
    }
    const { file, ...rest } = record;
    // One file under many names would make a large project of a small one.
    if (used.has(file as string)) return failed(sharedFile(file as string));
    used.add(file as string);
    const content = readArrayFile(file as string, rest, files);
    if (!content.ok) return content;
    arrays.push([key, { ...rest, base64: content.value }]);
  }
  return { ok: true, value: { ...json, arrays: Object.fromEntries(arrays) }, problems: [] };
}

function sharedFile(path: string) {
  return problem('document/invalid', `Two arrays of the project name the same file ${shortened(path)}.`, {
    at: { path: path.slice(0, 255) },
  });
}

/** The numbers of an array file as base64; its type and shape must be those of the record. */
function readArrayFile(
  file: string,
  record: Record<string, unknown>,
  files: ReadonlyMap<string, Uint8Array>,
): Result<string> {
  const bytes = files.get(file);
  const at = { path: file.slice(0, 255) };
  if (bytes === undefined)
    return failed(problem('document/missing-array', `The array file ${shortened(file)} is missing.`, { at }));
  const header = readNpyHeader(bytes);
  if (!header.ok) return failed(...header.problems.map((found) => ({ ...found, at })));
  const { descriptor, shape, fortranOrder, dataOffset } = header.value;
  const wanted = descriptors[record['dtype'] as ArrayRecord['dtype']] as string | undefined;
  if (descriptor !== wanted || fortranOrder || JSON.stringify(shape) !== JSON.stringify(record['shape'])) {
    return failed(
      problem(
        'document/invalid',
        `The array file ${shortened(file)} has another type or shape than the project says.`,
        { at },
      ),
    );
  }
  if (bytes.length - dataOffset > foreignLimits.arrayBytes)
    return failed(problem('document/invalid', `The array file ${shortened(file)} is larger than 192 MB.`, { at }));
  return { ok: true, value: encodeBase64(bytes.subarray(dataOffset)), problems: [] };
}
