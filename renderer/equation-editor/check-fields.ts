/** Checking the texts of an equation neuron as they are typed: the problems of each field. */
import type { Problem } from '../../engine/base/problem.ts';
import { mapResult, type Result } from '../../engine/base/result.ts';
import {
  checkPopulationText,
  type CheckedPopulationText,
  type PopulationTextName,
  type PopulationTexts,
} from '../../engine/equations/population-text.ts';
import { call } from '../../engine/formats/brian-neuron.ts';

export interface CheckedFields {
  readonly problems: ReadonlyMap<PopulationTextName, readonly Problem[]>;
  /** What the texts mean; undefined while something is wrong. */
  readonly checked: CheckedPopulationText | undefined;
}

/** Reads and checks all texts; pure, a fraction of a millisecond for usual models. */
export function checkFields(texts: PopulationTexts): CheckedFields {
  const found: Result<CheckedPopulationText> = mapResult(checkPopulationText(texts, call), (checked) => checked);
  const problems = new Map<PopulationTextName, readonly Problem[]>();
  for (const each of found.problems) {
    const name = (each.at?.path?.replace(/^parameters\./u, '') ?? 'model') as PopulationTextName;
    problems.set(name, [...(problems.get(name) ?? []), each]);
  }
  return { problems, checked: found.ok ? found.value : undefined };
}
