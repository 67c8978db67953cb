/** A ready-made neuron turned into an equation block computes the same bits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { applyEdit } from '../../model/edits/apply-edit.ts';
import type { ParameterValue } from '../../model/value.ts';
import { validate } from '../../model/validate.ts';
import { elementDocument, prepared, runOn, type RunTrace } from '../library-models.test-support.ts';
import { catalogue } from '../library.ts';
import { adex } from './adex.ts';
import { lif } from './lif.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const methods = (kind: ElementKind): readonly string[] =>
  (kind.parameters.find(({ name }) => name === 'method')?.choices ?? []).map(({ value }) => value);

/** The kind with both its ports fed and spikes of its own coming back. */
function recurrentDocument(kind: ElementKind, parameters: Parameters, seed: number): SpikeloomDocument {
  const fed = elementDocument(kind, { everyPort: true, parameters, seed });
  const strong = { weight: { value: 2, unit: 'nA' } };
  const connections = Object.entries(fed.connections).map(([id, record]) => [id, { ...record, parameters: strong }]);
  const back = {
    id: 'back',
    kind: 'connectors/all-to-all',
    from: { element: 'subject', port: 'spikes' },
    to: { element: 'subject', port: 'synapses' },
    parameters: { weight: { value: 0.5, unit: 'nA' }, delay: { value: 1, unit: 'ms' } },
  };
  return {
    ...fed,
    run: { ...fed.run, timeStep: { value: 0.1, unit: 'ms' } },
    connections: { ...Object.fromEntries(connections), back },
  };
}

function turned(kind: ElementKind, document: SpikeloomDocument): SpikeloomDocument {
  const form = kind.asEquations?.(document.elements['subject']?.parameters ?? {});
  if (form === undefined) throw new Error(`${kind.id} has no equation form`);
  const { kind: to, parameters, inputs } = form;
  const edit = { type: 'element.setKind', id: 'subject', kind: to, parameters, inputs } as const;
  return expectOk(applyEdit(document, edit)).document;
}

/** What the probes recorded. */
function recorded(document: SpikeloomDocument, steps: number): RunTrace {
  const trace = runOn('wasm', prepared(document).program, steps);
  return Object.fromEntries(Object.entries(trace).filter(([name]) => name.startsWith('probe ')));
}

function expectSame(kind: ElementKind, parameters: Parameters, seed: number): number {
  const before = recurrentDocument(kind, parameters, seed);
  const after = turned(kind, before);
  expect(validate(after, catalogue).problems).toEqual([]);
  const [first, second] = [recorded(before, 600), recorded(after, 600)];
  expect(second).toEqual(first);
  return first['probe probe_spikes']?.length ?? 0;
}

const quantity = (value: number, unit: string): ParameterValue => ({ value, unit });

describe('a neuron as equations of one’s own', () => {
  it.each([lif, adex].flatMap((kind) => methods(kind).map((method) => [kind.title, method, kind] as const)))(
    '%s by %s: every recorded bit stays, while cells spike',
    (_title, method, kind) => {
      expect(expectSame(kind, { size: 7, method }, 3)).toBeGreaterThan(10);
    },
  );

  it('stays the same with values of single cells, drawn ones, and any refractory period', () => {
    const perCell = (low: number, high: number, unit: string): fc.Arbitrary<ParameterValue> =>
      fc.oneof(
        fc.double({ min: low, max: high, noNaN: true }).map((value) => quantity(value, unit)),
        fc
          .array(fc.double({ min: low, max: high, noNaN: true }), { minLength: 5, maxLength: 5 })
          .map((values) => ({ values, unit })),
        fc.constant({
          distribution: 'uniform',
          arguments: { low: quantity(low, unit) as never, high: quantity(high, unit) as never },
        }),
      );
    const parameters = fc.record({
      size: fc.constant(5),
      tau_mem: perCell(5, 30, 'ms'),
      tau_syn: perCell(1, 9, 'ms'),
      v_thresh: perCell(-55, -48, 'mV'),
      I_e: perCell(0, 1, 'nA'),
      refractory: fc.constantFrom(0, 0.1, 0.25, 2, 7).map((value) => quantity(value, 'ms')),
      method: fc.constantFrom(...methods(lif)),
    });
    fc.assert(
      fc.property(parameters, fc.nat(1000), (values, runSeed) => void expectSame(lif, values, runSeed)),
      { numRuns: 25 },
    );
  });

  it('says what is not the same: drawn starting values, and noise, which keeps its strength', () => {
    const deviation = quantity(3, 'mV');
    const noisy = lif.asEquations?.({ noise_std: deviation });
    expect(noisy?.differences).toEqual(['The noise is drawn anew, with the same strength.']);
    const spread = { distribution: 'normal', arguments: { mean: quantity(-60, 'mV'), deviation } } as ParameterValue;
    expect(lif.asEquations?.({ v_rest: spread })?.differences).toEqual([
      'The values of v at the start are drawn anew.',
    ]);
    const quiet = { size: 400, noise_std: deviation, v_thresh: quantity(0, 'mV') };
    const document = elementDocument(lif, { everyPort: false, parameters: quiet });
    const spreadOf = (trace: RunTrace): number => {
      const values = (trace['probe probe_v'] ?? []).slice(-400 * 50);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const ratio = spreadOf(recorded(turned(lif, document), 300)) / spreadOf(recorded(document, 300));
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });
});
