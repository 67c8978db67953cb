/** Files by the means of a page: the browser's file chooser, and writing back into files that were chosen so. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { sha256 } from '../../engine/base/sha256.ts';
import { changedFile } from '../../engine/platform/changed-file.ts';
import type { FileReference, FileSort, FileStamp, OpenedFile, SavedFile } from '../../engine/platform/host.ts';
import { createPageRandom } from './clock.ts';

/** The part of the File System Access interface that is used; only some browsers have it. */
interface WritableHandle {
  readonly name: string;
  getFile(): Promise<File>;
  createWritable(): Promise<{ write(bytes: BlobPart): Promise<void>; close(): Promise<void> }>;
}
interface FileAccess {
  showOpenFilePicker(options: object): Promise<WritableHandle[]>;
}

export interface PageFiles {
  open(sorts: readonly FileSort[]): Promise<Result<OpenedFile | undefined>>;
  /** undefined when the reference is not of a file chosen here. */
  read(file: FileReference): Promise<Result<OpenedFile>> | undefined;
  /** Writes back into a file chosen here; undefined when that cannot be. */
  save(file: FileReference, bytes: Uint8Array, expected: FileStamp | undefined): Promise<Result<SavedFile>> | undefined;
}

const prefix = 'page:';

export function createPageFiles(): PageFiles {
  const handles = new Map<string, WritableHandle>();
  const reference = (handle: WritableHandle): FileReference => {
    const key = newKey();
    handles.set(key, handle);
    return { key, name: handle.name, folder: '' };
  };
  return {
    async open(sorts) {
      const access = fileAccess();
      if (access === undefined) return openByInput(sorts);
      try {
        const [handle] = await access.showOpenFilePicker({
          types: sorts.map((sort) => ({
            description: sort.title,
            accept: { 'application/octet-stream': sort.extensions.map((extension) => `.${extension}`) },
          })),
        });
        return handle === undefined
          ? ok(undefined)
          : ok(opened(reference(handle), await bytesOf(await handle.getFile())));
      } catch (error) {
        return (error as Error).name === 'AbortError' ? ok(undefined) : unreadable(error);
      }
    },
    read(file) {
      const handle = handles.get(file.key);
      if (handle === undefined) return file.key.startsWith(prefix) ? Promise.resolve(gone(file)) : undefined;
      return handle.getFile().then(
        async (content) => ok(opened(file, await bytesOf(content))),
        (error: unknown) => unreadable(error),
      );
    },
    save(file, bytes, expected) {
      const handle = handles.get(file.key);
      return handle === undefined ? undefined : write(handle, { file, bytes, expected });
    },
  };
}

/** Never the same again: what was opened in another window, or before the page was loaded again, is another file. */
function newKey(): string {
  return prefix + createIdentifier('file', createPageRandom().bytes);
}

/** Whether the reference is of a file that only this page, or an earlier one, could reach. */
export function isPageFile(file: FileReference): boolean {
  return file.key.startsWith(prefix);
}

function fileAccess(): FileAccess | undefined {
  return 'showOpenFilePicker' in window && !navigator.webdriver ? (window as unknown as FileAccess) : undefined;
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

function openByInput(sorts: readonly FileSort[]): Promise<Result<OpenedFile | undefined>> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = sorts.flatMap((sort) => sort.extensions.map((extension) => `.${extension}`)).join(',');
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(ok(undefined)), { once: true });
    input.addEventListener(
      'change',
      () => {
        const file = input.files?.[0];
        if (file === undefined) return resolve(ok(undefined));
        bytesOf(file).then(
          (bytes) => resolve(ok(opened({ key: newKey(), name: file.name, folder: '' }, bytes))),
          (error: unknown) => resolve(unreadable(error)),
        );
      },
      { once: true },
    );
    input.click();
  });
}

function opened(file: FileReference, bytes: Uint8Array<ArrayBuffer>): OpenedFile {
  return { file, bytes, stamp: sha256(bytes) };
}

interface Save {
  readonly file: FileReference;
  readonly bytes: Uint8Array;
  readonly expected: FileStamp | undefined;
}

async function write(handle: WritableHandle, { file, bytes, expected }: Save): Promise<Result<SavedFile>> {
  const stamp = sha256(bytes);
  try {
    if (expected !== undefined && !(await holds(handle, [expected, stamp]))) return failed(changedFile(file.name));
    // The browser writes beside the file and puts it in its place on close.
    const stream = await handle.createWritable();
    await stream.write(new Uint8Array(bytes));
    await stream.close();
    return ok({ file, stamp });
  } catch (error) {
    return failed(
      problem('file/write', `${file.name} could not be written.`, {
        hint: 'Save it under another name.',
        cause: String(error),
      }),
    );
  }
}

async function holds(handle: WritableHandle, stamps: readonly FileStamp[]): Promise<boolean> {
  return stamps.includes(sha256(await bytesOf(await handle.getFile())));
}

function unreadable(error: unknown): Result<never> {
  return failed(problem('file/read', 'The file could not be read.', { cause: String(error) }));
}

function gone(file: FileReference): Result<never> {
  return failed(
    problem('file/not-found', `${file.name} must be chosen again.`, {
      hint: 'A page forgets the files it was given. Use Open.',
    }),
  );
}
