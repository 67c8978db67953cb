import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk, type Result } from '../base/result.ts';
import { createMatrix, multiplyMatrices, transpose } from '../math/matrix.ts';
import { eigenvalues, eigenvectorsOf } from '../math/eigenvalues.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import { balancedEiNetwork } from './balanced-ei.ts';
import { flexibleReservoir } from './chip-reservoirs.ts';
import { digitalWeights, dynapseWeights } from './chip-weights.ts';
import { chooseSeveral, shuffledNumbers } from './choices.ts';
import { clusteredMatrix } from './clustered-matrix.ts';
import { discretiseWeights } from './discretise.ts';
import { fixedDegreeMatrix } from './fixed-degree.ts';
import { normalDraw, uniformDraw } from './draws.ts';
import { henonMap } from './henon-map.ts';
import { logisticMap } from './logistic-map.ts';
import { addLongRange } from './long-range.ts';
import { neighbourChain } from './neighbour-chain.ts';
import { neighbourGrid } from './neighbour-grid.ts';
import { orthogonalMatrix } from './orthogonal-matrix.ts';
import { partitionedReservoir } from './partitioned-reservoir.ts';
import { rewiredRing } from './rewired-ring.ts';
import { scaleFree } from './scale-free.ts';
import { smallWorld } from './small-world.ts';
import { sparseEiNetwork } from './sparse-ei.ts';
import { constantMatrix } from './sparse-matrix.ts';
import { stackMatrices } from './stack-matrices.ts';
import { wipeUnswitchingModes } from './wipe-eigenvalues.ts';

const source = (seed = 1) => createUniformSource(seed);

/** What a refusal says. */
function said(result: Result<unknown>): string {
  return result.ok ? 'accepted' : result.problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

describe('choices', () => {
  it('shuffle evenly and choose in proportion to weights', () => {
    const first = new Float64Array(4);
    const picked = new Float64Array(3);
    for (let seed = 0; seed < 4000; seed += 1) {
      const [place] = shuffledNumbers(4, source(seed)) as unknown as [number];
      first[place] = (first[place] as number) + 1;
      const [one, other] = chooseSeveral(Float64Array.of(1, 0, 3), 2, false, source(seed));
      expect(new Set([one, other])).toEqual(new Set([0, 2]));
      picked[one as number] = (picked[one as number] as number) + 1;
    }
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(140);
    expect(Math.abs((picked[2] as number) - 3000)).toBeLessThan(140);
    expect(picked[1]).toBe(0);
  });
});

describe('grids and contacts', () => {
  it('work on grids that are not square, as far as they reach', () => {
    const grid = expectOk(
      neighbourGrid({ size: 40, neighbours: 4, widths: [3, 1], grid: [5, 8], repeated: false }, source()),
    );
    for (let to = 0; to < 40; to += 1) {
      const from = [...grid.values.keys()].filter((place) => place % 40 === to && grid.values[place] !== 0);
      expect(from.length).toBe(4);
      // Along rows the width is 1: cells further than three rows away are as good as never reached.
      for (const place of from) expect(Math.abs(Math.floor(place / 320) - Math.floor(to / 8))).toBeLessThan(4);
    }
    expect(said(neighbourGrid({ size: 40, neighbours: 4, widths: [3, 1], grid: [5, 7] }, source()))).toContain('5 × 7');
  });

  it('leave the matrix alone that long-range contacts are added to, and may avoid what is there', () => {
    const chain = expectOk(neighbourChain({ size: 6, neighbours: 2 }));
    const before = chain.values.slice();
    const added = expectOk(addLongRange(chain, { contacts: 2, avoidExisting: true, repeated: false }, source()));
    expect(chain.values).toEqual(before);
    expect(added.values.filter((value) => value === 1).length).toBe(10 + 12);
    expect(said(addLongRange(chain, { contacts: 5, avoidExisting: true, repeated: false }, source()))).toContain(
      'contacts is 5',
    );
  });

  it('keep fan-in and fan-out, and refuse what cannot be kept', () => {
    const { contacts } = expectOk(dynapseWeights({ rows: 20, columns: 20, connectivity: 0.5, fanOut: 10 }, source()));
    const rows = Array.from({ length: 20 }, (_, row) =>
      contacts.values.subarray(row * 20, (row + 1) * 20).reduce((sum, value) => sum + value, 0),
    );
    expect(rows).toEqual(new Array(20).fill(10));
    const refused = digitalWeights({ rows: 20, columns: 20, connectivity: 0.5, fanOut: 9 }, source());
    expect(said(refused)).toContain('fan-out is 9; it must be at least 10');
    expect(said(digitalWeights({ rows: 200, columns: 20, connectivity: 0.9 }, source()))).toContain(
      'connectivity is 0.9',
    );
    expect(
      said(dynapseWeights({ rows: 9, columns: 9, excitatory: { values: [1, 2], probabilities: [1, 1] } }, source())),
    ).toContain('excitatory probabilities');
  });

  it('leave cells empty where the fan-out is used up, if that is asked for', () => {
    const options = { rows: 10, columns: 10, connectivity: 0.5, fanOut: 3, emptyBeyondFanOut: true };
    const { contacts } = expectOk(digitalWeights(options, source()));
    const inputs = Array.from({ length: 10 }, (_, column) =>
      contacts.values.reduce((sum, value, place) => sum + (place % 10 === column ? value : 0), 0),
    );
    expect(inputs.toSorted((left, right) => left - right)).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 5]);
    expect(said(digitalWeights({ ...options, fanOut: 4, connectivity: 0.3 }, source()))).toBe('accepted');
    expect(said(digitalWeights({ ...options, fanOut: 2, connectivity: 0.6 }, source()))).toContain('fan-out is 2');
    expect(said(digitalWeights({ rows: 4, columns: 5, spectralRadius: 1 }, source()))).toContain('shape is 4 × 5');
  });

  it('keep the signs of input contacts that have one strength each, unless the released mixture is asked for', () => {
    const options = { size: 12, inputs: 3, inputExcitatoryShare: 1, inputContacts: 2, connectivity: 0.2 };
    const plain = expectOk(flexibleReservoir(options, source())).input.values;
    const mixed = expectOk(flexibleReservoir({ ...options, mixedSigns: true }, source())).input.values;
    expect(Math.min(...plain)).toBe(0);
    expect(Math.min(...mixed)).toBe(-1);
  });

  it('refuse a partition with more contacts than a cell may have', () => {
    expect(said(partitionedReservoir({ shortContacts: 30 }, source()))).toContain(
      'fan-in is 64; it must be at least 70',
    );
    const inhibitory = { inputs: 4, recurrent: 9, inhibitory: 4, shortContacts: 8, fanIn: 63 };
    expect(said(partitionedReservoir(inhibitory, source()))).toContain('it must be at least 64');
    expect(said(partitionedReservoir({ ...inhibitory, limitInhibitory: false }, source()))).toBe('accepted');
  });
});

describe('networks', () => {
  it('have exact numbers of entries and signs', () => {
    const options = { size: 20, connectivity: 0.3, excitatoryShare: 0.75, partitioned: true, spectralRadius: 1.1 };
    const { values } = expectOk(sparseEiNetwork(options, source()));
    expect(values.filter((value) => value !== 0).length).toBe(120);
    expect(values.subarray(0, 300).every((value) => value >= 0)).toBe(true);
    expect(values.subarray(300).every((value) => value <= 0)).toBe(true);
    expect(spectralRadius(createMatrix(20, 20, values))).toBeCloseTo(1.1, 12);
    const fixed = expectOk(fixedDegreeMatrix([6, 9], 2, 'out', normalDraw(), source()));
    for (let column = 0; column < 9; column += 1) {
      expect(fixed.values.filter((value, place) => place % 9 === column && value !== 0).length).toBe(2);
    }
  });

  it('refuse columns without a sign, or keep their NaN', () => {
    const drawn = createMatrix(2, 2, Float64Array.of(1, -1, -1, -1));
    expect(said(balancedEiNetwork({ excitatory: 1, inhibitory: 1, drawn }, source()))).toContain('generator/invalid');
    const kept = expectOk(balancedEiNetwork({ excitatory: 1, inhibitory: 1, drawn, keepEmptyColumns: true }, source()));
    expect([...kept.values]).toEqual([1, NaN, -1, -1]);
  });

  it('keep their numbers of edges when rewired', () => {
    const { values } = expectOk(smallWorld({ size: 21, neighbours: 5, rewiring: 1 }, source()));
    for (let row = 0; row < 21; row += 1)
      expect(values.subarray(row * 21, (row + 1) * 21).filter((value) => value !== 0).length).toBe(4);
    const ring = expectOk(rewiredRing({ size: 15, neighbours: 4, rewiring: 0.5 }, source()));
    expect(transpose(ring).values).toEqual(ring.values);
    const uneven = expectOk(rewiredRing({ size: 15, neighbours: 4, rewiring: 0.5, symmetric: false }, source()));
    const pairs = transpose(uneven).values.map((value) => Math.abs(Math.sign(value)));
    expect(pairs).toEqual(uneven.values.map((value) => Math.abs(Math.sign(value))));
    expect(transpose(uneven).values).not.toEqual(uneven.values);
    expect(ring.values.filter((value) => value !== 0).length).toBe(60);
    const free = expectOk(scaleFree({ size: 30, attachments: 2 }, source()));
    expect(free.values.filter((value) => value !== 0).length).toBe(2 * 3 + 2 * 2 * 27);
    const late = expectOk(scaleFree({ size: 30, attachments: 2, lateCounts: true }, source()));
    expect(late.values.filter((value) => value !== 0).length).toBe(2 * 3 + 2 * 2 * 27);
    expect(late.values).not.toEqual(free.values);
    expect(said(scaleFree({ size: 3, attachments: 3 }, source()))).toContain(
      'size is 3; it must be a whole number of at least 4',
    );
    expect(said(smallWorld({ size: 5, neighbours: 6 }, source()))).toContain('neighbours is 6');
  });

  it('have exact numbers of weights within and between clusters', () => {
    const options = { size: 40, clusters: 4, inside: 0.33, between: 0, draw: uniformDraw(1, 2) };
    const { values } = expectOk(clusteredMatrix(options, source()));
    const places = [...values.keys()].filter((place) => values[place] !== 0);
    expect(places.length).toBe(132);
    expect(places.every((place) => Math.floor(place / 400) === Math.floor((place % 40) / 10))).toBe(true);
    const outside = expectOk(clusteredMatrix({ ...options, inside: 0, between: 1 }, source())).values;
    expect(outside.filter((value) => value !== 0).length).toBe(1200);
    expect(said(clusteredMatrix({ ...options, size: 41 }, source()))).toContain(
      'size is 41; it must be a multiple of 4',
    );
    expect(said(constantMatrix(2, 3, Infinity))).toContain('weight is Infinity');
    expect([...expectOk(constantMatrix(1, 3, 1)).values]).toEqual([1, 1, 1]);
  });

  it('are orthogonal to the last bits', () => {
    const matrix = expectOk(orthogonalMatrix(40, source()));
    const product = multiplyMatrices(transpose(matrix), matrix);
    const far = product.values.map((value, place) => Math.abs(value - (place % 41 === 0 ? 1 : 0)));
    expect(Math.max(...far)).toBeLessThan(1e-14);
  });
});

describe('helpers of matrices', () => {
  it('keep limits of contacts by making them stronger', () => {
    const weights = createMatrix(3, 3, Float64Array.of(3, 2, 1, -3, -2, -1, 1, 1, 1));
    const free = expectOk(discretiseWeights(weights, { mostContacts: 3 }));
    expect([...free.contacts.values]).toEqual([3, 2, 1, -3, -2, -1, 1, 1, 1]);
    const limited = expectOk(discretiseWeights(weights, { mostContacts: 3, mostInputs: 5 }));
    const columns = [0, 1, 2].map((column) =>
      limited.contacts.values.reduce((sum, value, place) => sum + (place % 3 === column ? Math.abs(value) : 0), 0),
    );
    expect(Math.max(...columns)).toBeLessThanOrEqual(5);
    expect(limited.excitatoryUnit).toBeGreaterThan(free.excitatoryUnit);
    expect(said(discretiseWeights(weights, { mostInputs: 1 }))).toContain('most inputs is 1');
  });

  it('find eigenvalues that are there many times, which leave entries as large as rounding', () => {
    for (let seed = 0; seed < 120; seed += 1) {
      const grid = neighbourGrid({ size: 50, neighbours: 8, widths: [0.7, 2], repeated: false }, source(seed));
      expect(spectralRadius(expectOk(grid))).toBeCloseTo(8, 9);
    }
  });

  it('find eigenvalues in conjugate pairs, and vectors of real ones', () => {
    const matrix = createMatrix(3, 3, Float64Array.of(0, -2, 0, 2, 0, 0, 1, 1, 3));
    const sorted = [...eigenvalues(matrix)].sort((one, two) => one.real - two.real || two.imaginary - one.imaginary);
    const near = sorted.map(({ real, imaginary }) => [Math.abs(real).toFixed(9), imaginary.toFixed(9)]);
    expect(near).toEqual([
      ['0.000000000', '2.000000000'],
      ['0.000000000', '-2.000000000'],
      ['3.000000000', '0.000000000'],
    ]);
    const { right, left } = eigenvectorsOf(matrix, 3);
    expect([...right].map((value) => Math.abs(value).toFixed(9))).toEqual([
      '0.000000000',
      '0.000000000',
      '1.000000000',
    ]);
    const product = multiplyMatrices(createMatrix(1, 3, left), matrix).values;
    product.forEach((value, place) => expect(value).toBeCloseTo(3 * (left[place] as number), 9));
  });

  it('wipe the mode in which all cells go together, and leave the others', () => {
    const weights = createMatrix(2, 2, Float64Array.of(0.5, 0.5, 0.5, 0.5));
    // W − I has the modes (1, 1) with 0 and (1, −1) with −1; with more weight the first one has 1.
    const strong = createMatrix(2, 2, Float64Array.of(1, 1, 1, 1));
    expect(expectOk(wipeUnswitchingModes(strong)).values.every((value) => Math.abs(value - 15) < 1e-9)).toBe(true);
    expect([...expectOk(wipeUnswitchingModes(weights)).values].map((value) => value.toFixed(6))).toEqual(
      new Array(4).fill('15.000000'),
    );
    expect(said(wipeUnswitchingModes(weights, { inhibitory: [2] }))).toContain('inhibitory is 2');
  });

  it('refuse blocks that do not fit', () => {
    expect(said(stackMatrices(createMatrix(2, 3), createMatrix(4, 4)))).toContain(
      'forward is 2 × 3; it must be 4 wide',
    );
  });
});

describe('maps', () => {
  it('follow their recursions and refuse where they grow without bound', () => {
    expect([...expectOk(henonMap({ steps: 3 })).values]).toEqual([0, 0, 1, 0, -0.3999999999999999, 0.3]);
    expect([...expectOk(logisticMap({ steps: 3, r: 2, initial: 0.25 }))]).toEqual([0.25, 0.375, 0.46875]);
    expect(said(henonMap({ steps: 100, a: 3 }))).toContain('generator/invalid');
    expect(said(logisticMap({ steps: 3, r: 4.5 }))).toContain('r is 4.5; it must be between 0 and 4');
  });
});
