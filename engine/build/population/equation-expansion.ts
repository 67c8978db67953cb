/** What the operators of one population written in equations share. */
import type { Tree } from '../../equations/tree.ts';
import { loop } from '../ir/statements.ts';
import type { SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { EquationPopulation, VariableTable } from './equation-population.ts';
import type { EquationScope, ScopeContext } from './equation-scope.ts';
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
