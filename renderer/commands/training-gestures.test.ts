/** Marks of training and the objective: each gesture is one step that can be undone, and what is there already changes nothing. */
import { describe, expect, it } from 'vitest';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { insertElement } from './element-gestures.ts';
import {
  addObjective,
  objectivesOf,
  setTrained,
  trainedElements,
  trainMatrices,
  trainNothing,
} from './training-gestures.ts';

function bench() {
  const { services } = createTestWorkbench();
  const layer = insertElement(services, 'layers/rate-reservoir', { x: 0, y: 0 });
  const cells = insertElement(services, 'neurons/lif', { x: 300, y: 0 });
  const marks = () => trainedElements(services.document.getState().document).map(({ trainable }) => trainable);
  const steps = () => services.document.getState().history.length;
  return { services, layer, cells, marks, steps };
}

describe('marks of training', () => {
  it('given a parameter, then its mark comes and goes, and marking it again is no step', () => {
    const { services, layer, marks, steps } = bench();
    setTrained(services, [layer], 'W', true);
    setTrained(services, [layer], 'lr', true);
    expect(marks()).toEqual([['W', 'lr']]);
    const before = steps();
    setTrained(services, [layer], 'W', true);
    expect(steps()).toBe(before);
    setTrained(services, [layer], 'W', false);
    expect(marks()).toEqual([['lr']]);
  });

  it('given blocks, then all their matrices are marked in one step, and all marks go in one', () => {
    const { services, layer, cells, marks, steps } = bench();
    setTrained(services, [layer], 'lr', true);
    const before = steps();
    trainMatrices(services, [layer, cells]);
    expect(steps()).toBe(before + 1);
    expect(marks()).toEqual([['lr', 'W', 'Win', 'bias']]);
    trainNothing(services, [layer, cells]);
    expect(steps()).toBe(before + 2);
    expect(marks()).toEqual([]);
  });
});

describe('addObjective', () => {
  it('given a network, then an objective stands in it and is selected', () => {
    const { services } = bench();
    addObjective(services);
    const [objective] = objectivesOf(services.document.getState().document);
    expect(services.selection.getState().elements).toEqual([objective?.id]);
  });
});
