/** The desktop app in the real Electron: window, isolation, what it refuses, files, menu, closing. Skipped where its binary cannot run. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { attacks } from '../attacks.ts';
import { electronObstacle, startDesktop } from '../electron.ts';
import type { RunningDesktop } from '../electron.ts';

const obstacle = electronObstacle();
test.skip(obstacle !== undefined, obstacle ?? '');

interface Bridge {
  call(name: string, argument: unknown): Promise<unknown>;
  listen(handler: (event: unknown) => void): () => void;
}

let desktop: RunningDesktop;
test.beforeEach(async () => {
  desktop = await startDesktop();
  await expect(desktop.page.locator('.status-engine')).not.toHaveText(/starting/, { timeout: 30_000 });
});
test.afterEach(() => desktop.end());

/** Answers of the system's dialogs, in place of a person. */
const answerDialogs = (answers: { readonly button?: number; readonly file?: string }): Promise<void> =>
  desktop.app.evaluate(({ dialog }, { button, file }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, { message }: { message: string }) => {
        asked.push(message);
        return { response: button ?? 0, checkboxChecked: false };
      },
      showSaveDialog: async () => ({ canceled: file === undefined, filePath: file ?? '' }),
      showOpenDialog: async () => ({ canceled: file === undefined, filePaths: file === undefined ? [] : [file] }),
    });
  }, answers);

const call = (name: string, argument: unknown): Promise<unknown> =>
  desktop.page.evaluate(
    ([asked, value]) => (globalThis as unknown as { spikeloomHost: Bridge }).spikeloomHost.call(asked as string, value),
    [name, argument] as const,
  );

test('the window opens on the isolated page and the engine runs with shared memory', async () => {
  const { page } = desktop;
  expect(new URL(page.url()).href).toBe('spikeloom://app/');
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer, isSecureContext])).toEqual([
    true,
    'function',
    true,
  ]);
  await expect(page).toHaveTitle(/Spikeloom$/);
});

test('the page has nothing of Node, and of the host two functions', async () => {
  const probe = () =>
    ['require', 'process', 'Buffer', 'module', 'global', '__dirname', 'electron'].filter((name) => name in globalThis);
  expect(await desktop.page.evaluate(probe)).toEqual([]);
  for (const worker of desktop.page.workers()) expect(await worker.evaluate(probe)).toEqual([]);
  const keys = await desktop.page.evaluate(() => {
    const bridge = (globalThis as unknown as { spikeloomHost: object }).spikeloomHost;
    return [Object.keys(bridge).sort(), Object.isFrozen(bridge)];
  });
  expect(keys).toEqual([['call', 'listen'], true]);
});

test('what the page does to its own world does not reach the preload script', async () => {
  await desktop.page.evaluate(() => {
    const stolen: unknown[] = [];
    Object.assign(globalThis, { stolen });
    const steal = (...values: unknown[]): unknown => (stolen[stolen.length] = values);
    Object.assign(Array.prototype, { push: steal });
    Object.assign(Function.prototype, { call: steal });
    Object.assign(JSON, { parse: steal });
  });
  expect(await call('settings.get', { name: 'unknown' })).toBeUndefined();
  const seen = await desktop.page.evaluate(() =>
    (globalThis as unknown as { stolen: unknown[] }).stolen.map(String).join(),
  );
  expect(seen).not.toMatch(/ipcRenderer|spikeloom:host/);
});

test('the process of the page is sandboxed', async () => {
  test.skip(process.platform !== 'linux', 'only Linux tells by /proc');
  const pid = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
});

test('the page cannot go elsewhere, open windows, or attach a web view', async () => {
  const { app, page } = desktop;
  const addresses = [
    'https://doi.org/',
    'file:///etc/passwd',
    'data:text/html,x',
    'spikeloom://app.evil/',
    'about:blank',
  ];
  for (const address of addresses) {
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.target = '_blank';
      link.click();
      window.open(to);
    }, address);
  }
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('webview'), { src: 'spikeloom://app/' })),
  );
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(page.url()).toBe('spikeloom://app/');
  expect(app.windows()).toHaveLength(1);
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('every permission is refused', async () => {
  const refusals = await desktop.page.evaluate(async () => {
    const refused = (attempt: () => Promise<unknown>): Promise<boolean> =>
      attempt().then(
        () => false,
        () => true,
      );
    const devices = navigator as unknown as Record<
      string,
      { requestPort?(): Promise<unknown>; requestDevice?(options: object): Promise<unknown> }
    >;
    const query = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      media: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      place: await refused(() => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail))),
      serial: await refused(async () => devices['serial']?.requestPort?.() ?? Promise.reject(new Error('none'))),
      usb: await refused(
        async () => devices['usb']?.requestDevice?.({ filters: [] }) ?? Promise.reject(new Error('none')),
      ),
      hid: await refused(
        async () => devices['hid']?.requestDevice?.({ filters: [] }) ?? Promise.reject(new Error('none')),
      ),
      states: await Promise.all(['camera', 'microphone', 'geolocation', 'notifications', 'midi'].map(query)),
    };
  });
  expect(refusals).toEqual({
    media: true,
    place: true,
    serial: true,
    usb: true,
    hid: true,
    states: ['denied', 'denied', 'denied', 'denied', 'denied'],
  });
});

test('attacks from inside the page are refused, and no request leaves the app', async () => {
  const { app, page } = desktop;
  await app.evaluate(({ session }) => {
    const left: string[] = [];
    Object.assign(globalThis, { left });
    session.defaultSession.webRequest.onCompleted(
      ({ url }) => void (/^(https?|wss?|ftp|file):/.test(url) && left.push(url)),
    );
  });
  await page.evaluate(() => {
    const hits: string[] = [];
    Object.assign(globalThis, { hits, hit: (name: string) => hits.push(name) });
  });
  for (const { act, name } of attacks)
    await page.evaluate(act, { name, origin: 'https://evil.example' }).catch(() => undefined);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(await page.evaluate(() => (globalThis as unknown as { hits: string[] }).hits)).toEqual([]);
  expect(await app.evaluate(() => (globalThis as unknown as { left: string[] }).left)).toEqual([]);
});

test('malformed and unknown requests are refused', async () => {
  await expect(call('files.read', { file: 7 })).rejects.toThrow('wrong form');
  await expect(call('toString', {})).rejects.toThrow('unknown name');
  await expect(call('settings.set', { name: 'host.recentFiles', value: [] })).rejects.toThrow('wrong form');
});

test('a project is saved and read again, and nothing that was not chosen', async () => {
  const path = join(desktop.home, 'net.spikeloom');
  await answerDialogs({ file: path });
  const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
  const saved = await desktop.page.evaluate(
    (asked) =>
      (globalThis as unknown as { spikeloomHost: Bridge }).spikeloomHost.call('files.saveAs', {
        suggestedName: 'net.spikeloom',
        sort: asked,
        bytes: Uint8Array.of(1, 2, 3),
      }),
    sort,
  );
  expect(saved).toMatchObject({ ok: true, value: { file: { key: path } } });
  expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  const foreign = { key: '/etc/passwd', name: 'passwd', folder: '/etc' };
  expect(await call('files.read', { file: foreign })).toMatchObject({
    ok: false,
    problems: [{ code: 'file/not-allowed' }],
  });
});

test('the menu has the commands of the workbench, and runs them', async () => {
  const { app, page } = desktop;
  const labels = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
  await expect.poll(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'Run', 'View', 'Help']));
  const theme = () => page.evaluate(() => document.documentElement.outerHTML.slice(0, 200));
  const before = await theme();
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('view.theme')?.click());
  await expect.poll(theme).not.toBe(before);
});

test('with unsaved changes the person is asked; Cancel keeps the window, the other two close it', async () => {
  const { app, page } = desktop;
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await answerDialogs({ button: 2 });
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await close();
  await expect.poll(asked).toHaveLength(1);
  expect((await asked())[0]).toMatch(/^Save the changes to/);
  expect(page.isClosed()).toBe(false);
  await answerDialogs({ button: 1 });
  await close().catch(() => undefined);
  await expect.poll(() => page.isClosed()).toBe(true);
});

test('a page that crashes is loaded again with its work', async () => {
  const { app, page } = desktop;
  await answerDialogs({ button: 0 });
  const crashed = page.waitForEvent('crash');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await crashed;
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getTitle()), {
      timeout: 30_000,
    })
    .toMatch(/Spikeloom$/);
});

test('a project of the command line opens, and a second start hands its project over', async () => {
  const path = join(desktop.home, 'broken.spikeloom');
  await writeFile(path, 'no project');
  await desktop.app.evaluate(({ app }, file) => app.emit('second-instance', {}, ['spikeloom', file], '/'), path);
  await expect(desktop.page.getByRole('region', { name: 'Messages' })).toContainText('broken.spikeloom');
});
