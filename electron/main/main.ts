/** Entry of the desktop app: hands Electron's objects to the desktop. One process serves all windows of a user. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, ipcMain, Menu, protocol, screen, session, shell } from 'electron';
import { nodeClock, nodeRandom } from '../platform/node-seams.ts';
import { findPageFiles } from '../platform/page-files.ts';
import { pageFolder } from '../platform/program-folders.ts';
import { userFolders } from '../platform/user-folders.ts';
import { createUserServices } from '../platform/user-services.ts';
import { createDesktopLog } from './desktop-log.ts';
import type { Desktop } from './desktop.ts';
import { createDesktop } from './desktop.ts';
import { lockPages, lockSession } from './lock-down.ts';
import { makeWindow } from './make-window.ts';
import { registerScheme, servePage } from './page-protocol.ts';
import { createUpdateCheck } from './update.ts';
import { loadUpdater } from './updater.ts';
import { refusedStart } from './weak-start.ts';

async function start(): Promise<Desktop> {
  await app.whenReady();
  lockSession(session.defaultSession);
  servePage(protocol, await findPageFiles(pageFolder()), nodeRandom);
  const { state } = userFolders();
  const log = createDesktopLog(join(state, 'desktop.log'));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log('error', `a process of type ${type} ended: ${reason}, code ${exitCode}`),
  );
  const desktop = createDesktop({
    door: ipcMain,
    user: createUserServices(state, log),
    clock: nodeClock,
    random: nodeRandom,
    apple: process.platform === 'darwin',
    makeWindow,
    screens: () => {
      const main = screen.getPrimaryDisplay();
      const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
      return [main, ...others].map(({ workArea }) => workArea);
    },
    showMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
    addRecentDocument: (path) => app.addRecentDocument(path),
    openExternal: (address) => shell.openExternal(address),
    update: createUpdateCheck({
      configuration: {
        packaged: app.isPackaged,
        published: existsSync(join(process.resourcesPath, 'app-update.yml')),
      },
      // The page asks when its person does; it knows of no run that a question of a few bytes would disturb.
      busy: () => false,
      load: loadUpdater,
    }),
  });
  await desktop.start(process.argv.slice(1), process.cwd());
  return desktop;
}

function run(): void {
  app.enableSandbox();
  registerScheme(protocol);
  lockPages(app);
  app.on('window-all-closed', () => app.quit());
  if (!app.requestSingleInstanceLock()) return app.quit();
  const started = start();
  const use = (work: (desktop: Desktop) => Promise<void>): void => void started.then(work).catch(() => undefined);
  app.on('second-instance', (_event, args, folder) => use((desktop) => desktop.secondStart(args.slice(1), folder)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    use((desktop) => desktop.openFile(path));
  });
  started.catch((error: unknown) => end(`Spikeloom could not start: ${String(error)}`));
}

function end(reason: string): void {
  process.stderr.write(`${reason}\n`);
  app.exit(3);
}

const refusal = refusedStart(app.isPackaged, (name) => app.commandLine.hasSwitch(name));
if (refusal === undefined) run();
else end(refusal);
