/** The open document, where it is kept, and its history. Only document-actions.ts and open-journal.ts write here. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { FileReference, FileStamp } from '../../engine/platform/host.ts';

/** One edit in the visible history. */
export interface HistoryEntry {
  readonly label: string;
  readonly seq: number;
  /** False for what was undone and can be redone. */
  readonly present: boolean;
}

/**
 * Why the project can be looked at and run, but not changed: a newer version wrote it, or another window writes it now.
 * undefined: it can be changed.
 */
export type ReadOnly = 'newer' | 'elsewhere' | undefined;

export interface DocumentState {
  readonly document: SpikeloomDocument;
  readonly readOnly: ReadOnly;
  readonly file: FileReference | undefined;
  /** Content of the file as it was last read or written here, and when that was (ms since 1970). */
  readonly stamp: FileStamp | undefined;
  readonly fileSeenAt: number | undefined;
  /** The file holds exactly this document. */
  readonly saved: boolean;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Raised whenever another project takes the place of this one. */
  readonly serial: number;
  /** Wall time (ms since 1970) at which the journal was last safe; undefined before the first time. */
  readonly journalSafeAt: number | undefined;
  /** Edits that are not safe yet, those on their way included. */
  readonly journalPending: number;
  /** The host could not write at the last attempt. */
  readonly journalFailing: boolean;
  /** Edits made here that the window which writes now does not have; they are kept apart. */
  readonly unsent: number;
}

export type DocumentStore = StoreApi<DocumentState>;

export function createDocumentStore(): DocumentStore {
  return createStore<DocumentState>()(() => ({
    document: createEmptyDocument('Untitled'),
    readOnly: undefined,
    file: undefined,
    stamp: undefined,
    fileSeenAt: undefined,
    saved: true,
    history: [],
    canUndo: false,
    canRedo: false,
    serial: 0,
    journalSafeAt: undefined,
    journalPending: 0,
    journalFailing: false,
    unsent: 0,
  }));
}
