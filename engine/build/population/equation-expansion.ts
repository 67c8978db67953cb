/** What the operators of one population written in equations share. */
import type { Tree } from '../../equations/tree.ts';
import { loop } from '../ir/statements.ts';
import type { SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { EquationPopulation, VariableTable } from './equation-population.ts';
import type { CarriedCells } from './carried-cells.ts';
import { cell, type EquationScope, type ScopeContext } from './equation-scope.ts';
import type { Refractory } from './refractory.ts';

/** Everything that the operators of one population are made from. */
export interface EquationExpansion {
  readonly builder: ElementBuilder;
  readonly population: EquationPopulation;
  readonly variables: VariableTable;
  readonly context: ScopeContext;
  readonly refractory: Refractory | undefined;
  readonly spikes: SignalId | undefined;
  readonly events: ReadonlyMap<string, SignalId>;
  /** Writes subexpressions out. */
  readonly expand: (tree: Tree) => Tree;
  /** Only where cells are computed at events. */
  readonly carried?: CarriedCells;
}

/** Orders within a slot by which something comes before, or after, all that has a number of its own. */
export const beforeSlot = -1e6;
export const afterSlot = 1e6;

/** A loop over all cells with the loads that its body needs. */
export function cellLoop(
  { population }: EquationExpansion,
  scope: EquationScope,
  body: readonly Statement[],
): Statement {
  return loop('n', 0, population.cells, [...scope.declarations(), ...body]);
}

/** What comes before the loads of a body that may write: cells asleep are woken if it touches what they are made of. */
export function wakeBefore({ carried }: EquationExpansion, scope: EquationScope): readonly Statement[] {
  if (carried === undefined) return [];
  const { reads = [], updates = [] } = scope.access();
  if (![...reads, ...updates].some((signal) => carried.concerns.has(signal))) return [];
  for (const signal of carried.touched) scope.touch(signal);
  return carried.wake(cell, 'wake_');
}
