/** The native menu shows the page's commands without taking its keys. */
import { describe, expect, it } from 'vitest';
import { acceleratorOf, menuTemplate } from './native-menu.ts';
import type { MenuActions, MenuTemplateItem } from './native-menu.ts';

const item = (command: string, keys?: string, enabled = true) => ({ command, title: command, keys, enabled });
const groups = [
  { title: 'File', items: [item('file.open', 'Mod+O')] },
  { title: 'Edit', items: [item('edit.undo', 'Mod+Z', false), item('text.copy', 'Mod+C')] },
  { title: 'View', items: [item('view.left', '[')] },
];
const recent = [{ key: '/a/R&D.spikeloom', name: 'R&D.spikeloom', folder: '/a' }];

function watched(): MenuActions & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    command: (id) => void done.push(id),
    newWindow: () => void done.push('new window'),
    openRecent: ({ key }) => void done.push(key),
  };
}

function flat(items: readonly MenuTemplateItem[]): MenuTemplateItem[] {
  return items.flatMap((entry) => [entry, ...flat(entry.submenu ?? [])]);
}

describe('menu', () => {
  it('has a group per group of the page, with what belongs to the system', () => {
    const template = menuTemplate({ groups, recent, apple: false }, watched());
    expect(template.map(({ label }) => label)).toEqual(['File', 'Edit', 'View']);
    expect(template[0]?.submenu?.map((entry) => entry.label ?? entry.role ?? entry.type)).toEqual([
      'file.open',
      'separator',
      'Open recent',
      'New window',
      'close',
      'quit',
    ]);
    expect(template[1]?.submenu).toMatchObject([{ label: 'edit.undo', enabled: false }, { role: 'copy' }]);
  });

  it('entries do what they say', () => {
    const actions = watched();
    for (const { click } of flat(menuTemplate({ groups, recent, apple: false }, actions))) click?.();
    expect(actions.done).toEqual(['file.open', '/a/R&D.spikeloom', 'new window', 'edit.undo', 'view.left']);
  });

  it('shows keys and takes none: they stay with the page', () => {
    const shown = flat(menuTemplate({ groups, recent, apple: false }, watched())).filter((entry) => entry.accelerator);
    expect(shown.map(({ accelerator }) => accelerator)).toEqual(['CmdOrCtrl+O', 'CmdOrCtrl+Z', 'CmdOrCtrl+C', '[']);
    expect(shown.every((entry) => entry.registerAccelerator === false)).toBe(true);
  });

  it('names of files are shown as they are', () => {
    const files = flat(menuTemplate({ groups, recent, apple: false }, watched())).find(({ id }) => id === 'recent');
    expect(files?.submenu).toMatchObject([{ label: 'R&&D.spikeloom – /a' }]);
    const none = flat(menuTemplate({ groups, recent: [], apple: false }, watched())).find(({ id }) => id === 'recent');
    expect(none?.enabled).toBe(false);
  });

  it('on a Mac has the menus of a Mac; before the page spoke, it can close and quit', () => {
    const apple = menuTemplate({ groups, recent, apple: true }, watched());
    expect([apple[0]?.role, apple.at(-1)?.role]).toEqual(['appMenu', 'windowMenu']);
    const early = menuTemplate({ groups: [], recent, apple: false }, watched());
    expect(flat(early).map(({ role }) => role)).toContain('quit');
  });
});

describe('keys as Electron writes them', () => {
  it.each([
    ['Mod+Shift+Z', 'CmdOrCtrl+Shift+Z'],
    ['Mod+Alt+ArrowUp', 'CmdOrCtrl+Alt+Up'],
    ['Space', 'Space'],
    ['.', '.'],
    ['Shift+.', 'Shift+.'],
    ['Delete', 'Delete'],
    ['?', '?'],
    ['F6', 'F6'],
    ['Shift+F10', 'Shift+F10'],
    ['Mod++', 'CmdOrCtrl+Plus'],
    ['+', 'Plus'],
    ['Mod+-', 'CmdOrCtrl+-'],
    [']', ']'],
    ['p', 'P'],
    ['Mod+ß', undefined],
    ['AudioVolumeUp', undefined],
    ['Hyper+Z', undefined],
    ['', undefined],
  ])('%s → %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator);
  });
});
