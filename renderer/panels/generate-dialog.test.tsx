/** Generating a matrix in the inspector: one edit with its recipe, which the dialog begins with the next time. */
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { insertElement } from '../commands/element-gestures.ts';
import { mount, type Mounted } from '../stores/mounted.test-support.tsx';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { Dialogs } from './Dialogs.tsx';

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

function dialogButton(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.dialog-actions button')];
  return found.find((button) => button.textContent === name) as HTMLButtonElement;
}

describe('Generate… at a matrix', () => {
  it('given Apply, then the matrix is set with its recipe in one step that can be undone', async () => {
    const { services } = createTestWorkbench();
    const id = insertElement(services, 'layers/liquid-reservoir', { x: 0, y: 0 });
    const shown = mount(
      services,
      <>
        <Inspector />
        <Dialogs />
      </>,
    );
    mounted = shown;
    const steps = services.document.getState().history.length;
    shown.click(shown.find('[data-parameter="W_rec"] .button'));
    await act(async () => undefined);
    expect(document.querySelector('.generate-preview')?.textContent).toBe('100 × 100');
    act(() => dialogButton('Apply').click());
    expect(services.session.getState().dialog).toBeUndefined();
    const { document: kept, history } = services.document.getState();
    const value = kept.elements[id ?? '']?.parameters['W_rec'] as { readonly array: string };
    expect(kept.arrays[value.array]).toMatchObject({ shape: [100, 100] });
    expect(kept.arrays[value.array]?.source).toBe(
      'random-reservoir: size = 100, distribution = uniform, connectivity = 0.1, spectral_radius = 0.9, seed = 1',
    );
    expect(history.length).toBe(steps + 1);
  });
});
