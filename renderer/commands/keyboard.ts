/** From key presses to commands. Typing in a field triggers none but the few meant for it; a button reached by keyboard keeps its Space and Enter. */
import { createDisposables, disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Services } from '../stores/services.ts';
import type { KeyMap } from '../stores/session-store.ts';
import type { Command, KeyPlace } from './command.ts';
import { commandsByKeys, placedKeys } from './key-map.ts';
import { keysOf, printsSign } from './key-press.ts';
import { regionOf } from './regions.ts';
import { runCommand } from './registry.ts';

/** Listens on the target until disposed. */
export function listenToKeys(target: EventTarget, services: Services, apple: boolean): Disposable {
  const owned = createDisposables();
  const find = finder(services);
  let pointed = false;
  const onKey = (event: Event): void => {
    pointed = false;
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return;
    const pressed = keysOf(event, apple);
    const command = pressed === undefined ? undefined : find(event.target, pressed);
    if (pressed === undefined || command === undefined || keepsKey(event, pressed, command)) return;
    if (press(services, command, event) || pressed.startsWith('Mod+')) event.preventDefault();
  };
  const listen = (name: string, listener: (event: Event) => void, capture = false): void => {
    target.addEventListener(name, listener, capture);
    owned.add(disposable(() => target.removeEventListener(name, listener, capture)));
  };
  listen('keydown', onKey);
  listen('pointerdown', () => (pointed = true), true);
  listen('click', () => pointed && giveBackKeys('button, a, [role="tab"], [role="switch"], summary'));
  listen('change', () => pointed && giveBackKeys('select, input[type="checkbox"]'));
  return owned;
}

/** Runs the command; a key that is held does it again only where that makes sense. */
function press(services: Services, command: Command, { repeat }: KeyboardEvent): boolean {
  return (repeat && command.repeats !== true) || runCommand(command, services);
}

/** After a press with the mouse the keys mean the workbench again: Space runs, and does not press the button once more. */
function giveBackKeys(pressable: string): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused.closest(overlays) !== null) return;
  if (focused.matches(pressable)) focused.blur();
}

const overlays = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Finds the command that keys mean at a place: what is meant there alone goes before what is meant everywhere. */
function finder({ session }: Services): (target: EventTarget | null, keys: string) => Command | undefined {
  let chosen: KeyMap | undefined;
  let byKeys: ReadonlyMap<string, Command> = new Map();
  return (target, keys) => {
    const now = session.getState().keys;
    if (now !== chosen) byKeys = commandsByKeys(now);
    chosen = now;
    for (const where of placesOf(target)) {
      const found = byKeys.get(placedKeys(where, keys));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Where the keyboard is. While nothing has the focus, keys mean the canvas. */
function placesOf(target: EventTarget | null): readonly (KeyPlace | undefined)[] {
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return ['canvas', undefined];
  if (target.closest(overlays) !== null) return [undefined];
  const region = regionOf(target);
  if (region === 'canvas') return ['canvas', undefined];
  if (region === 'plots' || region === 'time') return ['plots', 'panels', undefined];
  if (region !== undefined) return ['panels', undefined];
  return target.matches('body, html') ? ['canvas', undefined] : [undefined];
}

/** Whether the element that has the focus wants this key for itself. */
function keepsKey(event: KeyboardEvent, pressed: string, command: Command): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target === null) return false;
  const typing =
    target.isContentEditable || target.matches('input:not([type="checkbox"], [type="range"]), textarea, select');
  if (typing || target.closest(overlays) !== null) return command.whileTyping !== true || printsSign(pressed);
  const presses = target.closest('button, a, summary, input, [role="tab"], [role="switch"], [role="slider"]') !== null;
  return presses && (pressed === 'Space' || pressed === 'Enter');
}
