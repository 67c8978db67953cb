/** The window of the workbench: made locked down, closed only after the page was asked. */
import { fileURLToPath } from 'node:url';
import { BrowserWindow, dialog } from 'electron';
import type { HostEvent } from '../../engine/protocol/host-requests.ts';
import { eventChannel, pageOrigin } from '../ipc/channels.ts';
import type { WindowService } from '../ipc/host-handlers.ts';

const answerMilliseconds = 2_000;

export interface WorkbenchWindow {
  readonly window: BrowserWindow;
  readonly service: WindowService;
  /** Tells the page something. */
  emit(event: HostEvent): void;
}

/** Opens the window. A page that does not answer when it closes is closed after two seconds: its journal is on disk. */
export function openWindow(): WorkbenchWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    backgroundColor: '#14161a',
    show: false,
    webPreferences: {
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  let waiting: NodeJS.Timeout | undefined;
  const emit = (event: HostEvent): void => window.webContents.send(eventChannel, event);
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    event.preventDefault();
    if (waiting !== undefined) return;
    emit({ kind: 'closing' });
    waiting = setTimeout(() => window.destroy(), answerMilliseconds);
  });
  void window.loadURL(`${pageOrigin}/`);
  const service: WindowService = {
    setTitle: (title) => window.setTitle(title),
    setMenu: () => undefined,
    closing({ pending }) {
      clearTimeout(waiting);
      waiting = undefined;
      if (!pending || userAgrees(window)) window.destroy();
    },
    saved: (saved) => {
      if (saved) window.destroy();
    },
  };
  return { window, service, emit };
}

function userAgrees(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: 'Close without saving to a file?',
    detail: 'Your edits stay in the journal and are here again at the next start.',
    buttons: ['Close', 'Keep open'],
    defaultId: 0,
    cancelId: 1,
  });
  return answer === 0;
}
