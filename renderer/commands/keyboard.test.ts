/** Keyboard: presses mean commands, except while typing. */
import { describe, expect, it } from 'vitest';
import { insertElement } from './element-gestures.ts';
import { keysOf, listenToKeys } from './keyboard.ts';
import { commands } from './registry.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('the writing of a press', () => {
  it.each([
    [press('z', { code: 'KeyZ', ctrlKey: true }), false, 'Mod+Z'],
    [press('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true }), false, 'Mod+Shift+Z'],
    [press('z', { code: 'KeyZ', metaKey: true }), true, 'Mod+Z'],
    [press('˜', { code: 'KeyN', metaKey: true, altKey: true }), true, 'Mod+Alt+N'],
    [press(' ', { code: 'Space' }), false, 'Space'],
    [press('?', { code: 'Slash', shiftKey: true }), false, '?'],
    [press('[', { code: 'BracketLeft' }), false, '['],
    [press('.', { code: 'Period' }), false, '.'],
    [press('>', { code: 'Period', shiftKey: true }), false, 'Shift+.'],
    [press('p', { code: 'KeyP' }), false, 'P'],
    [press('Backspace'), false, 'Delete'],
  ])('given %o, then it is %s %s', (event, apple, keys) => {
    expect(keysOf(event, apple)).toBe(keys);
  });
});

describe('commands by key', () => {
  it('given the registry, then no two commands have the same keys', () => {
    const keys = commands.entries.flatMap((command) => command.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  const fire = (target: EventTarget, key: string, more: KeyboardEventInit = {}): boolean =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

  it('given Ctrl+Z on the page, then the last edit is undone; given it in a field, then the field keeps it', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    const listening = listenToKeys(window, services, false);
    const field = document.body.appendChild(document.createElement('input'));
    fire(field, 'z', { code: 'KeyZ', ctrlKey: true });
    fire(field, 'Delete');
    expect(Object.keys(services.document.getState().document.elements)).toHaveLength(1);
    fire(document.body, 'z', { code: 'KeyZ', ctrlKey: true });
    expect(services.document.getState().document.elements).toEqual({});
    listening.dispose();
    fire(document.body, 'y', { code: 'KeyY', ctrlKey: true });
    expect(services.document.getState().document.elements).toEqual({});
    field.remove();
  });

  it('given Delete, duplicate and select all, then they act on the selection', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    const listening = listenToKeys(window, services, false);
    fire(document.body, 'd', { code: 'KeyD', ctrlKey: true });
    expect(Object.values(services.document.getState().document.elements).map((each) => each.name)).toEqual([
      'LIF',
      'LIF 2',
    ]);
    fire(document.body, 'a', { code: 'KeyA', ctrlKey: true });
    fire(document.body, 'Backspace');
    expect(services.document.getState().document.elements).toEqual({});
    listening.dispose();
  });
});
