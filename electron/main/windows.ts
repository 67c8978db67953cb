/** All windows: opened anew, brought forward, and given the files that the system asks to open. */
import type { FileReference } from '../../engine/platform/host.ts';
import type { RecentFiles } from '../platform/recent-files.ts';
import type { MenuTemplateItem } from './native-menu.ts';
import { menuTemplate } from './native-menu.ts';
import type { WindowOutside, WorkbenchWindow } from './workbench-window.ts';
import { startWindow } from './workbench-window.ts';

export interface WindowsOutside {
  /** Makes a window and all that belongs to it. */
  make(): Promise<Omit<WindowOutside, 'onMenu' | 'onFocus' | 'onClosed'>>;
  readonly recent: RecentFiles;
  readonly apple: boolean;
  showMenu(template: MenuTemplateItem[]): void;
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

export interface Windows {
  open(): Promise<WorkbenchWindow>;
  /** Opens files in the window used last, in a new one when there is none; without a file brings the window forward. */
  openFiles(paths: readonly string[]): Promise<void>;
}

export function createWindows(outside: WindowsOutside): Windows {
  /** In the order of their use, the latest last. */
  const used: WorkbenchWindow[] = [];

  const latest = (): WorkbenchWindow | undefined => used.at(-1);
  const forget = (window: WorkbenchWindow): void => {
    const index = used.indexOf(window);
    if (index !== -1) used.splice(index, 1);
  };
  const report = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => outside.log('error', `a window could not be served: ${String(error)}`));
  };

  async function showMenu(): Promise<void> {
    const recent = await outside.recent.list();
    const groups = latest()?.menu() ?? [];
    const openRecent = (file: FileReference): void => report(openFiles([file.key]));
    outside.showMenu(
      menuTemplate(
        { groups, recent, apple: outside.apple },
        {
          command: (command) => latest()?.emit({ kind: 'command', command }),
          newWindow: () => report(open()),
          openRecent,
        },
      ),
    );
  }

  async function open(): Promise<WorkbenchWindow> {
    const made = await outside.make();
    const window = startWindow({
      ...made,
      onMenu: () => latest() === window && report(showMenu()),
      onFocus() {
        forget(window);
        used.push(window);
        report(showMenu());
      },
      onClosed() {
        forget(window);
        report(showMenu());
      },
    });
    used.push(window);
    report(showMenu());
    return window;
  }

  async function openFiles(paths: readonly string[]): Promise<void> {
    const window = latest() ?? (await open());
    for (const path of paths) await window.openFile(path);
    window.present();
  }

  return { open, openFiles };
}
