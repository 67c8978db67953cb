/** What the window as a whole does: theme, title, keys, dropped files, closing. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Closing } from '../../engine/platform/host.ts';
import { startAnnouncements } from '../commands/announcements.ts';
import { startShowingFaults } from '../commands/show-faults.ts';
import { openDropped } from '../commands/file-gestures.ts';
import { listenToKeys } from '../commands/keyboard.ts';
import { tellWhenTaken } from '../commands/sharing-gestures.ts';
import type { Services } from '../stores/services.ts';
import { shownTheme } from '../stores/session-store.ts';
import { applyTheme } from '../theme/theme.ts';
import { isApple } from '../ui/Kbd.tsx';
import { keepEngineSettings } from './engine-settings.ts';
import { keepSessionSettings } from './kept-session.ts';
import { narrowWindow } from './narrow-window.ts';
import { startNativeMenu } from './native-menu.ts';

export function startWindowBehaviour(services: Services): Disposable {
  const owned = createDisposables();
  owned.add(followTheme(services));
  owned.add(followTitle(services));
  owned.add(listenToKeys(window, services, isApple));
  owned.add(startNativeMenu(services));
  owned.add(startAnnouncements(services));
  owned.add(startShowingFaults(services));
  owned.add(takeDroppedFiles(services));
  owned.add(disposable(keepSessionSettings(services.host, services.session)));
  owned.add(disposable(keepEngineSettings(services.host, services.session)));
  owned.add(foldPanels(services));
  owned.add(tellWhenTaken(services));
  owned.add(services.host.window.onClosing(closingOf(services)));
  owned.add(endInOrder(services));
  return owned;
}

/** Every edit is in the journal, so closing asks nothing and loses nothing unless the host could not write. */
function endInOrder({ documents }: Services): Disposable {
  const owned = createDisposables();
  owned.add(listen(window, 'beforeunload', (event) => documents.atRisk() && event.preventDefault()));
  owned.add(listen(window, 'pagehide', () => documents.letGo()));
  // Brought back from the browser's memory of pages: whatever happened meanwhile, it starts like any other.
  owned.add(listen(window, 'pageshow', (event) => event.persisted && location.reload()));
  document.addEventListener('visibilitychange', documents.flush);
  owned.add(disposable(() => document.removeEventListener('visibilitychange', documents.flush)));
  return owned;
}

function closingOf({ document: store, documents }: Services): Closing {
  return {
    state() {
      const { document: open, saved, readOnly } = store.getState();
      documents.leave();
      return { name: open.name, unsaved: !saved && readOnly === undefined, pending: documents.atRisk() };
    },
    async save() {
      const saved = await documents.save();
      return saved.ok && saved.value !== undefined;
    },
  };
}

function listen<Name extends keyof WindowEventMap>(
  target: Window,
  name: Name,
  handler: (event: WindowEventMap[Name]) => void,
): Disposable {
  target.addEventListener(name, handler);
  return disposable(() => target.removeEventListener(name, handler));
}

function followTheme({ session }: Services): Disposable {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const read = (): void => session.getState().change({ systemTheme: dark.matches ? 'dark' : 'light' });
  read();
  applyTheme(shownTheme(session.getState()));
  dark.addEventListener('change', read);
  const stop = session.subscribe((state) => applyTheme(shownTheme(state)));
  return disposable(() => {
    dark.removeEventListener('change', read);
    stop();
  });
}

function followTitle({ document, host }: Services): Disposable {
  let shown = '';
  const show = (): void => {
    const { document: now, saved } = document.getState();
    const title = `${saved ? '' : '• '}${now.name === '' ? 'Untitled' : now.name} – Spikeloom`;
    if (title !== shown) host.window.setTitle(title);
    shown = title;
  };
  show();
  return disposable(document.subscribe(show));
}

/** Files dropped beside the canvas, which takes its own. */
function takeDroppedFiles(services: Services): Disposable {
  const owned = createDisposables();
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  owned.add(
    listen(window, 'dragover', (event) => {
      if (holdsFiles(event)) event.preventDefault();
    }),
  );
  owned.add(
    listen(window, 'drop', (event) => {
      if (event.defaultPrevented || !holdsFiles(event)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? [])
        void file.arrayBuffer().then((bytes) => openDropped(services, file.name, new Uint8Array(bytes)));
    }),
  );
  return owned;
}

function foldPanels({ session }: Services): Disposable {
  const query = window.matchMedia(narrowWindow);
  const follow = (): void => session.getState().change({ leftOpen: !query.matches, rightOpen: !query.matches });
  if (query.matches) follow();
  query.addEventListener('change', follow);
  return disposable(() => query.removeEventListener('change', follow));
}
