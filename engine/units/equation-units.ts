/** The units that equation strings know: full SI names with every prefix symbol, and a few short aliases. */
import { dimensionless, powerDimension, type Dimension } from './dimension.ts';
import { findUnit, type ScaledUnit } from './find-unit.ts';
import { prefixes } from './prefixes.ts';

/** A unit inside an equation: a number (the size in SI) with a dimension. */
export interface EquationUnit {
  readonly value: number;
  readonly dimension: Dimension;
  /** For a scaled unit (`mV`), the unscaled name that a declaration must use (`volt`); undefined for unscaled units. */
  readonly unscaled: string | undefined;
}

const fullNames = [
  'metre meter second amp ampere kelvin mole mol candela radian steradian hertz newton pascal joule watt coulomb volt farad',
  'ohm siemens weber tesla henry lumen lux becquerel gray sievert katal gram gramme molar liter litre',
]
  .join(' ')
  .split(' ');

const aliases: Readonly<Record<string, string>> = {
  mV: 'volt',
  mA: 'amp',
  uA: 'amp',
  nA: 'amp',
  pA: 'amp',
  pF: 'farad',
  uF: 'farad',
  nF: 'farad',
  nS: 'siemens',
  uS: 'siemens',
  ms: 'second',
  us: 'second',
  Hz: 'hertz',
  kHz: 'hertz',
  MHz: 'hertz',
  cm: 'metre',
  mm: 'metre',
  um: 'metre',
  mM: 'mole/metre**3',
  uM: 'mole/metre**3',
  nM: 'mole/metre**3',
};

const table = buildTable();

/** The unit called `name` in equations, or undefined. Names are case-sensitive; `mS`, `uV` and `min` are not known. */
export function findEquationUnit(name: string): EquationUnit | undefined {
  return table.get(name);
}

/** All names of units in equations, in no particular order. */
export function equationUnitNames(): Iterable<string> {
  return table.keys();
}

function buildTable(): ReadonlyMap<string, EquationUnit> {
  const units = new Map<string, EquationUnit>();
  for (const name of fullNames) {
    const base = findUnit(name);
    if (base === undefined) continue;
    addPowers(units, name, base, unscaledName(name));
    for (const prefix of prefixes) {
      const exponent = base.exponent + prefix.exponent;
      addPowers(units, prefix.symbol + name, { ...base, exponent }, unscaledName(name));
    }
  }
  for (const [alias, unscaled] of Object.entries(aliases)) {
    const found = findUnit(alias);
    if (found === undefined) continue;
    units.set(alias, entry(found, 1, alias === 'Hz' ? undefined : unscaled));
    if (/^[cmu]m$/u.test(alias))
      for (const power of [2, 3]) units.set(`${alias}${power}`, entry(found, power, `metre**${power}`));
  }
  units.set('kilogram', { value: 1, dimension: dimensionOfName('kgram'), unscaled: undefined });
  units.set('kilogramme', { value: 1, dimension: dimensionOfName('kgram'), unscaled: undefined });
  return units;
}

function dimensionOfName(name: string): Dimension {
  return findUnit(name)?.dimension ?? dimensionless;
}

function addPowers(units: Map<string, EquationUnit>, name: string, unit: ScaledUnit, unscaled: string): void {
  // A millimolar is 1 mole/metre³, yet a scaled molar; a kgram is the base unit itself.
  const derived = unscaled.includes('/') || unscaled.includes('**');
  const isUnscaled = unit.exponent === 0 && !derived;
  units.set(name, entry(unit, 1, isUnscaled ? undefined : unscaled));
  for (const power of [2, 3]) {
    units.set(`${name}${power}`, entry(unit, power, isUnscaled ? undefined : `(${unscaled})**${power}`));
  }
}

function entry(unit: ScaledUnit, power: number, unscaled: string | undefined): EquationUnit {
  return { value: Number(`1e${unit.exponent * power}`), dimension: powerDimension(unit.dimension, power), unscaled };
}

function unscaledName(name: string): string {
  if (name === 'gram' || name === 'gramme') return 'kilogram';
  if (name === 'molar') return 'mole/metre**3';
  return name === 'liter' || name === 'litre' ? 'metre**3' : name;
}
