/** From key presses to commands. Typing in a field never triggers one, and a focused button keeps its Space and Enter. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { commands, runCommand } from './registry.ts';

/** Listens on the target until disposed. */
export function listenToKeys(target: EventTarget, services: Services, apple: boolean): Disposable {
  const byKeys = new Map<string, Command>();
  for (const command of commands.entries) for (const keys of command.keys ?? []) byKeys.set(keys, command);
  const onKey = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return;
    const pressed = keysOf(event, apple);
    const command = byKeys.get(pressed);
    if (command === undefined || keepsKey(event, pressed)) return;
    if (event.repeat && !repeats.has(command.id)) {
      event.preventDefault();
      return;
    }
    if (runCommand(command, services) || pressed.startsWith('Mod+')) event.preventDefault();
  };
  target.addEventListener('keydown', onKey);
  return disposable(() => target.removeEventListener('keydown', onKey));
}

/** Commands that a held key repeats. */
const repeats = new Set(['edit.undo', 'edit.redo', 'run.step']);

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The press in the writing of the registry: `Mod+Shift+Z`, `Space`, `.`, `?`. */
export function keysOf(press: Press, apple: boolean): string {
  const key = keyName(press);
  const held: readonly (readonly [boolean, string])[] = [
    [apple ? press.metaKey : press.ctrlKey, 'Mod'],
    [press.altKey, 'Alt'],
    [press.shiftKey && !printsShift(key), 'Shift'],
  ];
  return [...held.filter(([down]) => down).map(([, name]) => name), key].join('+');
}

const keyNames: Readonly<Record<string, string>> = { ' ': 'Space', Backspace: 'Delete', '>': '.' };

/** What the key prints; with a modifier held, letters by their place, so that no layout and no Alt changes them. */
function keyName({ key, code, ctrlKey, metaKey, altKey }: Press): string {
  if ((ctrlKey || metaKey || altKey) && /^Key[A-Z]$/.test(code)) return code.slice(3);
  if (code === 'Period') return '.';
  return keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Signs such as `?` and `[` are written as they are printed, whether Shift was needed for them or not. */
function printsShift(key: string): boolean {
  return key.length === 1 && !/[A-Z.]/.test(key);
}

/** Whether the element that has the focus wants this key for itself. */
function keepsKey(event: KeyboardEvent, pressed: string): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target === null) return false;
  const overlay = target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
  const typing =
    target.isContentEditable || target.matches('input:not([type="checkbox"], [type="range"]), textarea, select');
  if (overlay || typing) return !alwaysMeant.has(pressed);
  const presses = target.closest('button, a, summary, [role="tab"], [role="switch"], [role="slider"]') !== null;
  return presses && (pressed === 'Space' || pressed === 'Enter');
}

/** Shortcuts that mean the workbench even while typing. */
const alwaysMeant = new Set(['Mod+S', 'Mod+Shift+S', 'Mod+O', 'Mod+K']);
