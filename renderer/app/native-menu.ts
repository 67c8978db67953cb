/** The native menu: the commands as they can be used now, told to the host whenever that changes. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { MenuGroup, MenuItem } from '../../engine/platform/host.ts';
import { commandGroups, type Command } from '../commands/command.ts';
import { shownKeys } from '../commands/key-map.ts';
import { commandOf, commands, isEnabled, runCommand } from '../commands/registry.ts';
import type { Services } from '../stores/services.ts';

/** Changes that follow each other faster are told once, milliseconds. */
const quiet = 150;

/** What the same words mean while a text is being written: the window's own editing, which the host knows by these names. */
const textCommands: Readonly<Record<string, string>> = {
  'edit.undo': 'text.undo',
  'edit.redo': 'text.redo',
  'edit.cut': 'text.cut',
  'edit.copy': 'text.copy',
  'edit.paste': 'text.paste',
  'edit.delete': 'text.delete',
  'edit.selectAll': 'text.selectAll',
};

/** The commands by group; `writing` = a text field has the keyboard. */
export function nativeMenu(services: Services, writing: boolean): readonly MenuGroup[] {
  return commandGroups
    .map((title) => ({
      title,
      items: commands.entries
        .filter(({ group }) => group === title)
        .map((command) => menuItem(command, services, writing)),
    }))
    .filter(({ items }) => items.length > 0);
}

function menuItem(command: Command, services: Services, writing: boolean): MenuItem {
  const text = writing ? textCommands[command.id] : undefined;
  return {
    command: text ?? command.id,
    title: command.title,
    keys: shownKeys(services.session.getState().keys, command.id),
    enabled: text !== undefined || isEnabled(command, services),
  };
}

/** Shows the menu where the host has one, keeps it true, and runs what is chosen in it. */
export function startNativeMenu(services: Services): Disposable {
  const owned = createDisposables();
  const { host, clock, document: project, selection, run, session } = services;
  if (host.kind === 'browser') return owned;
  let told = '';
  let waiting = false;
  const tell = (): void => {
    waiting = false;
    const menu = nativeMenu(services, isWriting());
    const text = JSON.stringify(menu);
    if (text !== told) host.window.setMenu(menu);
    told = text;
  };
  const wait = (): void => {
    if (waiting) return;
    waiting = true;
    void clock.wait(quiet).then(tell);
  };
  for (const stop of [project, selection, run, session].map((store) => store.subscribe(wait)))
    owned.add(disposable(stop));
  for (const name of ['focusin', 'focusout', 'selectionchange']) {
    document.addEventListener(name, wait);
    owned.add(disposable(() => document.removeEventListener(name, wait)));
  }
  owned.add(
    host.window.onCommand((id) => {
      if (commands.find(id) !== undefined) runCommand(commandOf(id), services);
    }),
  );
  tell();
  return owned;
}

function isWriting(): boolean {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement)) return false;
  return (
    focused.isContentEditable ||
    focused.matches('input:not([type="checkbox"], [type="radio"], [type="range"]), textarea')
  );
}
