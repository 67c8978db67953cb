/** Which tab of the inspector shows a problem, and which tabs therefore carry a mark. */
import type { Problem } from '../../engine/base/problem.ts';
import { populationTextNames } from '../../engine/equations/population-text.ts';

/** Tabs with fields in which something can be wrong. */
export type FieldTab = 'parameters' | 'equations';

const texts = new Set<string>(populationTextNames);

/** Where the step of an element stands in its record. */
export const ownStepPath = 'timeStep';

/** The tab with the field that a problem is about; undefined for those that no field shows. */
export function tabOf({ at }: Pick<Problem, 'at'>): FieldTab | undefined {
  if (at?.path === ownStepPath) return 'parameters';
  const name = /^parameters\.([^.]+)/u.exec(at?.path ?? '')?.[1];
  if (name === undefined) return undefined;
  return texts.has(name) ? 'equations' : 'parameters';
}

/** Those of a tab, errors first. */
export function problemsOfTab(problems: readonly Problem[], tab: string): readonly Problem[] {
  const own = problems.filter((each) => tabOf(each) === tab);
  return [...own.filter(({ severity }) => severity === 'error'), ...own.filter(({ severity }) => severity !== 'error')];
}

/** The tabs, marked where their fields have problems. */
export function markedTabs<T extends { readonly id: string }>(tabs: readonly T[], problems: readonly Problem[]) {
  return tabs.map((tab) => {
    const [worst, ...others] = problemsOfTab(problems, tab.id);
    if (worst === undefined) return tab;
    const severity = worst.severity === 'error' ? ('error' as const) : ('warning' as const);
    return { ...tab, mark: { severity, words: others.length === 0 ? '1 problem' : `${others.length + 1} problems` } };
  });
}
