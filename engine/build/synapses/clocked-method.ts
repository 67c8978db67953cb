/** The integration method of clock-driven synapse equations. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import type { DifferentialSystem } from '../../equations/system.ts';
import { integrationMethods } from '../../integration/index.ts';
import type { StageProgram } from '../../integration/method.ts';

/** Methods that are tried, in this order, where none is named. */
const automatic = ['exact', 'euler', 'heun'];

/** The step of the equations by the method with this id, or by the first that can where it is `auto`. */
export function clockedStep(
  method: string,
  system: DifferentialSystem,
): Result<Pick<StageProgram, 'assignments' | 'results'>> {
  if (system.equations.length === 0) return ok({ assignments: [], results: {} });
  const candidates = method === 'auto' ? automatic : [method.replaceAll('_', '-')];
  const known = candidates.flatMap((id) => integrationMethods.find(id) ?? []);
  const able = known.find((candidate) => candidate.applies(system) === undefined);
  if (able !== undefined) return ok(able.step(system, { sampleInput: (input) => input }));
  const refused = known[known.length - 1]?.applies(system);
  return failed(
    refused ??
      problem('integration/not-applicable', `"${method}" is not an integration method.`, {
        hint: `Choose ${integrationMethods.entries.map(({ id }) => id).join(', ')}.`,
      }),
  );
}
