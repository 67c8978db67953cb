/** Entry of the desktop app: one window on the same page that the browser mode serves. */
import { app, session, shell } from 'electron';
import { mapResult } from '../../engine/base/result.ts';
import { checkedAddress } from '../platform/external-address.ts';
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
  const { journals, settings, log, recent } = createUserServices(userFolders().state);
  const { window, service, emit } = openWindow();
  const page = journals.connect((id) => emit({ kind: 'taken', id }));
  // Nothing was awaited since the window was made, so no request can have come yet.
  answerPage({
    files: createDialogFiles(nodeFileSystem, nodeRandom, recent, window),
    journal: page.journal,
    settings,
    log,
    window: service,
    openExternal: async (address) => {
      const checked = checkedAddress(address);
      if (checked.ok) await shell.openExternal(checked.value);
      return mapResult(checked, () => undefined);
    },
    update: async () => ({ kind: 'off', reason: 'no place for updates is configured' }),
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
