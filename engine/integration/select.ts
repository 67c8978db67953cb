/** Choosing the integration method that a population names. */
import { problem } from '../base/problem.ts';
import { nearestName } from '../base/nearest-name.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { EquationSystem } from '../equations/system.ts';
import { isLeftAside } from './automatic.ts';
import { integrationMethods } from './index.ts';
import type { IntegrationMethod } from './method.ts';

/** What `auto` tries, in this order; exact only where `isLeftAside` does not speak against it. */
export const automaticMethods = ['exact', 'euler', 'heun'] as const;

/** The method with this id, or the first that can where it is `auto`. Fails with `integration/not-applicable`. */
export function selectMethod(id: string, system: EquationSystem): Result<IntegrationMethod> {
  const known = id === 'auto' ? automaticMethods : [id.replaceAll('_', '-')];
  const candidates = known.flatMap((each) => integrationMethods.find(each) ?? []);
  const passed = id === 'auto' && isLeftAside(system) ? 'exact' : undefined;
  const able = candidates.find((method) => method.id !== passed && method.applies(system) === undefined);
  if (able !== undefined) return ok(able);
  const refused = candidates.at(-1)?.applies(system);
  return failed(refused ?? unknownMethod(id));
}

function unknownMethod(id: string) {
  const ids = ['auto', ...integrationMethods.entries.map((method) => method.id)];
  const near = nearestName(id, ids);
  return problem('integration/not-applicable', `"${id}" is not an integration method.`, {
    hint: near === undefined ? `Choose ${ids.join(', ')}.` : `Did you mean ${near}?`,
  });
}
