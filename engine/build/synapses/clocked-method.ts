/** The integration method of clock-driven synapse equations. */
import type { Result } from '../../base/result.ts';
import { mapResult, ok } from '../../base/result.ts';
import type { DifferentialSystem } from '../../equations/system.ts';
import { number } from '../../equations/make-tree.ts';
import type { Assignment } from '../../equations/statement-sequence.ts';
import type { Tree } from '../../equations/tree.ts';
import { selectMethod } from '../../integration/select.ts';
import type { PreparedValues, StageProgram } from '../../integration/method.ts';

/** A step whose prepared values are numbers. */
export type ClockedStep = Pick<StageProgram, 'assignments' | 'results' | 'coupled'>;

/**
 * The step of the equations by the method with this id, or by the one that `auto` takes. `evaluate` gives numbers for
 * trees of fixed names and `dt`.
 */
export function clockedStep(
  method: string,
  system: DifferentialSystem,
  evaluate: (tree: Tree) => number,
): Result<ClockedStep> {
  if (system.equations.length === 0) return ok({ assignments: [], results: {} });
  return mapResult(selectMethod(method, system), (able) => {
    const { assignments, results, coupled = [], prepared = [] } = able.step(system, { sampleInput: (input) => input });
    return {
      coupled,
      assignments: [...prepared.flatMap((group) => preparedNumbers(group, evaluate)), ...assignments],
      results,
    };
  });
}

/** What a method computes before the run, the same for all synapses since no name in it belongs to one of them. */
function preparedNumbers({ names, compute }: PreparedValues, evaluate: (tree: Tree) => number): readonly Assignment[] {
  const values = compute(evaluate);
  return names.map((target, place) => ({ target, expression: number(values[place] ?? Number.NaN) }));
}
