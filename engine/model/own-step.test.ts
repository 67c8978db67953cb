/** Steps of elements: which may be, and what they bound. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { modelHash } from './model-hash.ts';
import { paceOf } from './own-step.ts';
import { fakeCatalogue } from './testing/fake-catalogue.test-support.ts';
import { sampleDocument } from './testing/fake-document.test-support.ts';
import { validate } from './validate.ts';
import type { Quantity } from '../units/quantity.ts';

const document = sampleDocument();
const run = { ...document.run, timeStep: { value: 0.1, unit: 'ms' } };

function paced(timeStep: Quantity) {
  return paceOf({ id: 'a', kind: 'k', name: 'Cells', parameters: {}, timeStep }, run, 1e-4);
}

describe('the step of an element', () => {
  it('is a whole multiple of that of the run, however it is written', () => {
    expect(expectOk(paced({ value: 0.3, unit: 'ms' }))).toEqual({ every: 3, timeStepSeconds: 3e-4 });
    expect(expectOk(paced({ value: 300, unit: 'us' }))).toEqual({ every: 3, timeStepSeconds: 3e-4 });
    expect(expectOk(paced({ value: 0.1, unit: 'ms' }))).toBeUndefined();
    expect(expectOk(paceOf({ id: 'a', kind: 'k', name: 'Cells', parameters: {} }, run, 1e-4))).toBeUndefined();
  });

  it.each([0.25, 0.05, 0, -0.2, 1e12])('may not be %s ms where the run has 0.1 ms', (value) => {
    const made = paced({ value, unit: 'ms' });
    expect(made.ok).toBe(false);
    expect(made.problems.map(({ code, message, at }) => [code, message, at])).toEqual([
      [
        'model/time-step',
        `The step of Cells is ${value} ms; it has to be a whole multiple of the run's time step, 0.1 ms.`,
        { element: 'a', path: 'timeStep' },
      ],
    ]);
  });

  it('has to be a time', () => {
    const [found] = paced({ value: 1, unit: 'mV' }).problems;
    expect([found?.code, found?.at]).toEqual(['model/parameter-dimension', { element: 'a', path: 'timeStep' }]);
  });

  it('is told of where the document is validated, and belongs to the model', () => {
    const timeStep = { value: 1.5, unit: 'ms' };
    const { document: edited } = expectOk(
      applyEdit({ ...document, run }, { type: 'element.setTimeStep', id: 'el_cells', timeStep }),
    );
    expect(modelHash(edited)).not.toBe(modelHash({ ...document, run }));
    const valid = expectOk(validate(edited, fakeCatalogue)).elements.find(({ record }) => record.id === 'el_cells');
    expect(valid?.pace).toEqual({ every: 15, timeStepSeconds: 0.0015 });
    const { document: back } = expectOk(
      applyEdit(edited, { type: 'element.setTimeStep', id: 'el_cells', timeStep: null }),
    );
    expect(modelHash(back)).toBe(modelHash({ ...document, run }));
    const wrong = { ...edited, run: { ...run, timeStep: { value: 1, unit: 'ms' } } };
    const codes = validate(wrong, fakeCatalogue).problems.map(({ code, at }) => [code, at?.path]);
    expect(codes).toContainEqual(['model/time-step', 'timeStep']);
  });
});
