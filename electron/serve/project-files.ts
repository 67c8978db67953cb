/** Files in browser mode: projects in one folder, by name. A page can reach nothing outside it. */
import { join } from 'node:path';
import { problem } from '../../engine/base/problem.ts';
import { failed, mapResult, ok } from '../../engine/base/result.ts';
import type { Failed, Result } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { isFileError } from '../../engine/platform/file-system.ts';
import type { FileReference, FileStamp, HostFiles, SavedFile } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { sweepTemporaryFiles } from '../platform/atomic-write.ts';
import { fileResult } from '../platform/file-problems.ts';
import type { RecentFiles } from '../platform/recent-files.ts';
import { addStamped, readStamped, writeStamped } from '../platform/stamped-file.ts';

/** One name without separators, leading dot or characters that some file system refuses. */
const plainName = /^[^.\s/\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]{0,199}$/u;

/**
 * Projects in `folder`, whose key is their file name. `open` is the page's own affair (it has a file chooser), so here
 * it answers as if cancelled; `saveAs` takes the suggested name, with a number added when it is taken.
 */
export function createProjectFiles(
  files: FileSystem,
  random: RandomSource,
  folder: string,
  recent: RecentFiles,
): HostFiles {
  const reference = (name: string): FileReference => ({ key: name, name, folder });

  let swept: Promise<void> | undefined;

  /** Removes what interrupted saves left, once. */
  const sweep = (): Promise<void> => (swept ??= sweepTemporaryFiles(files, folder));

  function prepared(name: string): Promise<Result<void>> {
    return fileResult('write', name, async () => {
      await files.makeFolder(folder);
      await sweep();
    });
  }

  async function write(name: string, bytes: Uint8Array, expected?: FileStamp): Promise<Result<SavedFile>> {
    const ready = await prepared(name);
    const written = ready.ok ? await writeStamped(files, random, join(folder, name), bytes, expected) : ready;
    return written.ok ? saved(name, written.value) : written;
  }

  /** Saves under the first name that is free; another process may take names at the same time. */
  async function writeNew(name: string, bytes: Uint8Array): Promise<Result<SavedFile>> {
    const ready = await prepared(name);
    if (!ready.ok) return ready;
    const refused = new Set<string>();
    for (;;) {
      const free = await fileResult('write', name, () => freeName(files, folder, name, refused));
      if (!free.ok) return free;
      const written = await addStamped(files, random, join(folder, free.value), bytes);
      if (!written.ok) return written;
      if (written.value !== undefined) return saved(free.value, written.value);
      refused.add(free.value.toLowerCase());
    }
  }

  async function saved(name: string, stamp: FileStamp): Promise<Result<SavedFile>> {
    await recent.used(reference(name));
    return ok({ file: reference(name), stamp });
  }

  return {
    open: async () => ok(undefined),
    async read({ key }) {
      if (!isPlain(key)) return notAllowed(key);
      const content = await readStamped(files, join(folder, key));
      if (content.ok) await recent.used(reference(key));
      return mapResult(content, (stamped) => ({ file: reference(key), ...stamped }));
    },
    save: async ({ key }, bytes, expected) => (isPlain(key) ? write(key, bytes, expected) : notAllowed(key)),
    async saveAs(suggestedName, sort, bytes) {
      const name = withExtension(suggestedName, sort.extensions);
      if (!isPlain(name)) return notAllowed(name);
      return writeNew(name, bytes);
    },
    async recent() {
      await sweep();
      const names = new Set(await namesIn(files, folder));
      return (await recent.list()).filter((file) => names.has(file.key));
    },
  };
}

function isPlain(name: string): boolean {
  return plainName.test(name) && !/[. ]$/.test(name);
}

function notAllowed(name: string): Failed {
  return failed(
    problem('file/not-allowed', `“${name}” is not a name of a file in the projects folder.`, {
      hint: 'Use a plain name without slashes, such as “my network.spikeloom”.',
    }),
  );
}

function withExtension(name: string, extensions: readonly string[]): string {
  const [first] = extensions;
  const has = extensions.some((extension) => name.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
  return first === undefined || has ? name : `${name}.${first}`;
}

/** The name itself, or with the first number that is free: `net 2.spikeloom`. */
async function freeName(
  files: FileSystem,
  folder: string,
  name: string,
  refused: ReadonlySet<string>,
): Promise<string> {
  const taken = new Set([...refused, ...(await namesIn(files, folder)).map((other) => other.toLowerCase())]);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) candidate = `${stem} ${number}${extension}`;
  return candidate;
}

async function namesIn(files: FileSystem, folder: string): Promise<readonly string[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    if (isFileError(error, 'notFound')) return [];
    throw error;
  }
}
