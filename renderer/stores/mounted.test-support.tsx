/** Draws a part of the workbench in a test, over a test workbench. */
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { defined } from '../../engine/base/assert.ts';
import { ServicesContext, type Services } from './services.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

export interface Mounted {
  readonly host: HTMLElement;
  find<E extends Element = HTMLElement>(selector: string): E;
  findAll(selector: string): readonly HTMLElement[];
  /** Types into the field as a person does, and presses Enter unless told otherwise. */
  enter(field: HTMLInputElement, text: string, key?: string): void;
  click(element: Element): void;
  unmount(): void;
}

export function mount(services: Services, content: ReactNode): Mounted {
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  act(() => root.render(<ServicesContext value={services}>{content}</ServicesContext>));
  return {
    host,
    find: <E extends Element>(selector: string) => defined(host.querySelector<E>(selector), `an element ${selector}`),
    findAll: (selector) => [...host.querySelectorAll<HTMLElement>(selector)],
    enter(field, text, key = 'Enter') {
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      act(() => {
        setter?.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
      act(() => void field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
    },
    click: (element) =>
      act(() => void element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))),
    unmount() {
      act(() => root.unmount());
      host.remove();
    },
  };
}
