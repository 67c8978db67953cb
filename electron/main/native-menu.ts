/** The native menu: the commands of the page, what belongs to the system, and the recent files. */
import type { FileReference, MenuGroup, MenuItem } from '../../engine/platform/host.ts';

type Role =
  | 'appMenu'
  | 'windowMenu'
  | 'close'
  | 'quit'
  | 'togglefullscreen'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'delete'
  | 'selectAll';

/** What is used of Electron's menu templates. */
export interface MenuTemplateItem {
  id?: string;
  label?: string;
  role?: Role;
  type?: 'separator';
  enabled?: boolean;
  accelerator?: string;
  registerAccelerator?: boolean;
  submenu?: MenuTemplateItem[];
  click?: () => void;
}

export interface MenuActions {
  command(id: string): void;
  newWindow(): void;
  openRecent(file: FileReference): void;
}

export interface MenuContent {
  /** What the page of the focused window sent; [] until it did. */
  readonly groups: readonly MenuGroup[];
  readonly recent: readonly FileReference[];
  readonly apple: boolean;
}

/** Commands that the page sends in place of its own while a text field has the keyboard. */
const textRoles: Readonly<Record<string, Role>> = {
  'text.undo': 'undo',
  'text.redo': 'redo',
  'text.cut': 'cut',
  'text.copy': 'copy',
  'text.paste': 'paste',
  'text.delete': 'delete',
  'text.selectAll': 'selectAll',
};

const separator: MenuTemplateItem = { type: 'separator' };

/** The whole menu. The page's own keys stay with the page: the menu shows them and does not take them. */
export function menuTemplate({ groups, recent, apple }: MenuContent, actions: MenuActions): MenuTemplateItem[] {
  const own = groups.map(({ title, items }) => ({
    label: title,
    submenu: [
      ...items.map((item) => entryOf(item, actions)),
      ...(title === 'File' ? fileEntries(recent, apple, actions) : []),
      ...(title === 'View' ? [separator, { role: 'togglefullscreen' as const }] : []),
    ],
  }));
  const system = own.some(({ label }) => label === 'File')
    ? own
    : [{ label: 'File', submenu: fileEntries(recent, apple, actions) }, ...own];
  return apple ? [{ role: 'appMenu' }, ...system, { role: 'windowMenu' }] : system;
}

function entryOf({ command, title, keys, enabled }: MenuItem, actions: MenuActions): MenuTemplateItem {
  const role = textRoles[command];
  const accelerator = keys === undefined ? undefined : acceleratorOf(keys);
  const shown = accelerator === undefined ? {} : { accelerator, registerAccelerator: false };
  if (role !== undefined) return { id: command, label: title, role, ...shown };
  return { id: command, label: title, enabled, ...shown, click: () => actions.command(command) };
}

function fileEntries(recent: readonly FileReference[], apple: boolean, actions: MenuActions): MenuTemplateItem[] {
  const files = recent.map((file) => ({
    label: `${file.name} – ${file.folder}`.replaceAll('&', '&&'),
    click: () => actions.openRecent(file),
  }));
  return [
    separator,
    { id: 'recent', label: 'Open recent', enabled: files.length > 0, submenu: files },
    { id: 'newWindow', label: 'New window', click: () => actions.newWindow() },
    { role: 'close' },
    ...(apple ? [] : [{ role: 'quit' as const }]),
  ];
}

const modifiers: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  Ctrl: 'Ctrl',
  Shift: 'Shift',
  Alt: 'Alt',
  Meta: 'Meta',
};
const namedKeys: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Escape',
  Enter: 'Enter',
  Space: 'Space',
  Tab: 'Tab',
  Delete: 'Delete',
  Backspace: 'Backspace',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  '+': 'Plus',
};

/** `Mod+Shift+Z` as Electron writes it; undefined for keys that it has no name for, which the menu then does not show. */
export function acceleratorOf(keys: string): string | undefined {
  const parts = keys === '+' ? ['+'] : keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
  const key = parts.pop() ?? '';
  const plain = /^([A-Z0-9]|F([1-9]|1[0-9]|2[0-4])|[!-*,-/:-@[-`{-~])$/i.test(key) ? key.toUpperCase() : undefined;
  const last = namedKeys[key] ?? plain;
  const held = parts.map((part) => modifiers[part]);
  if (last === undefined || held.includes(undefined)) return undefined;
  return [...held, last].join('+');
}
