/** Names with a fixed value in every equation: mathematical constants and units. */
import { dimensionless, type Dimension } from '../units/dimension.ts';
import { findEquationUnit } from '../units/equation-units.ts';

export const mathematicalConstants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['inf', Number.POSITIVE_INFINITY],
]);

/** A value in SI units with its dimension. */
export interface FixedValue {
  readonly value: number;
  readonly dimension: Dimension;
}

/** What `pi`, `e`, `inf` or a unit name (`mV`: 0.001, a voltage) stands for; undefined for other names. */
export function fixedValue(name: string): FixedValue | undefined {
  const constant = mathematicalConstants.get(name);
  if (constant !== undefined) return { value: constant, dimension: dimensionless };
  return findEquationUnit(name);
}
