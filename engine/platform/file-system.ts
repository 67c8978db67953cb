/** FileSystem: the seam to files. One call is one system call or nearly, so that tests can make each of them fail. */
import type { Processes } from './seams.ts';

/** A file open for writing. */
export interface OpenFile {
  /** Appends all bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Rejections are FileError. Paths are absolute. */
export interface FileSystem {
  /** Those who may write the same files. */
  readonly processes: Processes;
  /** The whole file; rejects with `tooLarge` before reading when it is larger than `maximumBytes`. */
  read(path: string, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** A new file for writing; rejects with `exists` when there is one. Readable by its owner only. */
  create(path: string): Promise<OpenFile>;
  /** A file for appending, made when missing. Readable by its owner only. */
  openForAppend(path: string): Promise<OpenFile>;
  /** Gives a file a second name; rejects with `exists` when that name is in use. */
  link(from: string, to: string): Promise<void>;
  /** Puts `from` in the place of `to` in one step. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Size and time of the last change (milliseconds since 1970) of a file. */
  status(path: string): Promise<{ readonly bytes: number; readonly modifiedAt: number }>;
  /** Names of the entries of a folder. */
  list(path: string): Promise<readonly string[]>;
  /** Makes a folder with its parents, when missing; what was made survives a loss of power. */
  makeFolder(path: string): Promise<void>;
  /** Resolves when names added to or removed from a folder survive a loss of power. */
  syncFolder(path: string): Promise<void>;
}

export type FileErrorKind = 'notFound' | 'exists' | 'notAllowed' | 'full' | 'tooLarge' | 'other';

/** What a file operation failed with. */
export class FileError extends Error {
  readonly kind: FileErrorKind;

  constructor(kind: FileErrorKind, message: string) {
    super(message);
    this.name = 'FileError';
    this.kind = kind;
  }
}

/** Whether an error is the FileError of this kind. */
export function isFileError(error: unknown, kind: FileErrorKind): boolean {
  return error instanceof FileError && error.kind === kind;
}
