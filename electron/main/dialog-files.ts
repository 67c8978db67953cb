/** Files on the desktop: chosen in the system's dialogs. Only what a dialog gave or is among the recent files can be reached. */
import { basename, dirname, isAbsolute } from 'node:path';
import { problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { failed, mapResult, ok } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { FileReference, FileSort, FileStamp, OpenedFile, SavedFile } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import type { RecentFiles } from '../platform/recent-files.ts';
import { readStamped, writeStamped } from '../platform/stamped-file.ts';
import type { WindowFiles } from './workbench-window.ts';

/** A sort of file as the system's dialogs want it. */
export interface FileFilter {
  name: string;
  extensions: string[];
}

/** The system's dialogs over one window; undefined = the person cancels. */
export interface FileDialogs {
  chooseFile(filters: FileFilter[]): Promise<string | undefined>;
  choosePlace(suggestedName: string, filter: FileFilter): Promise<string | undefined>;
}

/** Files of the window's user. The key of a file is its path; a path that nobody chose is refused. */
export function createDialogFiles(
  files: FileSystem,
  random: RandomSource,
  recent: RecentFiles,
  dialogs: FileDialogs,
): WindowFiles {
  const chosen = new Set<string>();

  async function isChosen(path: string): Promise<boolean> {
    return isAbsolute(path) && (chosen.has(path) || (await recent.list()).some((file) => file.key === path));
  }

  async function choose(path: string): Promise<FileReference> {
    chosen.add(path);
    const file = referenceTo(path);
    await recent.used(file);
    return file;
  }

  async function read(path: string): Promise<Result<OpenedFile>> {
    const content = await readStamped(files, path);
    if (!content.ok) return content;
    const file = await choose(path);
    return mapResult(content, (stamped) => ({ file, ...stamped }));
  }

  async function write(path: string, bytes: Uint8Array, expected?: FileStamp): Promise<Result<SavedFile>> {
    const written = await writeStamped(files, random, path, bytes, expected);
    return written.ok ? ok({ file: await choose(path), stamp: written.value }) : written;
  }

  return {
    async open(sorts) {
      const path = await dialogs.chooseFile(sorts.map(filterOf));
      return path === undefined ? ok(undefined) : read(path);
    },
    openPath: read,
    read: async ({ key }) => ((await isChosen(key)) ? read(key) : notChosen(key)),
    save: async ({ key }, bytes, expected) => ((await isChosen(key)) ? write(key, bytes, expected) : notChosen(key)),
    async saveAs(suggestedName, sort, bytes) {
      const path = await dialogs.choosePlace(basename(suggestedName), filterOf(sort));
      return path === undefined ? ok(undefined) : write(path, bytes);
    },
    // Names without a place are projects of the browser mode, which keeps the same list.
    recent: async () => (await recent.list()).filter((file) => isAbsolute(file.key)),
  };
}

function referenceTo(path: string): FileReference {
  return { key: path, name: basename(path), folder: dirname(path) };
}

function filterOf(sort: FileSort): FileFilter {
  return { name: sort.title, extensions: [...sort.extensions] };
}

/** A key that is no path is no file of this machine; whether a path that nobody chose exists is not told. */
function notChosen(path: string) {
  if (!isAbsolute(path)) return failed(problem('file/not-found', `“${basename(path)}” does not exist.`));
  return failed(
    problem('file/not-allowed', `“${basename(path)}” was not chosen in this window.`, {
      hint: 'Open it with File › Open.',
    }),
  );
}
