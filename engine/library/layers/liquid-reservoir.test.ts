/** Recurrent weights of the liquid where none are given: the topology, its signs, its spectral radius. */
import { describe, expect, it } from 'vitest';
import { defined } from '../../base/assert.ts';
import type { ParameterValue } from '../../model/value.ts';
import { createMatrix } from '../../math/matrix.ts';
import { spectralRadius } from '../../math/spectral-radius.ts';
import { elementDocument, prepared } from '../library-models.test-support.ts';
import { prepareRun } from '../prepare-run.ts';
import { liquidReservoir } from './liquid-reservoir.ts';

const size = 60;
const documentOf = (parameters: Readonly<Record<string, ParameterValue>>) =>
  elementDocument(liquidReservoir, { everyPort: true, parameters: { size, ...parameters } });

function weightsOf(topology: string): Float64Array {
  const spectral = { value: 0.7, unit: '1' };
  const { program } = prepared(
    documentOf({ topology, spectral_radius: spectral, exc_ratio: { value: 0.5, unit: '1' } }),
  );
  const signal = defined(
    program.signals.find(({ id }) => id.endsWith('/W_rec')),
    'recurrent weights',
  );
  return Float64Array.from(signal.initial as ArrayLike<number>);
}

describe.each(['erdos_renyi', 'small_world', 'scale_free'])('a liquid of topology %s', (topology) => {
  const weights = weightsOf(topology);
  const edges = weights.filter((weight) => weight !== 0).length;

  it('has the spectral radius asked for and no contacts of a cell with itself', () => {
    expect(spectralRadius(createMatrix(size, size, weights))).toBeCloseTo(0.7, 9);
    expect(weights.every((weight, place) => place % (size + 1) !== 0 || weight === 0)).toBe(true);
  });

  it('has the number of contacts of its topology', () => {
    if (topology === 'small_world') return expect(edges).toBe(6 * size);
    if (topology === 'scale_free') return expect(edges).toBe(3 * 4 + 2 * 3 * (size - 4));
    const mean = 0.1 * size * (size - 1);
    expect(Math.abs(edges - mean)).toBeLessThan(5 * Math.sqrt(0.9 * mean));
  });

  it('has columns of one sign, as many positive ones as asked for', () => {
    const wrong = weights.filter((weight, place) => (place % size < size / 2 ? weight < 0 : weight > 0));
    expect(wrong).toHaveLength(0);
  });
});

it('refuses a scale-free liquid of fewer cells than attachments need', () => {
  const found = prepareRun(documentOf({ size: 3, topology: 'scale_free' }));
  expect(found.problems[0]).toMatchObject({ at: { path: 'parameters.topology' } });
  expect(found.problems[0]?.message).toContain('4');
});
