/** Keyboard: presses mean commands, except while typing. */
import { describe, expect, it } from 'vitest';
import { insertElement } from './element-gestures.ts';
import { keysOf } from './key-press.ts';
import { listenToKeys } from './keyboard.ts';
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
    [press('<', { code: 'Comma', shiftKey: true }), false, 'Shift+,'],
    [press(';', { code: 'Comma', shiftKey: true }), false, 'Shift+,'],
    [press(',', { code: 'Comma' }), false, ','],
    [press('p', { code: 'KeyP' }), false, 'P'],
    [press('Backspace'), false, 'Delete'],
  ])('given %o, then it is %s %s', (event, apple, keys) => {
    expect(keysOf(event, apple)).toBe(keys);
  });
});

describe('commands by key', () => {
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

  it('given keys of the canvas, then they mean it while nothing has the focus, and nothing in a panel', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    const listening = listenToKeys(window, services, false);
    const panel = document.body.appendChild(document.createElement('aside'));
    panel.className = 'inspector';
    panel.tabIndex = 0;
    fire(panel, 'c', { code: 'KeyC' });
    expect(services.session.getState().request).toBeUndefined();
    fire(panel, 'Escape');
    expect(services.session.getState().focus?.target).toBe('canvas');
    expect(services.selection.getState().elements).toHaveLength(1);
    fire(document.body, 'c', { code: 'KeyC' });
    expect(services.session.getState().request?.what).toBe('canvas.connect');
    fire(document.body, 'Escape');
    expect(services.selection.getState().elements).toEqual([]);
    listening.dispose();
    panel.remove();
  });

  it('given other keys for a command, then they run it and the usual ones do not', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    services.session.getState().change({ keys: { 'edit.undo': ['Mod+U'] } });
    const listening = listenToKeys(window, services, false);
    fire(document.body, 'z', { code: 'KeyZ', ctrlKey: true });
    expect(Object.keys(services.document.getState().document.elements)).toHaveLength(1);
    fire(document.body, 'u', { code: 'KeyU', ctrlKey: true });
    expect(services.document.getState().document.elements).toEqual({});
    listening.dispose();
  });

  it('given a button, when it was clicked, then Space means the workbench; when it was reached by keyboard, then the button', () => {
    const { services } = createTestWorkbench();
    const listening = listenToKeys(window, services, false);
    const button = document.body.appendChild(document.createElement('button'));
    button.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
    button.focus();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(document.activeElement).toBe(document.body);
    fire(button, 'Tab');
    button.focus();
    expect(fire(button, ' ', { code: 'Space' })).toBe(true);
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(document.activeElement).toBe(button);
    listening.dispose();
    button.remove();
  });

  it('given the arrow keys, then they go to the nearest block; with Alt they move it, a burst as one step of the history', () => {
    const { services: made } = createTestWorkbench();
    let now = 0;
    const services = { ...made, clock: { ...made.clock, now: () => now } };
    const [first, second, third] = [
      insertElement(services, 'neurons/lif', { x: 0, y: 0 }),
      insertElement(services, 'neurons/lif', { x: 300, y: 40 }),
      insertElement(services, 'neurons/lif', { x: 0, y: 400 }),
    ];
    services.selection.getState().clear();
    const listening = listenToKeys(window, services, false);
    const went = (key: string, more: KeyboardEventInit = {}): readonly string[] => {
      fire(document.body, key, more);
      return services.selection.getState().elements;
    };
    expect(went('ArrowDown')).toEqual([first]);
    expect(went('ArrowRight')).toEqual([second]);
    expect(went('ArrowRight')).toEqual([second]);
    expect(went('ArrowLeft')).toEqual([first]);
    expect(went('ArrowDown', { shiftKey: true })).toEqual([first, third]);
    const steps = services.document.getState().history.length;
    fire(document.body, 'ArrowRight', { altKey: true });
    fire(document.body, 'ArrowRight', { altKey: true });
    fire(document.body, 'ArrowDown', { altKey: true, shiftKey: true });
    const { positions } = services.document.getState().document.view;
    expect([positions[first], positions[third]]).toEqual([
      { x: 32, y: 4 },
      { x: 32, y: 404 },
    ]);
    expect(services.document.getState().history).toHaveLength(steps + 1);
    now += 5000;
    fire(document.body, 'ArrowRight', { altKey: true });
    expect(services.document.getState().history).toHaveLength(steps + 2);
    listening.dispose();
  });
});
