/** Windows from opening to closing: prompts, crashes, standstill, place. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ClosingState } from '../../engine/platform/host.ts';
import { createTestDesktop } from './ipc-loopback.test-support.ts';
import type { TestDesktop } from './ipc-loopback.test-support.ts';
import type { DesktopParts } from './desktop.ts';

const ended: TestDesktop[] = [];
afterEach(async () => {
  for (const test of ended.splice(0)) await test.remove();
});

async function started(changed: Partial<DesktopParts> = {}): Promise<TestDesktop> {
  const test = await createTestDesktop(changed);
  ended.push(test);
  await test.desktop.start([], '/');
  return test;
}

/** A window whose page answers. */
async function answering(test: TestDesktop, state: ClosingState, saves = true): Promise<void> {
  const { host } = test.window();
  host.window.onClosing({ state: () => state, save: async () => saves });
  await host.settings.get('workbench');
}

const unsaved = { name: 'Net', unsaved: true, pending: false };

describe('closing', () => {
  it('asks the page and closes when there is nothing to save', async () => {
    const test = await started();
    await answering(test, { ...unsaved, unsaved: false });
    test.window().close();
    await expect.poll(() => test.window().log).toContain('destroy');
    expect(test.messages).toEqual([]);
  });

  it.each([
    ['Save', 0, true],
    ['Close without saving', 1, true],
    ['Cancel', 2, false],
  ])('with unsaved changes: %s', async (name, button, closes) => {
    const test = await started();
    test.press = () => button;
    await answering(test, unsaved);
    test.window().close();
    await expect.poll(() => test.messages).toHaveLength(1);
    expect(test.messages[0]?.buttons[button]).toBe(name);
    expect(test.messages[0]?.message).toContain('“Net”');
    expect(test.messages[0]?.detail).toContain('journal');
    if (closes) return expect.poll(() => test.window().log).toContain('destroy');
    await test.window().host.settings.get('workbench');
    return expect(test.window().log).not.toContain('destroy');
  });

  it('stays when saving failed', async () => {
    const test = await started();
    test.press = () => 0;
    let saved = 0;
    const { host } = test.window();
    host.window.onClosing({
      state: () => unsaved,
      async save() {
        saved += 1;
        return false;
      },
    });
    await host.settings.get('workbench');
    test.window().close();
    await expect.poll(() => saved).toBe(1);
    await host.settings.get('workbench');
    expect(test.window().log).not.toContain('destroy');
    // It can be closed again.
    test.window().close();
    await expect.poll(() => saved).toBe(2);
  });

  it('says that the latest edits would be lost when the journal does not hold them', async () => {
    const test = await started();
    await answering(test, { ...unsaved, unsaved: false, pending: true });
    test.window().close();
    await expect.poll(() => test.messages).toHaveLength(1);
    expect(test.messages[0]).toMatchObject({ type: 'warning', detail: expect.stringContaining('are lost') as string });
  });

  it('of a page that does not answer asks whether to wait', async () => {
    const test = await started();
    test.press = ({ buttons }) => buttons.indexOf('Close');
    test.window().close();
    await expect.poll(() => test.window().log, { timeout: 60_000 }).toContain('destroy');
    expect(test.messages.map(({ message }) => message)).toEqual(['The workbench does not answer.']);
  });
});

describe('a page that ends', () => {
  it('is loaded again, may write its journal again, and the person is told', async () => {
    const test = await started();
    const first = test.window().host;
    expect(await first.journal.claim('one', false)).toMatchObject({ value: true });
    expect((await first.journal.append('one', ['edit'])).ok).toBe(true);
    test.window().endPage({ reason: 'oom', exitCode: 5 });
    await expect.poll(() => test.messages).toHaveLength(1);
    expect(test.window().log).toContain('reload');
    expect(test.messages[0]?.detail).toContain('Reason: oom');
    const second = test.window().host;
    expect(second).not.toBe(first);
    expect(await second.journal.read('one')).toMatchObject({ value: ['edit'] });
    expect((await second.journal.append('one', ['stray'])).ok).toBe(false);
    expect(await second.journal.claim('one', false)).toMatchObject({ value: true });
    expect((await second.journal.append('one', ['next'])).ok).toBe(true);
  });

  it('again and again is loaded again only when the person wants that', async () => {
    const test = await started({ clock: { now: () => 1000 } });
    for (const _ of [1, 2, 3]) test.window().endPage({ reason: 'crashed', exitCode: 11 });
    await expect.poll(() => test.messages.map(({ buttons }) => buttons[0])).toContain('Load again');
    await expect.poll(() => test.window().log).toContain('destroy');
    expect(test.window().log.filter((entry) => entry === 'reload')).toHaveLength(2);
  });

  it('seldom is always loaded again', async () => {
    let now = 0;
    const test = await started({ clock: { now: () => (now += 100_000) } });
    for (const _ of [1, 2, 3, 4]) test.window().endPage({ reason: 'crashed', exitCode: 11 });
    expect(test.window().log.filter((entry) => entry === 'reload')).toHaveLength(4);
  });

  it('as it closes is not loaded again', async () => {
    const test = await started();
    test.window().endPage({ reason: 'clean-exit', exitCode: 0 });
    expect(test.window().log).not.toContain('reload');
  });
});

describe('a page that does not react', () => {
  it('is ended and so loaded again when the person wants that', async () => {
    const test = await started();
    test.press = ({ buttons }) => buttons.indexOf('Load again');
    test.window().tell('unresponsive');
    await expect.poll(() => test.window().log).toContain('forcefullyCrashRenderer');
  });

  it('is left alone when it reacts again before the answer: the box goes', async () => {
    const test = await started();
    test.press = ({ signal, buttons }) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(buttons.indexOf('Load again'))));
    test.window().tell('unresponsive');
    test.window().tell('unresponsive');
    expect(test.messages).toHaveLength(1);
    test.window().tell('responsive');
    await test.window().host.settings.get('workbench');
    expect(test.window().log).not.toContain('forcefullyCrashRenderer');
  });
});

describe('the place of the window', () => {
  it('is kept and taken again at the next start', async () => {
    const test = await started();
    test.window().bounds = { x: 50, y: 60, width: 1000, height: 700 };
    test.window().tell('move');
    await expect
      .poll(() => test.user.settings.get('host.window'), { timeout: 30_000 })
      .toEqual({ bounds: { x: 50, y: 60, width: 1000, height: 700 }, maximised: false });
    await test.desktop.openFile('/missing.spikeloom');
    test.window(0).destroy();
    await test.desktop.secondStart([], '/');
    expect(test.window(1).bounds).toEqual({ x: 50, y: 60, width: 1000, height: 700 });
  });
});

describe('the menu', () => {
  it('is that of the window used last, and its commands go there', async () => {
    const test = await started();
    const { host } = test.window();
    const chosen: string[] = [];
    host.window.onCommand((command) => chosen.push(command));
    host.window.setMenu([
      { title: 'Edit', items: [{ command: 'edit.undo', title: 'Undo', keys: 'Mod+Z', enabled: true }] },
    ]);
    const undo = () => test.menu.flatMap(({ submenu }) => submenu ?? []).find(({ id }) => id === 'edit.undo');
    await expect.poll(undo).toBeDefined();
    undo()?.click?.();
    await expect.poll(() => chosen).toEqual(['edit.undo']);
  });

  it('the page sets the title of its window', async () => {
    const test = await started();
    test.window().host.window.setTitle('Net – Spikeloom');
    await expect.poll(() => test.window().title).toBe('Net – Spikeloom');
  });
});
