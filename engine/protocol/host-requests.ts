/** Requests of the Host interface as they cross to another process (Electron's main, `serve`): one per method. */
import type { Result } from '../base/result.ts';
import type {
  ClosingState,
  FileReference,
  FileSort,
  FileStamp,
  Host,
  JournalSummary,
  MenuGroup,
  OpenedFile,
  SavedFile,
  UpdateState,
} from '../platform/host.ts';

/** Name → argument and reply. The names are those of `hostMethods`, and the two answers of a closing window. */
export interface HostRequests {
  'files.open': { argument: { sorts: readonly FileSort[] }; reply: Result<OpenedFile | undefined> };
  'files.read': { argument: { file: FileReference }; reply: Result<OpenedFile> };
  'files.save': {
    argument: { file: FileReference; bytes: Uint8Array; expected?: FileStamp | undefined };
    reply: Result<SavedFile>;
  };
  'files.saveAs': {
    argument: { suggestedName: string; sort: FileSort; bytes: Uint8Array };
    reply: Result<SavedFile | undefined>;
  };
  'files.recent': { argument: object; reply: readonly FileReference[] };
  'journal.list': { argument: object; reply: Result<readonly JournalSummary[]> };
  'journal.claim': { argument: { id: string; take: boolean }; reply: Result<boolean> };
  'journal.release': { argument: { id: string }; reply: null };
  'journal.read': { argument: { id: string }; reply: Result<readonly string[]> };
  'journal.append': { argument: { id: string; lines: readonly string[] }; reply: Result<void> };
  'journal.restart': { argument: { id: string; lines: readonly string[] }; reply: Result<void> };
  'settings.get': { argument: { name: string }; reply: unknown };
  'settings.set': { argument: { name: string; value: unknown }; reply: null };
  'window.setTitle': { argument: { title: string }; reply: null };
  'window.setMenu': { argument: { menu: readonly MenuGroup[] }; reply: null };
  /** The answer to the event `closing`. */
  'window.closing': { argument: ClosingState; reply: null };
  /** The answer to the event `save`: whether the project is in a file now, so that the window may close. */
  'window.saved': { argument: { saved: boolean }; reply: null };
  openExternal: { argument: { address: string }; reply: Result<void> };
  update: { argument: object; reply: UpdateState };
  log: { argument: { level: Parameters<Host['log']>[0]; message: string }; reply: null };
}

/** What the host tells the page unasked. */
export type HostEvent =
  /** The window is about to close; the page answers with `window.closing`. */
  | { readonly kind: 'closing' }
  /** The person wants to save before the window closes; the page answers with `window.saved`. */
  | { readonly kind: 'save' }
  /** A command was chosen in the native menu. */
  | { readonly kind: 'command'; readonly command: string }
  /** The system asks to open a file. */
  | { readonly kind: 'openFile'; readonly opened: Result<OpenedFile> }
  /** Another window took over the journal. */
  | { readonly kind: 'taken'; readonly id: string };

/** What the preload script gives to a page under Electron, as `hostBridgeName` of its global object. */
export interface HostBridge {
  /** One of HostRequests; rejects when the argument has the wrong form. */
  call(name: string, argument: unknown): Promise<unknown>;
  /** Calls the handler for every HostEvent; the function returned ends that. */
  listen(handler: (event: unknown) => void): () => void;
}
export const hostBridgeName = 'spikeloomHost';
