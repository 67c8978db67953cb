/** Which integration method to try when a run explodes. */
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';

type Choice = NonNullable<ParameterSpec['choices']>[number];

/** The steadiest first. */
const steadiest = ['exact', 'exponential-euler', 'rk4', 'rk2', 'euler'];

/** The steadiest of the choices that is steadier than the present one; undefined when there is none. */
export function betterMethod(present: ParameterValue | undefined, choices: readonly Choice[]): Choice | undefined {
  const rank = steadiest.indexOf(String(present));
  const found = steadiest.slice(0, Math.max(rank, 0)).flatMap((id) => choices.find(({ value }) => value === id) ?? []);
  return found[0];
}
