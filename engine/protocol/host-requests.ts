/** Requests of the Host interface as they cross to another process (Electron's main, `serve`): one per method. */
import type { Result } from '../base/result.ts';
import type { FileReference, FileSort, Host, OpenedFile } from '../platform/host.ts';

/** Name → argument and reply. The names are those of `hostMethods`, and `window.close` beside them. */
export interface HostRequests {
  'files.open': { argument: { sorts: readonly FileSort[] }; reply: Result<OpenedFile | undefined> };
  'files.read': { argument: { file: FileReference }; reply: Result<OpenedFile> };
  'files.save': { argument: { file: FileReference; bytes: Uint8Array }; reply: Result<FileReference> };
  'files.saveAs': {
    argument: { suggestedName: string; sort: FileSort; bytes: Uint8Array };
    reply: Result<FileReference | undefined>;
  };
  'files.recent': { argument: object; reply: readonly FileReference[] };
  'journal.read': { argument: { id: string }; reply: Result<readonly string[]> };
  'journal.append': { argument: { id: string; lines: readonly string[] }; reply: Result<void> };
  'journal.restart': { argument: { id: string; lines: readonly string[] }; reply: Result<void> };
  'settings.get': { argument: { name: string }; reply: unknown };
  'settings.set': { argument: { name: string; value: unknown }; reply: null };
  'window.setTitle': { argument: { title: string }; reply: null };
  /** The answer to the event `closing`: the window may close, or the user is to be asked first. */
  'window.close': { argument: { ask: boolean }; reply: null };
  log: { argument: { level: Parameters<Host['log']>[0]; message: string }; reply: null };
}

/** The window is about to close; the page answers with `window.close`. */
export interface HostEvent {
  readonly kind: 'closing';
}

/** What the preload script gives to a page under Electron, as `hostBridgeName` of its global object. */
export interface HostBridge {
  /** One of HostRequests; rejects when the argument has the wrong form. */
  call(name: string, argument: unknown): Promise<unknown>;
  /** Calls the handler for every HostEvent; the function returned ends that. */
  listen(handler: (event: unknown) => void): () => void;
}
export const hostBridgeName = 'spikeloomHost';
