/** The open document, where it is kept, and its history. Only document-actions.ts writes here. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { FileReference } from '../../engine/platform/host.ts';

/** One edit in the visible history. */
export interface HistoryEntry {
  readonly label: string;
  readonly seq: number;
  /** False for what was undone and can be redone. */
  readonly present: boolean;
}

export interface DocumentState {
  readonly document: SpikeloomDocument;
  /** Written by a newer version: it can be looked at and run, not changed. */
  readonly readOnly: boolean;
  readonly file: FileReference | undefined;
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
  /** Edits that are not safe yet. */
  readonly journalPending: number;
}

export type DocumentStore = StoreApi<DocumentState>;

export function createDocumentStore(): DocumentStore {
  return createStore<DocumentState>()(() => ({
    document: createEmptyDocument('Untitled'),
    readOnly: false,
    file: undefined,
    saved: true,
    history: [],
    canUndo: false,
    canRedo: false,
    serial: 0,
    journalSafeAt: undefined,
    journalPending: 0,
  }));
}
