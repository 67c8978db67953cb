/** Gradients through synapses with equations of their own: finite differences by what synapses remember at the start. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import { connectorDocument, prepared } from '../library/library-models.test-support.ts';
import { connectorKinds } from '../library/library.ts';
import { createGradientRun, type Loss } from '../training/gradient-run.ts';

const steps = 30;

/** Half the sum of squares of the potentials, in millivolts from rest. */
const loss: Loss = (outcome) => {
  const v = outcome('target/v').map((value) => 1e3 * (value + 0.06));
  return {
    value: 0.5 * v.reduce((sum, value) => sum + value * value, 0),
    slopes: new Map([['target/v', v.map((value) => 1e3 * value)]]),
  };
};

describe.each([
  ['stdp', ['s', 'apre', 'apost']],
  ['tsodyks-markram', ['u', 'r']],
])('synapses of %s', (synapse, states) => {
  const kind = defined(connectorKinds.find('connectors/all-to-all'), 'all to all');
  const parameters = { synapse, weight: { value: 0.05, unit: 'nA' } };
  const { program } = prepared(connectorDocument(kind, [6, 5], parameters));
  const wrt = states.map((name) => `projection/${name}`);

  it('have gradients that agree with finite differences, by what they remember', () => {
    const request = { program, target: 'wasm', memory: nodeMemory, steps, wrt, observed: ['target/v'] } as const;
    const run = expectOk(createGradientRun(request));
    const start = Float64Array.from({ length: 30 }, (_, place) => 0.3 + 0.2 * Math.cos(place));
    for (const id of wrt) run.write(id, start);
    const { gradients } = expectOk(run.evaluate(loss));
    for (const id of wrt) {
      const slopes = defined(gradients.get(id), id);
      const most = Math.max(...slopes.map(Math.abs));
      expect(most).toBeGreaterThan(1e-6);
      const at = (place: number, far: number): number => {
        run.write(
          id,
          start.map((value, index) => (index === place ? value + far : value)),
        );
        return expectOk(run.evaluate(loss)).value;
      };
      for (const place of [0, 7, 18, 29]) {
        const wanted = (at(place, 1e-5) - at(place, -1e-5)) / 2e-5;
        expect(Math.abs((slopes[place] as number) - wanted), `${id}[${place}]`).toBeLessThan(1e-5 * most);
      }
      run.write(id, start);
    }
  });
});
