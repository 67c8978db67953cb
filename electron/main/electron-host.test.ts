/** The Host of the desktop window, from the page's bridge through Electron's channels to real files. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hostContract } from '../../engine/platform/host-contract.test-support.ts';
import type { Host } from '../../engine/platform/host.ts';
import { createTestDesktop } from './ipc-loopback.test-support.ts';
import type { TestDesktop } from './ipc-loopback.test-support.ts';

const project = { title: 'Spikeloom project', extensions: ['spikeloom'] };
const ended: TestDesktop[] = [];
afterEach(async () => {
  for (const test of ended.splice(0)) await test.remove();
});

async function started(): Promise<TestDesktop> {
  const test = await createTestDesktop();
  ended.push(test);
  await test.desktop.start([], '/');
  return test;
}

/** The host with a person who saves everything under the suggested name in the test's folder. */
function savingHost(test: TestDesktop): Host {
  const { host } = test.window();
  return {
    ...host,
    files: {
      ...host.files,
      saveAs(name, sort, bytes) {
        test.choices.push(join(test.folder, name));
        return host.files.saveAs(name, sort, bytes);
      },
    },
  };
}

describe('contract of the Host, over a loopback of the channels', () => {
  it.each(hostContract)('$name', async ({ check }) => {
    await check(savingHost(await started()));
  });
});

describe('files', () => {
  it('reads and writes what the person chose, and nothing that they did not', async () => {
    const test = await started();
    const { host } = test.window();
    const path = join(test.folder, 'net.spikeloom');
    await writeFile(path, 'content');
    const unchosen = { key: path, name: 'net.spikeloom', folder: test.folder };
    const before = [await host.files.read(unchosen), await host.files.save(unchosen, Uint8Array.of(1), undefined)];
    expect(before.map((result) => !result.ok && result.problems[0]?.code)).toEqual([
      'file/not-allowed',
      'file/not-allowed',
    ]);
    expect(await readFile(path, 'utf8')).toBe('content');
    test.choices.push(path);
    const opened = await host.files.open([project]);
    expect(opened.ok && opened.value?.file).toEqual(unchosen);
    expect((await host.files.save(unchosen, Uint8Array.of(1), undefined)).ok).toBe(true);
    expect([...(await readFile(path))]).toEqual([1]);
  });

  it('a cancelled dialog is no problem and changes nothing', async () => {
    const test = await started();
    const { host } = test.window();
    expect(await host.files.open([project])).toMatchObject({ ok: true, value: undefined });
    expect(await host.files.saveAs('a.spikeloom', project, Uint8Array.of(1))).toMatchObject({
      ok: true,
      value: undefined,
    });
  });

  it('a page cannot make a file one of the recent ones by writing the setting', async () => {
    const test = await started();
    const { host } = test.window();
    const stolen = { key: '/etc/passwd', name: 'passwd', folder: '/etc' };
    await expect(host.settings.set('host.recentFiles', [stolen])).rejects.toThrow('wrong form');
    await expect(host.settings.get('host.recentFiles')).rejects.toThrow('wrong form');
    expect(await host.files.read(stolen)).toMatchObject({ ok: false, problems: [{ code: 'file/not-allowed' }] });
  });

  it('a chosen file is told to the system and is among the recent ones of the menu', async () => {
    const test = await started();
    const saved = await savingHost(test).files.saveAs('net.spikeloom', project, Uint8Array.of(1));
    expect(saved.ok).toBe(true);
    expect(test.recentDocuments).toEqual([join(test.folder, 'net.spikeloom')]);
    test.window().tell('focus');
    await expect.poll(() => JSON.stringify(test.menu)).toContain('net.spikeloom – ');
  });
});

describe('addresses', () => {
  it('known sites are opened by the system, others are not', async () => {
    const test = await started();
    const { host } = test.window();
    expect((await host.openExternal('https://doi.org/10.1000/1')).ok).toBe(true);
    expect((await host.openExternal('https://doi.org.evil.example/')).ok).toBe(false);
    expect(test.openedAddresses).toEqual(['https://doi.org/10.1000/1']);
  });
});

describe('journals of two windows', () => {
  it('one window writes, the other takes over, and the first is told', async () => {
    const test = await started();
    const newWindow = () => test.menu.flatMap(({ submenu }) => submenu ?? []).find(({ id }) => id === 'newWindow');
    await expect.poll(newWindow).toBeDefined();
    newWindow()?.click?.();
    await expect.poll(() => test.windows.length).toBe(2);
    const [one, two] = [test.window(0).host, test.window(1).host];
    const taken: string[] = [];
    one.journal.onTaken((id) => taken.push(id));
    expect(await one.journal.claim('a', false)).toMatchObject({ value: true });
    expect(await two.journal.claim('a', false)).toMatchObject({ value: false });
    expect(await two.journal.claim('a', true)).toMatchObject({ value: true });
    await expect.poll(() => taken).toEqual(['a']);
    expect((await one.journal.append('a', ['x'])).ok).toBe(false);
    expect((await two.journal.append('a', ['y'])).ok).toBe(true);
    test.window(1).destroy();
    expect(await one.journal.claim('a', false)).toMatchObject({ value: true });
  });
});

describe('files that the system brings', () => {
  it('wait until the page listens, and come whole', async () => {
    const test = await createTestDesktop();
    ended.push(test);
    const path = join(test.folder, 'net.spikeloom');
    await writeFile(path, 'content');
    await test.desktop.start(['--enable-x', path, 'other.txt'], '/');
    const { host } = test.window();
    await host.settings.get('workbench');
    const opened: unknown[] = [];
    // The workbench is put together only after its first questions.
    host.window.onOpenFile((file) => opened.push(file));
    await expect.poll(() => opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({ ok: true, value: { file: { key: path, name: 'net.spikeloom' } } });
  });

  it('of a second start open in the window used last, which comes forward', async () => {
    const test = await started();
    const { host, log } = test.window();
    await host.settings.get('workbench');
    const opened: unknown[] = [];
    host.window.onOpenFile((file) => opened.push(file));
    await test.desktop.secondStart(['missing.spikeloom'], test.folder);
    await expect.poll(() => opened).toMatchObject([{ ok: false, problems: [{ code: 'file/not-found' }] }]);
    expect(log).toContain('focus');
    expect(test.windows).toHaveLength(1);
  });
});
