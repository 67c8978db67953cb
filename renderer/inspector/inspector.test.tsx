/** Inspector: typed quantities, lists, several blocks. */
import { act } from 'react';
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

/** An inspector on a selected population. */
function withPopulation() {
  const { services } = createTestWorkbench();
  const id = insertElement(services, 'neurons/lif', { x: 0, y: 0 });
  const shown = mount(services, <Inspector />);
  mounted = shown;
  const field = (name: string): HTMLInputElement =>
    shown.find<HTMLInputElement>(`[data-parameter="${name}"] input[type="text"]`);
  const stored = (name: string) => services.document.getState().document.elements[id]?.parameters[name];
  return { services, shown, id, field, stored };
}

describe('a quantity', () => {
  it('given a number with a unit and Enter, then the document holds what was typed', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '300 pA');
    expect(stored('I_e')).toEqual({ value: 300, unit: 'pA' });
    expect(field('I_e').value).toBe('300');
  });

  it('given a bare number, then it takes the unit that is shown', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '300 pA');
    shown.enter(field('I_e'), '250');
    expect(stored('I_e')).toEqual({ value: 250, unit: 'pA' });
  });

  it('given a voltage for a current, then the entry stays, says why naming both, and the hint corrects it', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '10 mV');
    expect(stored('I_e')).toBeUndefined();
    expect(field('I_e').value).toBe('10 mV');
    expect(field('I_e').getAttribute('aria-invalid')).toBe('true');
    const reason = shown.find('.entry-reason').textContent;
    expect(reason).toContain('volt');
    expect(reason).toContain('ampere');
    shown.click(shown.find('.entry-offer'));
    expect(stored('I_e')).toEqual({ value: 10, unit: 'mA' });
    expect(shown.findAll('.entry-reason')).toEqual([]);
  });

  it('given an entry that is left with the keyboard, then it counts without Enter', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '1 nA', 'Tab');
    act(() => void field('I_e').dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
    expect(stored('I_e')).toEqual({ value: 1, unit: 'nA' });
  });

  it('given Escape, then the entry is forgotten', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '5 nA', 'Escape');
    expect(stored('I_e')).toBeUndefined();
    expect(field('I_e').value).toBe('0');
  });

  it('given a number outside the range, then it is refused', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('size'), '0');
    expect(stored('size')).toBeUndefined();
    expect(shown.find('.entry-reason').textContent).toContain('at least 1');
  });

  it('given a changed value, when its reset mark is pressed, then the default is back', () => {
    const { shown, field, stored } = withPopulation();
    shown.enter(field('I_e'), '300 pA');
    shown.click(shown.find('[data-parameter="I_e"] .parameter-reset'));
    expect(stored('I_e')).toBeUndefined();
    expect(field('I_e').value).toBe('0');
  });

  it('given a refused entry, when the value changes elsewhere, then the field shows that', () => {
    const { services, shown, field } = withPopulation();
    shown.enter(field('I_e'), '300 pA');
    shown.enter(field('I_e'), 'nonsense');
    expect(field('I_e').value).toBe('nonsense');
    act(() => services.documents.undo());
    expect(field('I_e').value).toBe('0');
  });
});

describe('several blocks', () => {
  it('given two populations, when a shared value is entered, then both have it and one undo takes it back', () => {
    const { services, shown, field } = withPopulation();
    let second = '';
    act(() => {
      second = insertElement(services, 'neurons/lif', { x: 300, y: 0 });
    });
    act(() => services.selection.getState().select(Object.keys(services.document.getState().document.elements)));
    shown.enter(field('tau_mem'), '30 ms');
    const values = Object.values(services.document.getState().document.elements).map(
      (each) => each.parameters['tau_mem'],
    );
    expect(values).toEqual([
      { value: 30, unit: 'ms' },
      { value: 30, unit: 'ms' },
    ]);
    act(() => services.documents.undo());
    expect(services.document.getState().document.elements[second]?.parameters).toEqual({});
  });
});

describe('run settings', () => {
  it('given nothing selected, then time step, duration, seed and speed can be set', () => {
    const { services, shown } = withPopulation();
    act(() => services.selection.getState().clear());
    const field = (label: string) => shown.find<HTMLInputElement>(`input[aria-label="${label}"]`);
    shown.enter(field('Time step'), '50 us');
    shown.enter(field('Duration'), '3 s');
    shown.enter(field('Run seed'), '42');
    shown.enter(field('Speed'), '');
    expect(services.document.getState().document.run).toEqual({
      timeStep: { value: 50, unit: 'us' },
      duration: { value: 3, unit: 's' },
      seed: 42,
      speed: null,
    });
  });
});
