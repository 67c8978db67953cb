/** Finding the unit a symbol or name stands for, prefix included. */
import { nearestName } from '../base/nearest-name.ts';
import type { Dimension } from './dimension.ts';
import { prefixes, type Prefix } from './prefixes.ts';
import { unitTable, type Unit } from './unit-table.ts';

/** A unit with its prefix: `factor × 10^exponent` SI units of `dimension`. */
export interface ScaledUnit {
  readonly unit: Unit;
  readonly dimension: Dimension;
  readonly exponent: number;
  readonly factor: number;
  /** Power of ten of the prefix alone; 0 without one. */
  readonly prefixExponent: number;
}

const exact = new Map<string, Unit>();
for (const unit of unitTable) {
  for (const word of [...unit.symbols, ...unit.names]) exact.set(word, unit);
}

/** The unit `word` means (`mV`, `µs`, `Mohm`, `millivolt`, `volts`), or undefined. A unit of its own goes before prefix + unit. */
export function findUnit(word: string): ScaledUnit | undefined {
  const normal = word.replace(/^[µμ]/u, 'u');
  return (
    findSingular(normal) ??
    (normal.length >= 4 && normal.endsWith('s') ? findSingular(normal.slice(0, -1), 'name') : undefined)
  );
}

function findSingular(word: string, form: 'any' | 'name' = 'any'): ScaledUnit | undefined {
  const whole = exact.get(word);
  if (whole !== undefined && (form === 'any' || whole.names.includes(word))) return scaled(whole, 0);
  for (const prefix of prefixes) {
    const found = findPrefixed(word, prefix, form);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findPrefixed(word: string, prefix: Prefix, form: 'any' | 'name'): ScaledUnit | undefined {
  if (word.startsWith(prefix.name)) {
    const unit = exact.get(word.slice(prefix.name.length));
    if (unit?.prefixed === true && unit.names.includes(word.slice(prefix.name.length)))
      return scaled(unit, prefix.exponent);
  }
  if (!word.startsWith(prefix.symbol)) return undefined;
  const rest = word.slice(prefix.symbol.length);
  const unit = exact.get(rest);
  if (unit?.prefixed !== true || (form === 'name' && !unit.names.includes(rest))) return undefined;
  return scaled(unit, prefix.exponent);
}

function scaled(unit: Unit, prefixExponent: number): ScaledUnit {
  return {
    unit,
    dimension: unit.dimension,
    exponent: unit.exponent + prefixExponent,
    factor: unit.factor,
    prefixExponent,
  };
}

const commonPrefixes = ['', 'k', 'M', 'G', 'm', 'µ', 'n', 'p', 'f', 'c'];

/** The unit that a misspelt word probably meant (`mv` → `mV`, `sec` → `s`), or undefined. */
export function suggestUnit(word: string): string | undefined {
  const known = unitTable.flatMap((unit) => [
    ...unit.symbols.flatMap((symbol) => (unit.prefixed ? commonPrefixes.map((prefix) => prefix + symbol) : [symbol])),
    ...unit.names,
  ]);
  const habitual = habits.get(word.toLowerCase());
  if (habitual !== undefined) return habitual;
  const otherCase = known.filter((candidate) => candidate.toLowerCase() === word.toLowerCase());
  return nearestName(word, otherCase) ?? otherCase[0] ?? nearestName(word, known);
}

const habits = new Map([
  ['sec', 's'],
  ['secs', 's'],
  ['msec', 'ms'],
  ['usec', 'µs'],
  ['nsec', 'ns'],
  ['hrs', 'h'],
  ['mins', 'min'],
]);
