/** Projects on this machine in their three forms: archive, folder, JSON. Which one is told by the path. */
import { basename, dirname, join } from 'node:path';
import { andThen, failed, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import { problem } from '../../engine/base/problem.ts';
import {
  projectFromFiles,
  projectToFiles,
  projectToJson,
  readProject,
  writeProject,
} from '../../engine/formats/project.ts';
import { networkGraph, printGraph } from '../../engine/formats/network-graph.ts';
import { rockpoolTextOf } from '../../engine/formats/rockpool-export.ts';
import { catalogue } from '../../engine/library/library.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { OpenedDocument } from '../../engine/model/parse-document.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { readIfPresent, sweepTemporaryFiles, writeAtomically } from './atomic-write.ts';
import { fileResult, largestFile } from './file-problems.ts';
import { namesIn } from './find-files.ts';

const documentName = 'document.json';
const arraysName = 'arrays';

/** Opens the project at an absolute path: a file, or a folder with a `document.json`. */
export async function readProjectAt(files: FileSystem, path: string): Promise<Result<OpenedDocument>> {
  const names = await namesIn(files, path);
  if (names !== undefined) return readFolder(files, path, names);
  const content = await fileResult('read', basename(path), () => files.read(path, largestFile));
  return andThen(content, readProject);
}

async function readFolder(files: FileSystem, path: string, names: readonly string[]): Promise<Result<OpenedDocument>> {
  if (!names.includes(documentName)) {
    return failed(
      problem(
        'document/not-spikeloom',
        `The folder “${basename(path)}” has no ${documentName}: it is no Spikeloom project.`,
      ),
    );
  }
  const arrays = (await namesIn(files, join(path, arraysName))) ?? [];
  const paths = [
    documentName,
    ...arrays.filter((name) => name.endsWith('.npy')).map((name) => `${arraysName}/${name}`),
  ];
  const content = new Map<string, Uint8Array>();
  for (const inside of paths) {
    const read = await fileResult('read', inside, () => files.read(join(path, inside), largestFile));
    if (!read.ok) return read;
    content.set(inside, read.value);
  }
  return projectFromFiles(content);
}

/** Forms a project can be written in; that of Rockpool's networks holds only what these have, `dot` and `graph` only blocks and connections. */
export const projectForms = ['spikeloom', 'json', 'folder', 'rockpool', 'dot', 'graph'] as const;
export type ProjectForm = (typeof projectForms)[number];

/** The form that a path asks for: by its extension; without one it is a folder. */
export function projectFormOf(path: string): ProjectForm | undefined {
  const name = basename(path).toLowerCase();
  if (name.endsWith('.spikeloom')) return 'spikeloom';
  if (name.endsWith('.json')) return 'json';
  if (name.endsWith('.dot')) return 'dot';
  return name.includes('.') ? undefined : 'folder';
}

/** Writes a project to an absolute path, each file whole or not at all. */
export async function writeProjectAt(
  files: FileSystem,
  random: RandomSource,
  path: string,
  form: ProjectForm,
  document: SpikeloomDocument,
): Promise<Result<void>> {
  if (form === 'rockpool') return writeRockpool(files, random, path, document);
  return fileResult('write', basename(path), async () => {
    if (form === 'folder') return writeFolder(files, random, path, document);
    const bytes = bytesOf(form, document);
    await writeAtomically(files, random, path, bytes);
    return sweepTemporaryFiles(files, dirname(path));
  });
}

function bytesOf(form: 'spikeloom' | 'json' | 'dot' | 'graph', document: SpikeloomDocument): Uint8Array {
  if (form === 'spikeloom') return writeProject(document);
  if (form === 'json') return new TextEncoder().encode(projectToJson(document));
  return new TextEncoder().encode(printGraph(networkGraph(document, catalogue), form === 'dot' ? 'dot' : 'json'));
}

/** What the form cannot hold is among the problems. */
async function writeRockpool(
  files: FileSystem,
  random: RandomSource,
  path: string,
  document: SpikeloomDocument,
): Promise<Result<void>> {
  const printed = rockpoolTextOf(document);
  if (!printed.ok) return printed;
  const bytes = new TextEncoder().encode(printed.value);
  const written = await fileResult('write', basename(path), () => writeAtomically(files, random, path, bytes));
  return written.ok ? ok(undefined, [...printed.problems, ...written.problems]) : written;
}

/** Arrays first, under names that no earlier content has; the document that refers to them last. */
async function writeFolder(
  files: FileSystem,
  random: RandomSource,
  path: string,
  document: SpikeloomDocument,
): Promise<void> {
  await files.makeFolder(path);
  const { content, present } = await contentFor(files, path, document);
  for (const [name, bytes] of content) {
    if (name === documentName || present.has(name)) continue;
    await files.makeFolder(dirname(join(path, name)));
    await writeAtomically(files, random, join(path, name), bytes);
  }
  // A save that failed may have left a name that is not safe yet.
  if (present.size > 0) await files.syncFolder(join(path, arraysName));
  await writeAtomically(files, random, join(path, documentName), content.get(documentName) ?? new Uint8Array());
  await removeOthers(files, path, new Set(content.keys()));
  for (const folder of [path, join(path, arraysName)]) await sweepTemporaryFiles(files, folder);
}

/** The files of the project, of which the folder has the `present` ones already; no other one has a name that is in use there. */
async function contentFor(
  files: FileSystem,
  path: string,
  document: SpikeloomDocument,
): Promise<{ content: ReadonlyMap<string, Uint8Array>; present: ReadonlySet<string> }> {
  const avoid = new Set<string>();
  for (;;) {
    const content = projectToFiles(document, avoid);
    const present = new Set<string>();
    const before = avoid.size;
    for (const [name, bytes] of content) {
      if (name === documentName) continue;
      const found = await readIfPresent(files, join(path, name), largestFile);
      if (found !== undefined) (sameBytes(found, bytes) ? present : avoid).add(name);
    }
    if (avoid.size === before) return { content, present };
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

async function removeOthers(files: FileSystem, path: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of (await namesIn(files, join(path, arraysName))) ?? []) {
    if (!name.endsWith('.npy') || kept.has(`${arraysName}/${name}`)) continue;
    // The project is whole already; what is left over is removed by the next save.
    await files.remove(join(path, arraysName, name)).catch(() => undefined);
  }
}

/** The document of a Result, with the problems of both. */
export function documentOf(opened: Result<OpenedDocument>): Result<SpikeloomDocument> {
  return andThen(opened, (value) => ok(value.document));
}
