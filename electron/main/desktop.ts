/** The desktop app without Electron's own objects: services of this user, windows, files that the system brings. */
import { mapResult } from '../../engine/base/result.ts';
import type { UpdateState } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { checkedAddress } from '../platform/external-address.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import type { RecentFiles } from '../platform/recent-files.ts';
import type { UserServices } from '../platform/user-services.ts';
import type { RequestDoor } from './answer-page.ts';
import { answerPages } from './answer-page.ts';
import type { FileDialogs } from './dialog-files.ts';
import { createDialogFiles } from './dialog-files.ts';
import type { MenuTemplateItem } from './native-menu.ts';
import { projectPaths } from './open-files.ts';
import type { WindowPart } from './parts.ts';
import type { ShowMessage } from './prompts.ts';
import { createPrompts } from './prompts.ts';
import type { Rectangle } from './window-place.ts';
import { keptPlace, placeOnScreens } from './window-place.ts';
import type { Windows } from './windows.ts';
import { createWindows } from './windows.ts';

/** What Electron supplies. */
export interface DesktopParts {
  readonly door: RequestDoor;
  readonly user: UserServices;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: RandomSource;
  readonly apple: boolean;
  /** A window with its dialogs, not yet shown; position undefined = where the system likes. */
  makeWindow(place: ReturnType<typeof placeOnScreens>): MadeWindow;
  /** Work areas of the screens, the main one first. */
  screens(): readonly Rectangle[];
  showMenu(template: MenuTemplateItem[]): void;
  /** Tells the system of a file for its own list. */
  addRecentDocument(path: string): void;
  openExternal(address: string): Promise<void>;
  update(): Promise<UpdateState>;
}

export interface MadeWindow {
  readonly window: WindowPart;
  readonly dialogs: FileDialogs;
  readonly showMessage: ShowMessage;
}

export interface Desktop {
  /** Opens the first window, with the projects among the arguments of the start. */
  start(args: readonly string[], workingFolder: string): Promise<void>;
  /** A second start: its projects are opened here. */
  secondStart(args: readonly string[], workingFolder: string): Promise<void>;
  /** The system asks to open a file. */
  openFile(path: string): Promise<void>;
}

export function createDesktop(parts: DesktopParts): Desktop {
  const desk = answerPages(parts.door);
  const recent = tellingSystem(parts.user.recent, parts.addRecentDocument);
  const windows: Windows = createWindows({
    recent,
    apple: parts.apple,
    showMenu: parts.showMenu,
    log: parts.user.log,
    async make() {
      const { settings } = parts.user;
      const kept = await keptPlace(settings);
      const { window, dialogs, showMessage } = parts.makeWindow(placeOnScreens(kept, parts.screens()));
      if (kept?.maximised === true) window.maximize();
      return {
        window,
        desk,
        user: parts.user,
        files: createDialogFiles(nodeFileSystem, parts.random, recent, dialogs),
        prompts: createPrompts(showMessage),
        update: parts.update,
        now: () => parts.clock.now(),
        async openExternal(address) {
          const checked = checkedAddress(address);
          if (checked.ok) await parts.openExternal(checked.value);
          return mapResult(checked, () => undefined);
        },
      };
    },
  });
  return {
    async start(args, workingFolder) {
      await windows.open();
      const paths = projectPaths(args, workingFolder);
      if (paths.length > 0) await windows.openFiles(paths);
    },
    secondStart: (args, workingFolder) => windows.openFiles(projectPaths(args, workingFolder)),
    openFile: (path) => windows.openFiles(projectPaths([path], '/')),
  };
}

function tellingSystem(recent: RecentFiles, addRecentDocument: (path: string) => void): RecentFiles {
  return {
    list: () => recent.list(),
    async used(file) {
      await recent.used(file);
      addRecentDocument(file.key);
    },
  };
}
