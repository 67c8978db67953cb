/** What no page of this app may do: navigate away, open windows, ask for permissions, load from elsewhere. */
import { pageOrigin } from '../ipc/channels.ts';

interface Preventable {
  preventDefault(): void;
}
interface Navigation extends Preventable {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** What is used of a `Session`. */
export interface SessionPart {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, answer: (response: { cancel: boolean }) => void) => void,
    ): void;
  };
  on(event: 'will-download', listener: (event: Preventable, item: { getURL(): string }) => void): unknown;
}

/** What is used of the `WebContents` of any page. */
export interface LockableContents {
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(event: 'will-navigate' | 'will-frame-navigate', listener: (event: Navigation) => void): unknown;
  on(event: 'will-redirect' | 'will-attach-webview', listener: (event: Preventable) => void): unknown;
}

/** What is used of `app`. */
export interface PageWatcher {
  on(event: 'web-contents-created', listener: (event: unknown, contents: LockableContents) => void): unknown;
  on(
    event: 'certificate-error',
    listener: (
      event: Preventable,
      contents: unknown,
      address: string,
      error: string,
      certificate: unknown,
      answer: (trusted: boolean) => void,
    ) => void,
  ): unknown;
  on(event: 'select-client-certificate', listener: (event: Preventable) => void): unknown;
  on(event: 'login', listener: (event: Preventable) => void): unknown;
}

/** Whether an address is of the page itself. Compared by parts: a prefix would also fit `spikeloom://app.evil`. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === pageOrigin && username === '' && password === '';
}

/** Whether an address is of the one document there is. */
export function isPageDocument(address: string): boolean {
  return isPageAddress(address) && ['', '/'].includes(new URL(address).pathname);
}

/** Whether a page may load this: its own files, and what it made or holds itself. */
export function mayLoad(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, pathname } = new URL(address);
  if (protocol === 'blob:') return isPageAddress(pathname);
  return protocol === 'data:' || protocol === 'devtools:' || isPageAddress(address);
}

/** Refuses every permission, every request that leaves the app, and every download but of what the page made itself. */
export function lockSession(session: SessionPart): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:') || !mayLoad(item.getURL())) event.preventDefault();
  });
}

/** Applies to every page that is ever created. */
export function lockPages(app: PageWatcher): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  app.on('certificate-error', (event, _contents, _address, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

function lockContents(contents: LockableContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const judge = (event: Navigation): void => {
    if (!event.isMainFrame || !isPageDocument(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', judge);
  contents.on('will-frame-navigate', judge);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
