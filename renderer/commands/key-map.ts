/** Key map: which keys mean which command now – the usual ones, except where a person chose others. */
import { printsSign } from './key-press.ts';
import type { Command, KeyPlace } from './command.ts';
import { commandOf, commands } from './registry.ts';
import type { KeyMap } from '../stores/session-store.ts';

/** Whether something read from the settings is a key map; ids that no command has are harmless. */
export function isKeyMap(value: unknown): value is KeyMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (keys) => Array.isArray(keys) && keys.every((each) => typeof each === 'string' && each !== ''),
  );
}

/** All shortcuts of the command, the shown one first. */
export function keysOfCommand(chosen: KeyMap, command: Command): readonly string[] {
  return chosen[command.id] ?? command.keys ?? [];
}

/** The shortcut that menus, tooltips and lists show; undefined when the command has none. */
export function shownKeys(chosen: KeyMap, id: string): string | undefined {
  return keysOfCommand(chosen, commandOf(id))[0];
}

/** Commands by place and keys: `canvas C`, ` Mod+Z`. */
export function commandsByKeys(chosen: KeyMap): ReadonlyMap<string, Command> {
  const found = new Map<string, Command>();
  for (const command of commands.entries)
    for (const keys of keysOfCommand(chosen, command)) found.set(placedKeys(command.where, keys), command);
  return found;
}

export function placedKeys(where: KeyPlace | undefined, keys: string): string {
  return `${where ?? ''} ${keys}`;
}

/** Other commands that these keys mean already where this command would hear them. */
export function ownersOf(chosen: KeyMap, command: Command, keys: string): readonly Command[] {
  return commands.entries.filter(
    (other) =>
      other.id !== command.id && meet(other.where, command.where) && keysOfCommand(chosen, other).includes(keys),
  );
}

/** Plots are panels too, and what holds everywhere meets everything. */
function meet(left: KeyPlace | undefined, right: KeyPlace | undefined): boolean {
  if (left === undefined || right === undefined || left === right) return true;
  return left !== 'canvas' && right !== 'canvas';
}

/** Why the keys cannot be a shortcut of the command at all, as a sentence. */
export function refusedKeys(command: Command, keys: string): string | undefined {
  if (/(^|\+)(Tab|Dead|Unidentified|Process)$/.test(keys)) return 'This key has its own meaning everywhere.';
  if (command.whileTyping === true && printsSign(keys))
    return 'This command works while typing too, so its keys must hold Ctrl or Alt, or be a function key.';
  return undefined;
}

/** The command on these keys and no others; other commands give them up. */
export function withKeys(chosen: KeyMap, command: Command, keys: string): KeyMap {
  let next = without(chosen, command.id);
  for (const owner of ownersOf(chosen, command, keys))
    next = { ...next, [owner.id]: keysOfCommand(chosen, owner).filter((each) => each !== keys) };
  const usual = command.keys ?? [];
  return usual.length === 1 && usual[0] === keys ? next : { ...next, [command.id]: [keys] };
}

/** The command with no keys. */
export function withoutKeys(chosen: KeyMap, command: Command): KeyMap {
  return { ...chosen, [command.id]: [] };
}

/** The command on its usual keys; a command that holds one of them gives it up. */
export function withUsualKeys(chosen: KeyMap, command: Command): KeyMap {
  let next = without(chosen, command.id);
  for (const keys of command.keys ?? [])
    for (const owner of ownersOf(next, command, keys))
      next = { ...next, [owner.id]: keysOfCommand(next, owner).filter((each) => each !== keys) };
  return next;
}

/** Whether a person chose the keys of the command. */
export function isChosen(chosen: KeyMap, id: string): boolean {
  return Object.hasOwn(chosen, id);
}

function without(chosen: KeyMap, id: string): KeyMap {
  return Object.fromEntries(Object.entries(chosen).filter(([each]) => each !== id));
}
