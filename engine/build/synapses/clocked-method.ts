/** The integration method of clock-driven synapse equations. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import type { DifferentialSystem } from '../../equations/system.ts';
import { number } from '../../equations/make-tree.ts';
import type { Assignment } from '../../equations/statement-sequence.ts';
import type { Tree } from '../../equations/tree.ts';
import { integrationMethods } from '../../integration/index.ts';
import type { PreparedValues, StageProgram } from '../../integration/method.ts';

/** Methods that are tried, in this order, where none is named. */
const automatic = ['exact', 'euler', 'heun'];

/**
 * The step of the equations by the method with this id, or by the first that can where it is `auto`. `evaluate` gives
 * numbers for trees of fixed names and `dt`.
 */
export function clockedStep(
  method: string,
  system: DifferentialSystem,
  evaluate: (tree: Tree) => number,
): Result<Pick<StageProgram, 'assignments' | 'results'>> {
  if (system.equations.length === 0) return ok({ assignments: [], results: {} });
  const candidates = method === 'auto' ? automatic : [method.replaceAll('_', '-')];
  const known = candidates.flatMap((id) => integrationMethods.find(id) ?? []);
  const able = known.find((candidate) => candidate.applies(system) === undefined);
  if (able !== undefined) {
    const { assignments, results, prepared = [] } = able.step(system, { sampleInput: (input) => input });
    return ok({
      assignments: [...prepared.flatMap((group) => preparedNumbers(group, evaluate)), ...assignments],
      results,
    });
  }
  const refused = known[known.length - 1]?.applies(system);
  return failed(
    refused ??
      problem('integration/not-applicable', `"${method}" is not an integration method.`, {
        hint: `Choose ${integrationMethods.entries.map(({ id }) => id).join(', ')}.`,
      }),
  );
}

/** What a method computes before the run, the same for all synapses since no name in it belongs to one of them. */
function preparedNumbers({ names, compute }: PreparedValues, evaluate: (tree: Tree) => number): readonly Assignment[] {
  const values = compute(evaluate);
  return names.map((target, place) => ({ target, expression: number(values[place] ?? Number.NaN) }));
}
