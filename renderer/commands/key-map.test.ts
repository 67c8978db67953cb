/** Key map: conflicts have owners, keys are given and taken, and no command is left unreachable. */
import { describe, expect, it } from 'vitest';
import {
  commandsByKeys,
  isKeyMap,
  keysOfCommand,
  ownersOf,
  refusedKeys,
  shownKeys,
  withKeys,
  withoutKeys,
  withUsualKeys,
} from './key-map.ts';
import { commandOf, commands } from './registry.ts';

const undo = commandOf('edit.undo');
const duplicate = commandOf('edit.duplicate');

describe('the usual keys', () => {
  it('given every command, then none of its keys has another owner where it is heard', () => {
    const doubled = commands.entries.flatMap((command) =>
      (command.keys ?? []).flatMap((keys) =>
        ownersOf({}, command, keys).map((owner) => `${keys}: ${command.id} and ${owner.id}`),
      ),
    );
    expect(doubled).toEqual([]);
  });

  it('given every command, then its keys are not refused for it', () => {
    const refused = commands.entries.filter((command) =>
      (command.keys ?? []).some((keys) => refusedKeys(command, keys) !== undefined),
    );
    expect(refused).toEqual([]);
  });
});

describe('other keys', () => {
  it('given keys of another command, then that one is the owner, and taking them leaves it without', () => {
    expect(ownersOf({}, undo, 'Mod+D')).toEqual([duplicate]);
    const chosen = withKeys({}, undo, 'Mod+D');
    expect(keysOfCommand(chosen, undo)).toEqual(['Mod+D']);
    expect(keysOfCommand(chosen, duplicate)).toEqual([]);
    expect(ownersOf(chosen, undo, 'Mod+D')).toEqual([]);
    expect(shownKeys(chosen, 'edit.duplicate')).toBeUndefined();
  });

  it('given the same key on the canvas and in the plots, then they do not meet; everywhere meets both', () => {
    const wire = commandOf('canvas.nextWire');
    expect(ownersOf({}, wire, 'W')).toEqual([]);
    expect(ownersOf({}, commandOf('run.step'), 'W').map(({ id }) => id)).toEqual(['canvas.nextWire', 'plots.zoomIn']);
  });

  it('given one of several keys taken, then the others stay', () => {
    const chosen = withKeys({}, duplicate, 'Mod+Y');
    expect(keysOfCommand(chosen, commandOf('edit.redo'))).toEqual(['Mod+Shift+Z']);
  });

  it('given a reset, then the usual keys are back and who had them gives them up', () => {
    const chosen = withKeys({}, duplicate, 'Mod+Z');
    expect(keysOfCommand(chosen, undo)).toEqual([]);
    const reset = withUsualKeys(chosen, undo);
    expect(keysOfCommand(reset, undo)).toEqual(['Mod+Z']);
    expect(keysOfCommand(reset, duplicate)).toEqual([]);
    expect(withUsualKeys(reset, duplicate)).toEqual({});
  });

  it('given no keys, then nothing is heard, and every command is still there to be found', () => {
    const none = commands.entries.reduce((chosen, command) => withoutKeys(chosen, command), {});
    expect(commandsByKeys(none).size).toBe(0);
  });

  it('given a sign for a command that works while typing, or the Tab key, then it is refused with the reason', () => {
    expect(refusedKeys(commandOf('file.save'), 'S')).toMatch(/while typing/);
    expect(refusedKeys(commandOf('file.save'), 'Mod+J')).toBeUndefined();
    expect(refusedKeys(undo, 'Shift+Tab')).toBeDefined();
  });

  it.each([
    [{ 'edit.undo': ['Mod+U'] }, true],
    [{}, true],
    [{ 'edit.undo': 'Mod+U' }, false],
    [{ 'edit.undo': [''] }, false],
    [['Mod+U'], false],
    [undefined, false],
  ])('given the setting %o, then it is a key map: %s', (value, expected) => {
    expect(isKeyMap(value)).toBe(expected);
  });
});
