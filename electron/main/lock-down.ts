/** What no page of this app may do: navigate away, open windows, ask for permissions, load from elsewhere. */
import { app } from 'electron';
import type { Session, WebContents } from 'electron';
import { pageOrigin } from '../ipc/channels.ts';

/** Whether an address is of the page itself. Compared by parts: a prefix would also fit `spikeloom://app.evil`. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}` === pageOrigin;
}

/** Refuses every permission and every request that leaves the app. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isPageAddress(details.url) && !/^(blob:spikeloom:|data:|devtools:)/.test(details.url) });
  });
}

/** Applies to every page that is ever created. */
export function lockPages(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isPageAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isPageAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
