/** Tests of the unit names inside equation strings. */
import { describe, expect, it } from 'vitest';
import { dimensionOfUnit } from './convert.ts';
import { equationUnitNames, findEquationUnit } from './equation-units.ts';

describe('findEquationUnit', () => {
  it.each([
    ['mV', 1e-3, 'V', 'volt'],
    ['volt', 1, 'V', undefined],
    ['mvolt', 1e-3, 'V', 'volt'],
    ['nsiemens', 1e-9, 'S', 'siemens'],
    ['Mohm', 1e6, 'Ω', 'ohm'],
    ['khertz', 1e3, 'Hz', 'hertz'],
    ['ufarad', 1e-6, 'F', 'farad'],
    ['Hz', 1, 'Hz', undefined],
    ['kilogram', 1, 'kg', undefined],
    ['kgram', 1, 'kg', undefined],
    ['gram', 1e-3, 'kg', 'kilogram'],
    ['mM', 1, 'mM', 'mole/metre**3'],
    ['mmolar', 1, 'mM', 'mole/metre**3'],
    ['um2', 1e-12, 'm^2', 'metre**2'],
    ['cm3', 1e-6, 'm^3', 'metre**3'],
    ['metre2', 1, 'm^2', undefined],
  ])('%s is %d %s', (name, value, unit, unscaled) => {
    expect(findEquationUnit(name)).toEqual({ value, dimension: dimensionOfUnit(unit), unscaled });
  });

  it.each(['mS', 'uV', 'kV', 'min', 'm', 's', 'V', 'millivolt', 'bool', 'dimensionless'])('%s is not known', (name) => {
    expect(findEquationUnit(name)).toBeUndefined();
  });

  it('every name is one that an expression can hold', () => {
    for (const name of equationUnitNames()) expect(name).toMatch(/^[A-Za-z]+[23]?$/u);
  });
});
