import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readRecipe, recipeText, type WeightGenerator } from '../../model/weight-generator.ts';
import { createMatrix } from '../../math/matrix.ts';
import { spectralRadius } from '../../math/spectral-radius.ts';
import { weightGenerators } from './weight-generators.ts';

const entries = weightGenerators.entries
  .filter(({ takes }) => takes === undefined)
  .map((generator) => [generator.id, generator] as const);

/** Small arguments, so that all generators are tried quickly. */
function small({ parameters }: WeightGenerator) {
  const large = new Set([
    'size',
    'rows',
    'columns',
    'excitatory',
    'inhibitory',
    'inputs',
    'cells',
    'recurrent',
    'nodes',
  ]);
  return Object.fromEntries(parameters.filter(({ name }) => large.has(name)).map(({ name }) => [name, 24]));
}

describe.each(entries)('%s', (_, generator) => {
  const given = { ...small(generator), ...(generator.id === 'fixed-degree' ? { degree: 5 } : {}) };

  it('gives finite numbers of its shape, the same for the same seed', () => {
    const { shape, values } = expectOk(generator.generate(given, 3));
    expect(values.length).toBe((shape[0] as number) * (shape[1] as number));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values.some((value) => value !== 0)).toBe(true);
    expect(expectOk(generator.generate(given, 3)).values).toEqual(values);
  });

  it('says whether another seed gives another matrix', () => {
    const [one, other] = [3, 4].map((seed) => [...expectOk(generator.generate(given, seed)).values]);
    if (generator.fixed === true) expect(other).toEqual(one);
    else expect(other).not.toEqual(one);
  });

  it('has the spectral radius it is asked for', () => {
    const asked =
      generator.parameters.some(({ name }) => name === 'spectral_radius') && generator.id !== 'fast-spectral';
    const { shape, values } = expectOk(
      generator.generate({ ...given, ...(asked ? { spectral_radius: 1.25 } : {}) }, 5),
    );
    if (asked)
      expect(spectralRadius(createMatrix(shape[0] as number, shape[1] as number, values))).toBeCloseTo(1.25, 9);
    else expect(values.length).toBeGreaterThan(0);
  });

  it('refuses what is out of range, and arguments that it does not have', () => {
    const numbers = generator.parameters.filter(({ type }) => type === 'integer' || type === 'quantity');
    const bounded = numbers.filter(({ minimum, name }) => minimum !== undefined && name !== 'bits');
    for (const { name } of bounded) {
      const refused = generator.generate({ ...given, [name]: -1 }, 1);
      expect(refused.ok, name).toBe(false);
      if (!refused.ok) expect(refused.problems[0]).toMatchObject({ code: 'generator/invalid' });
    }
    expect(generator.generate({ ...given, other: 1 }, 1).ok).toBe(false);
  });

  it('is told by a recipe that can be read again', () => {
    const defaults = Object.fromEntries(generator.parameters.map((spec) => [spec.name, spec.default ?? 0]));
    const recipe = { generator: generator.id, given: defaults, seed: 12 };
    expect(readRecipe(recipeText(recipe), weightGenerators)).toEqual(recipe);
  });
});

describe('weight generators', () => {
  it('read no recipe from other sources', () => {
    expect(readRecipe('weights.npz', weightGenerators)).toBeUndefined();
    expect(readRecipe(undefined, weightGenerators)).toBeUndefined();
  });
});
