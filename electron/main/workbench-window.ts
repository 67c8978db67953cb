/** A window of the workbench: its page with the services it may use, its place, its menu, its end. */
import type { Disposable } from '../../engine/base/disposable.ts';
import { createDisposables } from '../../engine/base/disposable.ts';
import type { Result } from '../../engine/base/result.ts';
import type { HostFiles, MenuGroup, OpenedFile, UpdateState } from '../../engine/platform/host.ts';
import type { HostEvent } from '../../engine/protocol/host-requests.ts';
import { eventChannel, pageOrigin } from '../ipc/channels.ts';
import type { HostServices } from '../ipc/host-handlers.ts';
import type { ConnectedPage } from '../platform/journal-claims.ts';
import type { UserServices } from '../platform/user-services.ts';
import type { PageDesk } from './answer-page.ts';
import type { Closing } from './closing.ts';
import { createClosing } from './closing.ts';
import { createPageEvents } from './page-events.ts';
import { watchPage } from './page-life.ts';
import type { WindowPart } from './parts.ts';
import type { Prompts } from './prompts.ts';
import { keepPlace } from './window-place.ts';

/** Files of a window: those that were chosen in it, and those that the system brings. */
export interface WindowFiles extends HostFiles {
  /** Reads a file that the person opened outside of the window. */
  openPath(path: string): Promise<Result<OpenedFile>>;
}

export interface WindowOutside {
  readonly window: WindowPart;
  readonly desk: PageDesk;
  readonly user: UserServices;
  readonly files: WindowFiles;
  readonly prompts: Prompts;
  openExternal(address: string): Promise<Result<void>>;
  update(): Promise<UpdateState>;
  now(): number;
  onMenu(): void;
  onFocus(): void;
  onClosed(): void;
}

export interface WorkbenchWindow {
  /** What the page sent last. */
  menu(): readonly MenuGroup[];
  emit(event: HostEvent): void;
  openFile(path: string): Promise<void>;
  /** Puts the window before all others. */
  present(): void;
}

/** Time from the last movement of a window until its place is kept, milliseconds. */
const restMilliseconds = 500;

/** Takes a window that was just made, and loads the page into it. */
export function startWindow(outside: WindowOutside): WorkbenchWindow {
  const { window, files } = outside;
  const owned = createDisposables();
  const events = createPageEvents((event) => window.webContents.send(eventChannel, event));
  const connect = (): ConnectedPage => outside.user.journals.connect((id) => events.emit({ kind: 'taken', id }));
  let page = connect();
  let menu: readonly MenuGroup[] = [];
  const closing = createClosing({
    ask: () => events.emit({ kind: 'closing' }),
    save: () => events.emit({ kind: 'save' }),
    warn: () => outside.prompts.warnOfSilence(),
    offerSave: (state) => outside.prompts.offerSave(state),
    destroy: () => window.destroy(),
  });
  const services = servicesOf(
    outside,
    closing,
    () => page,
    (sent) => {
      menu = sent;
      outside.onMenu();
    },
  );
  owned.add(outside.desk.admit(window.webContents.id, services, () => events.heard()));
  owned.add(followPlace(window, outside.user));
  watchPage({
    window,
    prompts: outside.prompts,
    now: outside.now,
    log: outside.user.log,
    onGone() {
      page.dispose();
      page = connect();
      events.renewed();
      closing.tell({ kind: 'pageGone' });
    },
  });
  window.webContents.on('did-navigate', () => events.renewed());
  followWindow(outside, closing, () => {
    owned.dispose();
    page.dispose();
  });
  void window.loadURL(`${pageOrigin}/`);
  return {
    menu: () => menu,
    emit: (event) => events.emit(event),
    async openFile(path) {
      events.emit({ kind: 'openFile', opened: await files.openPath(path) });
    },
    present() {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}

function followWindow({ window, onFocus, onClosed }: WindowOutside, closing: Closing, end: () => void): void {
  window.on('ready-to-show', () => window.show());
  window.on('focus', () => onFocus());
  window.on('close', (event) => {
    event.preventDefault();
    closing.tell({ kind: 'close' });
  });
  window.on('closed', () => {
    end();
    onClosed();
  });
}

function servicesOf(
  { window, user, files, openExternal, update }: WindowOutside,
  closing: Closing,
  page: () => ConnectedPage,
  setMenu: (menu: readonly MenuGroup[]) => void,
): HostServices {
  const journal = (): ConnectedPage['journal'] => page().journal;
  return {
    files,
    // The page may be another one by the time of a request.
    journal: {
      list: () => journal().list(),
      claim: (id, take) => journal().claim(id, take),
      release: (id) => journal().release(id),
      read: (id) => journal().read(id),
      append: (id, lines) => journal().append(id, lines),
      restart: (id, lines) => journal().restart(id, lines),
    },
    settings: user.settings,
    log: user.log,
    window: {
      setTitle: (title) => window.setTitle(title),
      setMenu,
      closing: (state) => closing.tell({ kind: 'answered', state }),
      saved: (saved) => closing.tell({ kind: 'saved', saved }),
    },
    openExternal,
    update,
  };
}

/** Keeps where the window stands, once it has come to rest, and again as it goes. */
function followPlace(window: WindowPart, { settings }: UserServices): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    if (window.isDestroyed()) return;
    const place = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    keepPlace(settings, place).catch(() => undefined); // a place is not worth a message
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, restMilliseconds);
  };
  window.on('resize', wait);
  window.on('move', wait);
  return { dispose: () => clearTimeout(timer) };
}
