/** What a project file means, read with full trust and no care: the yardstick for what the careful reader accepts. */
import { isDeepStrictEqual } from 'node:util';
import { currentVersions } from '../model/document.ts';
import type { OpenedDocument } from '../model/parse-document.ts';
import type { MutatedProject } from './project-mutator.test-support.ts';

type Group = Record<string, unknown>;

/** Why the opened document is not what the file means; undefined when it is. */
export function misreading(opened: OpenedDocument, { text, files }: MutatedProject['meaning']): string | undefined {
  let json: Group;
  try {
    json = JSON.parse(text) as Group;
  } catch {
    return 'opened though its text is no JSON';
  }
  const meant = believed(json, files);
  if (!opened.readOnly) meant['versions'] = { ...currentVersions };
  if (!isDeepStrictEqual(opened.document, meant)) return 'opened as something else';
  return isDeepStrictEqual(orders(opened.document), orders(meant)) ? undefined : 'opened in another order';
}

function believed(json: Group, files: ReadonlyMap<string, Uint8Array>): Group {
  const arrays = Object.entries(json['arrays'] as Group).map(([key, record]) => [key, filled(record as Group, files)]);
  return positiveZeros({ ...json, arrays: Object.fromEntries(arrays) as Group }) as Group;
}

/** The record with the bytes that stand behind the header of its file. */
function filled(record: Group, files: ReadonlyMap<string, Uint8Array>): Group {
  if (record['file'] === undefined) return record;
  const { file, ...rest } = record;
  const bytes = files.get(file as string) ?? new Uint8Array();
  const start = 10 + ((bytes[8] ?? 0) | ((bytes[9] ?? 0) << 8));
  return { ...rest, base64: Buffer.from(bytes.subarray(start)).toString('base64') };
}

function positiveZeros(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(positiveZeros);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, positiveZeros(each)]));
}

/** Names in the tables whose order counts. */
function orders(document: unknown): string[][] {
  const { elements, connections, probes, arrays, view } = document as Record<string, Group>;
  return [elements, connections, probes, arrays, view?.['positions']].map((table) => Object.keys(table as Group));
}
