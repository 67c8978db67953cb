/** Host: everything the workbench needs from the outside. Implementations: Electron, browser (over `serve`), fake. */
import type { Disposable } from '../base/disposable.ts';
import type { Result } from '../base/result.ts';

/** A file as the user sees it; `key` is opaque and only the host that gave it understands it. */
export interface FileReference {
  readonly key: string;
  /** File name with extension, without folder. */
  readonly name: string;
  /** Folder, for people; empty when the host may not tell. */
  readonly folder: string;
}

export interface OpenedFile {
  readonly file: FileReference;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A sort of file in dialogs: `{ title: "Spikeloom project", extensions: ["spikeloom"] }`. */
export interface FileSort {
  readonly title: string;
  readonly extensions: readonly string[];
}

export interface HostFiles {
  /** Asks the user for a file; ok(undefined) when they cancel. */
  open(sorts: readonly FileSort[]): Promise<Result<OpenedFile | undefined>>;
  /** Reads a known file again (recent files). */
  read(file: FileReference): Promise<Result<OpenedFile>>;
  /** Writes whole and atomically: the old content stays until the new is safe. */
  save(file: FileReference, bytes: Uint8Array): Promise<Result<FileReference>>;
  /** Asks where; ok(undefined) when they cancel. */
  saveAs(suggestedName: string, sort: FileSort, bytes: Uint8Array): Promise<Result<FileReference | undefined>>;
  recent(): Promise<readonly FileReference[]>;
}

/** Append-only lines per project, safe on disk when the promise resolves. */
export interface HostJournal {
  /** All lines of the journal of the session named `id`; [] when there is none. */
  read(id: string): Promise<Result<readonly string[]>>;
  append(id: string, lines: readonly string[]): Promise<Result<void>>;
  /** Replaces the journal: a new project was opened. */
  restart(id: string, lines: readonly string[]): Promise<Result<void>>;
}

/** Small settings (theme, panel sizes), JSON values by name. */
export interface HostSettings {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}

export interface HostWindow {
  setTitle(title: string): void;
  /** Called before the window closes; return false to be asked first. */
  onClosing(handler: () => boolean): Disposable;
}

export interface Host {
  /** `electron`, `browser` or `fake`; shown in the status bar and in bug reports. */
  readonly kind: 'electron' | 'browser' | 'fake';
  readonly files: HostFiles;
  readonly journal: HostJournal;
  readonly settings: HostSettings;
  readonly window: HostWindow;
  /** A line for the host's log file. */
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

/** Request names of the Host interface as they cross a process boundary: `files.open`, `journal.append` … */
export const hostMethods = [
  'files.open',
  'files.read',
  'files.save',
  'files.saveAs',
  'files.recent',
  'journal.read',
  'journal.append',
  'journal.restart',
  'settings.get',
  'settings.set',
  'window.setTitle',
  'log',
] as const;
export type HostMethod = (typeof hostMethods)[number];
