/** Makes windows of Electron, locked down, with the system's dialogs over them. */
import { fileURLToPath } from 'node:url';
import { BrowserWindow, dialog } from 'electron';
import type { MadeWindow } from './desktop.ts';
import { smallest } from './window-place.ts';
import type { placeOnScreens } from './window-place.ts';

export function makeWindow(place: ReturnType<typeof placeOnScreens>): MadeWindow {
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    backgroundColor: '#14161a',
    show: false,
    webPreferences: {
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  return {
    window,
    dialogs: {
      async chooseFile(filters) {
        const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters });
        return filePaths[0];
      },
      async choosePlace(defaultPath, filter) {
        const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [filter] });
        return canceled || filePath === '' ? undefined : filePath;
      },
    },
    showMessage: async (message) => (await dialog.showMessageBox(window, message)).response,
  };
}
