/** The step of an element in the inspector: empty for that of the run, else one of its own. */
import { afterEach, describe, expect, it } from 'vitest';
import { insertElement } from '../commands/element-gestures.ts';
import { mount, type Mounted } from '../stores/mounted.test-support.tsx';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { Inspector } from './Inspector.tsx';

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('the step of an element', () => {
  it('is that of the run while the field is empty, and its own once it is typed', () => {
    const { services } = createTestWorkbench();
    const id = insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    const shown = mount(services, <Inspector />);
    mounted = shown;
    const field = (): HTMLInputElement => shown.find<HTMLInputElement>('input[aria-label="Step"]');
    const element = () => services.document.getState().document.elements[id ?? ''];
    expect([field().value, field().placeholder]).toEqual(['', '0.1 ms']);
    shown.enter(field(), '0.3');
    expect(element()?.timeStep).toEqual({ value: 0.3, unit: 'ms' });
    shown.enter(field(), '2 mV');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(element()?.timeStep).toEqual({ value: 0.3, unit: 'ms' });
    shown.enter(field(), '');
    expect(element()).not.toHaveProperty('timeStep');
  });
});
