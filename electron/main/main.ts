/** Entry of the desktop app: one window on the same page that the browser mode serves. */
import { app, session } from 'electron';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import { findPageFiles } from '../platform/page-files.ts';
import { pageFolder } from '../platform/program-folders.ts';
import { userFolders } from '../platform/user-folders.ts';
import { createUserServices } from '../platform/user-services.ts';
import { answerPage } from './answer-page.ts';
import { createDialogFiles } from './dialog-files.ts';
import { lockPages, lockSession } from './lock-down.ts';
import { registerScheme, servePage } from './page-protocol.ts';
import { openWindow } from './window.ts';

async function start(): Promise<void> {
  await app.whenReady();
  lockSession(session.defaultSession);
  servePage(await findPageFiles(pageFolder()), nodeRandom);
  const { journal, settings, log, recent } = createUserServices(userFolders().state);
  const { window, close } = openWindow();
  // Nothing was awaited since the window was made, so no request can have come yet.
  answerPage({
    files: createDialogFiles(nodeFileSystem, nodeRandom, recent, window),
    journal,
    settings,
    log,
    window: { setTitle: (title) => window.setTitle(title), close },
  });
}

app.enableSandbox();
registerScheme();
lockPages();
app.on('window-all-closed', () => app.quit());
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    process.stderr.write(`Spikeloom could not start: ${String(error)}\n`);
    app.exit(3);
  });
} else app.quit();
