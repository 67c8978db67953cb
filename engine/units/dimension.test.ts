/** Tests of the algebra of dimensions and of what people read about them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeDimension,
  dimensionless,
  dimensionOf,
  divideDimensions,
  equalDimensions,
  multiplyDimensions,
  powerDimension,
  unitOfDimension,
  type Dimension,
} from './dimension.ts';
import { dimensionOfUnit } from './convert.ts';
import { unitTable } from './unit-table.ts';
import { findUnit } from './find-unit.ts';

const exponent = fc.integer({ min: -6, max: 6 });
const dimensions = fc.tuple(
  exponent,
  exponent,
  exponent,
  exponent,
  exponent,
  exponent,
  exponent,
) as fc.Arbitrary<Dimension>;

describe('algebra of dimensions', () => {
  it('multiplication is a commutative group with the dimensionless as one', () => {
    fc.assert(
      fc.property(dimensions, dimensions, dimensions, (a, b, c) => {
        expect(multiplyDimensions(a, b)).toEqual(multiplyDimensions(b, a));
        expect(multiplyDimensions(multiplyDimensions(a, b), c)).toEqual(
          multiplyDimensions(a, multiplyDimensions(b, c)),
        );
        expect(equalDimensions(multiplyDimensions(a, dimensionless), a)).toBe(true);
        expect(divideDimensions(a, a)).toEqual(dimensionless);
      }),
    );
  });

  it('a power is repeated multiplication, and a root undoes it', () => {
    fc.assert(
      fc.property(dimensions, fc.integer({ min: 1, max: 5 }), (a, count) => {
        const repeated = Array.from({ length: count }, () => a).reduce(multiplyDimensions, dimensionless);
        expect(equalDimensions(powerDimension(a, count), repeated)).toBe(true);
        expect(equalDimensions(powerDimension(powerDimension(a, count), 1 / count), a)).toBe(true);
      }),
    );
  });

  it('known identities hold', () => {
    const unit = dimensionOfUnit;
    expect(multiplyDimensions(unit('A'), unit('Ω'))).toEqual(unit('V'));
    expect(multiplyDimensions(unit('Ω'), unit('F'))).toEqual(unit('s'));
    expect(multiplyDimensions(unit('S'), unit('V'))).toEqual(unit('A'));
    expect(divideDimensions(unit('J'), unit('C'))).toEqual(unit('V'));
    expect(unit('J/(mol*K)')).toEqual(unit('V*C/mol/K'));
  });
});

describe('describeDimension', () => {
  it.each([
    [dimensionOfUnit('mV'), 'a voltage (volt)'],
    [dimensionOfUnit('pA'), 'a current (ampere)'],
    [dimensionless, 'a plain number'],
    [dimensionOfUnit('nS/cm^2'), 'a conductance per area (siemens/metre²)'],
    [dimensionOf({ m: 1, K: 1 }), 'a quantity in metre·kelvin'],
    [dimensionOf({ K: -2 }), 'a quantity in 1/kelvin²'],
    [dimensionOf({ s: -0.5 }), 'a quantity in 1/second^0.5'],
    [dimensionOf({ kg: 1, K: -1, mol: -1 }), 'a quantity in kilogram/(kelvin·mole)'],
  ])('%j is %s', (dimension, text) => {
    expect(describeDimension(dimension)).toBe(text);
  });

  it('the SI unit in words is a unit with that dimension', () => {
    for (const { dimension } of unitTable) {
      expect(dimensionOfUnit(unitOfDimension(dimension))).toEqual(dimension);
    }
  });
});

describe('findUnit', () => {
  it('a word stands for one unit only', () => {
    const words = unitTable.flatMap((unit) => [...unit.symbols, ...unit.names]);
    expect(new Set(words).size).toBe(words.length);
  });

  it.each([
    ['min', 0, 60],
    ['cd', 0, 1],
    ['Pa', 0, 1],
    ['dam', 1, 1],
    ['µm', -6, 1],
    ['μm', -6, 1],
    ['mM', 0, 1],
    ['mmol', -3, 1],
    ['Mohm', 6, 1],
    ['kiloohms', 3, 1],
  ])('%s is %d powers of ten times %d', (word, exponent, factor) => {
    expect(findUnit(word)).toMatchObject({ exponent, factor });
  });

  it.each(['', 'k', 'mmin', 'k%', 'xV', 'secs'])('"%s" is no unit', (word) => {
    expect(findUnit(word)).toBeUndefined();
  });
});
