/** After an edit a build takes over what it has drawn before, and only that. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { SignalContents } from '../build/program.ts';
import type { ParameterValue } from '../model/value.ts';
import { connectorDocument } from './library-models.test-support.ts';
import { sparseRandom } from './connectors/sparse-random.ts';
import { prepareRun } from './prepare-run.ts';

/** Long lists of numbers that the program holds, by signal. */
function contentsOf(parameters: Record<string, ParameterValue>, seed: number): Record<string, SignalContents> {
  const { program } = expectOk(prepareRun(connectorDocument(sparseRandom, [60, 50], parameters, seed)));
  const long = program.signals.filter(({ initial }) => typeof initial !== 'number' && initial.length > 50);
  return Object.fromEntries(long.map(({ name, initial }) => [name, initial as SignalContents]));
}

function normalWeight(mean: number): ParameterValue {
  const [unit, deviation] = ['nA', { value: 0.1, unit: 'nA' }];
  return { distribution: 'normal', arguments: { mean: { value: mean, unit }, deviation } };
}

const half = { value: 0.5, unit: '1' };

describe('after an edit', () => {
  const before = contentsOf({ weight: normalWeight(1), probability: half }, 1);

  it('of the delay, pairs and weights are those of the build before', () => {
    const delay = { value: 3, unit: 'ms' };
    const after = contentsOf({ weight: normalWeight(1), probability: half, delay }, 1);
    for (const name of ['starts', 'targets', 'weights']) {
      expect(before[name]).toBeDefined();
      expect(after[name]).toBe(before[name]);
    }
  });

  it('of the weight, only the pairs are', () => {
    const after = contentsOf({ weight: normalWeight(2), probability: half }, 1);
    expect(after['targets']).toBe(before['targets']);
    const [first = 0, edited = 0] = [before['weights']?.[0], after['weights']?.[0]];
    expect(edited - first).toBeCloseTo(1e-9, 20);
  });

  it.each([
    ['probability', { value: 0.6, unit: '1' }, 1],
    ['seed', half, 2],
  ] as const)('of the %s, nothing is', (_, probability, seed) => {
    const after = contentsOf({ weight: normalWeight(1), probability }, seed);
    expect(after['targets']).not.toEqual(before['targets']);
    expect(after['weights']).not.toEqual(before['weights']);
  });
});
