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

/** Tells one content of a file from another (SHA-256, hexadecimal): shows that a file was changed behind our back. */
export type FileStamp = string;

export interface OpenedFile {
  readonly file: FileReference;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stamp: FileStamp;
}

export interface SavedFile {
  readonly file: FileReference;
  readonly stamp: FileStamp;
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
  /**
   * Writes whole and atomically: the old content stays until the new is safe. With `expected`, a file that holds something
   * else by now is left as it is (`file/changed`); without, whatever is there is replaced.
   */
  save(file: FileReference, bytes: Uint8Array, expected: FileStamp | undefined): Promise<Result<SavedFile>>;
  /** Asks where; ok(undefined) when they cancel. */
  saveAs(suggestedName: string, sort: FileSort, bytes: Uint8Array): Promise<Result<SavedFile | undefined>>;
  recent(): Promise<readonly FileReference[]>;
}

/** A journal that is kept. */
export interface JournalSummary {
  readonly id: string;
  /** Last written, milliseconds since 1970. */
  readonly changedAt: number;
  /** Another window writes it now. */
  readonly taken: boolean;
}

/** Append-only lines per project, safe on disk when the promise resolves; written by one window at a time. */
export interface HostJournal {
  /** All journals, the latest first. */
  list(): Promise<Result<readonly JournalSummary[]>>;
  /**
   * From now on this window alone may write the journal; false when another one has it. With `take` it is taken over, and
   * the other window hears of it. Held until it is released or the window is gone.
   */
  claim(id: string, take: boolean): Promise<Result<boolean>>;
  release(id: string): Promise<void>;
  /** All lines of the journal of the session named `id`; [] when there is none. */
  read(id: string): Promise<Result<readonly string[]>>;
  /** Refused with `journal/taken` without a claim. */
  append(id: string, lines: readonly string[]): Promise<Result<void>>;
  /** Replaces the journal. Refused with `journal/taken` without a claim. */
  restart(id: string, lines: readonly string[]): Promise<Result<void>>;
  /** Calls the handler when another window took over a journal that this one had. */
  onTaken(handler: (id: string) => void): Disposable;
}

/** Small settings (theme, panel sizes), JSON values by name. */
export interface HostSettings {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}

/** An entry of the native menu: a command of the workbench. */
export interface MenuItem {
  readonly command: string;
  readonly title: string;
  /** `Mod+Shift+Z`; `Mod` is Command on a Mac, Ctrl elsewhere. */
  readonly keys: string | undefined;
  readonly enabled: boolean;
}

export interface MenuGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** What there is to know before a window closes. */
export interface ClosingState {
  /** Name of the project. */
  readonly name: string;
  /** The project has changes that are in no file. */
  readonly unsaved: boolean;
  /** The journal does not hold all edits yet. */
  readonly pending: boolean;
}

export interface Closing {
  state(): ClosingState;
  /** Saves to the file, asking where when there is none; false when it was not saved. */
  save(): Promise<boolean>;
}

export interface HostWindow {
  setTitle(title: string): void;
  /** Shows the menu where the host has a native one. */
  setMenu(menu: readonly MenuGroup[]): void;
  /** Calls the handler with the command chosen in the native menu. */
  onCommand(handler: (command: string) => void): Disposable;
  /** Calls the handler with a file that the system asks to open (file association, second start). */
  onOpenFile(handler: (opened: Result<OpenedFile>) => void): Disposable;
  /** Asked before the window closes. */
  onClosing(closing: Closing): Disposable;
}

/** Whether a newer version is there. */
export type UpdateState =
  | { readonly kind: 'off'; readonly reason: string }
  | { readonly kind: 'current' }
  | { readonly kind: 'available'; readonly version: string };

export interface Host {
  /** `electron`, `browser` or `fake`; shown in the status bar and in bug reports. */
  readonly kind: 'electron' | 'browser' | 'fake';
  readonly files: HostFiles;
  readonly journal: HostJournal;
  readonly settings: HostSettings;
  readonly window: HostWindow;
  /** Opens a page of the project's own list of sites in the system's browser; anything else is a Problem. */
  openExternal(address: string): Promise<Result<void>>;
  update(): Promise<UpdateState>;
  /**
   * Calls the handler when the program behind this page was lost (false) and is there again (true). Until it is `ended`,
   * requests wait and are answered when the connection is back; from then on they are refused (`host/unreachable`).
   */
  onConnection(handler: (connected: boolean, ended: boolean) => void): Disposable;
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
  'journal.list',
  'journal.claim',
  'journal.release',
  'journal.read',
  'journal.append',
  'journal.restart',
  'settings.get',
  'settings.set',
  'window.setTitle',
  'window.setMenu',
  'openExternal',
  'update',
  'log',
] as const;
export type HostMethod = (typeof hostMethods)[number];
