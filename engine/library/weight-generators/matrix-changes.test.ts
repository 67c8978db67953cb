/** Changes of a given matrix: each with a result worked out by hand, and what each refuses. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { createMatrix } from '../../math/matrix.ts';
import { spectralRadius } from '../../math/spectral-radius.ts';
import type { NumericArray } from '../../model/validated.ts';
import { changedRecipeText, readRecipe, type GeneratorArguments } from '../../model/weight-generator.ts';
import { matrixChanges } from './matrix-changes.ts';
import { weightGenerators } from './weight-generators.ts';

const array = (rows: number, columns: number, ...values: number[]): NumericArray => ({
  shape: [rows, columns],
  values: Float64Array.from(values),
});
const square = array(3, 3, 0, 0.9, -0.4, 0.3, 0, 0, -0.2, 0.61, 0);

function change(id: string, given: GeneratorArguments, ...matrices: readonly NumericArray[]) {
  const found = weightGenerators.find(id);
  if (found === undefined) throw new Error(`no change ${id}`);
  return found.generate(given, 4, matrices);
}

const valuesOf = (id: string, given: GeneratorArguments, ...matrices: readonly NumericArray[]) => [
  ...expectOk(change(id, given, ...matrices)).values,
];

describe('changes of a matrix', () => {
  it('given a factor, then every weight is multiplied', () => {
    expect(valuesOf('scale', { factor: -2 }, array(1, 2, 1.5, -3))).toEqual([-3, 6]);
  });

  it('given a spectral radius, then the result has it and the same proportions', () => {
    const { values } = expectOk(change('scale-to-radius', { spectral_radius: 1.3 }, square));
    expect(spectralRadius(createMatrix(3, 3, Float64Array.from(values)))).toBeCloseTo(1.3, 12);
    expect((values[1] as number) / (values[3] as number)).toBeCloseTo(3, 12);
  });

  it('given three contacts at most, then weights are whole numbers of the strongest divided by three', () => {
    const contacts = valuesOf('discretise', { most_contacts: 3, result: 'contacts' }, square);
    expect(contacts).toEqual([0, 3, -3, 1, 0, 0, -2, 2, 0]);
    const weights = valuesOf('discretise', { most_contacts: 3 }, square);
    contacts.forEach((count, place) => expect(weights[place]).toBeCloseTo(count * (count < 0 ? 0.4 / 3 : 0.3), 12));
    expect(change('discretise', { most_inputs: 1 }, square).ok).toBe(false);
  });

  it('given contacts to add, then every column has so many more, none on the diagonal', () => {
    const values = valuesOf('long-range', { contacts: 2, repeated: false }, array(3, 3, ...Array(9).fill(0)));
    expect(values).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
    expect(change('long-range', { contacts: 3, repeated: false }, square).ok).toBe(false);
  });

  it('given a feed-forward matrix, then it stands above the recurrent one and nothing leads to inputs', () => {
    const stacked = expectOk(change('stack', {}, array(2, 2, 1, 2, 3, 4), array(1, 2, 8, 9)));
    expect(stacked).toMatchObject({ shape: [3, 3] });
    expect([...stacked.values]).toEqual([0, 8, 9, 0, 1, 2, 0, 3, 4]);
    expect(change('stack', {}, array(2, 2, 1, 2, 3, 4))).toMatchObject({ ok: false });
    expect(change('stack', {}, array(2, 2, 1, 2, 3, 4), square)).toMatchObject({ ok: false });
  });

  it('given a mode of one sign, then its eigenvalue is taken out and the others stay', () => {
    // W − 1 has the vectors (1, 1) with eigenvalue 0.5 and (1, −1) with −1.5.
    const wiped = valuesOf('wipe-modes', {}, array(2, 2, 0.5, 1, 1, 0.5));
    // What is left: −1.5 on (1, −1), and 1 added to the diagonal; times 30.
    [0.25, 0.75, 0.75, 0.25].forEach((value, place) => expect(wiped[place]).toBeCloseTo(30 * value, 9));
    expect(change('wipe-modes', { inhibitory: '0-7' }, square)).toMatchObject({ ok: false });
    expect(change('wipe-modes', { inhibitory: 'two' }, square)).toMatchObject({ ok: false });
    expect(change('wipe-modes', {}, array(1, 2, 1, 2))).toMatchObject({ ok: false });
  });

  it.each(matrixChanges.map(({ id }) => id))('given nothing to change, then %s is refused', (id) => {
    const refused = change(id, {});
    expect(refused.ok).toBe(false);
    expect(refused.problems.map(({ code }) => code)).toEqual(
      weightGenerators.find(id)?.takes?.map(() => 'generator/invalid'),
    );
  });

  it('given a change, then its source tells where the matrix came from and is no recipe to begin with', () => {
    const recipe = { generator: 'discretise', given: { most_contacts: 3 }, seed: 1 };
    const source = changedRecipeText(recipe, 'ring: size = 10, weight = 1, seed = 1');
    expect(source).toBe('discretise: most_contacts = 3, seed = 1 ← ring: size = 10, weight = 1, seed = 1');
    expect(readRecipe(source, weightGenerators)).toBeUndefined();
  });
});

describe('partitions with few contacts between them', () => {
  it('given sizes, then every cell has its contacts inside and outside', () => {
    const { shape, values } = expectOk(change('sparse-partitions', { partitions: '5 3 4', inside: 2, between: 3 }));
    expect(shape).toEqual([12, 12]);
    const partitionOf = (cell: number): number => (cell < 5 ? 0 : cell < 8 ? 1 : 2);
    for (let to = 0; to < 12; to += 1) {
      const givers = [...values.keys()].filter((place) => values[place] === 1 && place % 12 === to);
      const inside = givers.filter((place) => partitionOf(Math.floor(place / 12)) === partitionOf(to));
      expect([inside.length, givers.length]).toEqual([2, 5]);
    }
  });

  it('given more contacts than there are cells, then it is refused', () => {
    for (const given of [{ inside: 4 }, { between: 8 }, { partitions: '' }, { partitions: '5 0' }, { partitions: 'x' }])
      expect(change('sparse-partitions', { partitions: '5 3 4', inside: 2, between: 3, ...given }).ok).toBe(false);
  });
});
