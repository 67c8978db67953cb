/** The native menu is told once per change, and what is chosen in it runs. */
import { afterEach, describe, expect, it } from 'vitest';
import type { MenuGroup } from '../../engine/platform/host.ts';
import { disposable } from '../../engine/base/disposable.ts';
import { insertElement } from '../commands/element-gestures.ts';
import { commands } from '../commands/registry.ts';
import { createFakeHost } from '../host/fake.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { nativeMenu, startNativeMenu } from './native-menu.ts';

function started() {
  const fake = createFakeHost();
  const menus: (readonly MenuGroup[])[] = [];
  let choose: (command: string) => void = () => undefined;
  const host = Object.assign(fake, {
    window: {
      ...fake.window,
      setMenu: (menu: readonly MenuGroup[]) => void menus.push(menu),
      onCommand(handler: (command: string) => void) {
        choose = handler;
        return disposable(() => (choose = () => undefined));
      },
    },
  });
  const { services } = createTestWorkbench(host);
  const running = startNativeMenu(services);
  return { services, host, menus, running, choose: (command: string) => choose(command) };
}

const itemOf = (menu: readonly MenuGroup[] | undefined, title: string) =>
  menu?.flatMap(({ items }) => items).find((item) => item.title === title);

afterEach(() => document.body.replaceChildren());

describe('native menu', () => {
  it('has every command once, in its group, with its keys', () => {
    const { menus, running } = started();
    const listed = menus[0]?.flatMap(({ items }) => items.map(({ command }) => command)) ?? [];
    expect([...listed].sort()).toEqual(commands.entries.map(({ id }) => id).sort());
    expect(itemOf(menus[0], 'Save')).toMatchObject({ command: 'file.save', keys: 'Mod+S', enabled: true });
    expect(itemOf(menus[0], 'Undo')).toMatchObject({ enabled: false });
    running.dispose();
  });

  it('is told again when a command can be used, once for many changes, and not for nothing', async () => {
    const { services, menus, running } = started();
    for (let index = 0; index < 20; index += 1) services.session.getState().change({ announcement: `${index}` });
    services.selection.getState().select(['a'], []);
    await expect.poll(() => menus.length).toBe(2);
    expect(itemOf(menus[1], 'Copy')?.enabled).toBe(true);
    running.dispose();
  });

  it('means the text while one is written', () => {
    const { services, running } = started();
    expect(itemOf(nativeMenu(services, true), 'Copy')).toMatchObject({ command: 'text.copy', enabled: true });
    expect(itemOf(nativeMenu(services, true), 'Save')).toMatchObject({ command: 'file.save' });
    running.dispose();
  });

  it('follows the keyboard into a text field', async () => {
    const { menus, running } = started();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await expect.poll(() => itemOf(menus.at(-1), 'Paste')?.command).toBe('text.paste');
    field.blur();
    await expect.poll(() => itemOf(menus.at(-1), 'Paste')?.command).toBe('edit.paste');
    running.dispose();
  });

  it('saves the network as a graph', async () => {
    const { services, host, choose, running } = started();
    await services.documents.newDocument();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    host.choose = 'net.dot';
    choose('file.saveGraph');
    await expect.poll(() => new TextDecoder().decode(host.stored.get('net.dot'))).toMatch(/^digraph [^]*LIF/);
    running.dispose();
  });

  it('runs what is chosen, refuses what cannot run now, and knows no others', () => {
    const { services, choose, running } = started();
    const before = services.session.getState().theme;
    choose('view.theme');
    expect(services.session.getState().theme).not.toBe(before);
    choose('edit.undo');
    choose('no.such.command');
    running.dispose();
  });
});
