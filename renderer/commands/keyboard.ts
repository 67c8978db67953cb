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

/** The press in the writing of the registry: `Mod+Shift+Z`, `Space`, `.`, `?`. */
export function keysOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, apple: boolean): string {
  const letter = /^Key[A-Z]$/.test(event.code) && (event.ctrlKey || event.metaKey || event.altKey);
  const key = letter ? event.code.slice(3) : event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const printsItself = !letter && event.key.length === 1 && event.key !== ' ' && !/[a-z.]/i.test(event.key) && event.key !== '>';
  const named = key === 'Backspace' ? 'Delete' : key === '>' || (event.code === 'Period' && event.shiftKey) ? '.' : key;
  const parts = [
    (apple ? event.metaKey : event.ctrlKey) ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !printsItself ? 'Shift' : '',
    named,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Whether the element that has the focus wants this key for itself. */
function keepsKey(event: KeyboardEvent, pressed: string): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target === null) return false;
  const overlay = target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
  const typing = target.isContentEditable || target.matches('input:not([type="checkbox"], [type="range"]), textarea, select');
  if (overlay || typing) return !alwaysMeant.has(pressed);
  const presses = target.closest('button, a, summary, [role="tab"], [role="switch"], [role="slider"]') !== null;
  return presses && (pressed === 'Space' || pressed === 'Enter');
}

/** Shortcuts that mean the workbench even while typing. */
const alwaysMeant = new Set(['Mod+S', 'Mod+Shift+S', 'Mod+O', 'Mod+K']);
