/** Problems belong to the tab with their field. */
import { describe, expect, it } from 'vitest';
import { problem, type Problem } from '../../engine/base/problem.ts';
import { markedTabs, problemsOfTab, tabOf } from './tab-problems.ts';

const at = (path: string): Problem => problem('equations/syntax', `wrong at ${path}`, { at: { element: 'a', path } });
const tabs = [
  { id: 'parameters', title: 'Parameters' },
  { id: 'equations', title: 'Equations' },
  { id: 'help', title: 'Help' },
];

describe('the tab of a problem', () => {
  it('is that of its field: texts, other parameters, or none', () => {
    expect([at('parameters.model'), at('parameters.reset_statements')].map(tabOf)).toEqual(['equations', 'equations']);
    expect(tabOf(at('parameters.method'))).toBe('parameters');
    expect([tabOf(at('inputs.synapses')), tabOf({})]).toEqual([undefined, undefined]);
  });

  it('carries a mark with the worst and how many, and only then', () => {
    const warning: Problem = { ...at('parameters.model'), severity: 'warning' };
    const problems = [warning, at('parameters.reset_statements'), { ...at('parameters.size'), severity: 'warning' }];
    expect(
      markedTabs(tabs, problems as readonly Problem[]).map((tab) => ('mark' in tab ? tab.mark : undefined)),
    ).toEqual([{ severity: 'warning', words: '1 problem' }, { severity: 'error', words: '2 problems' }, undefined]);
    expect(problemsOfTab(problems as readonly Problem[], 'equations')[0]?.severity).toBe('error');
    expect(markedTabs(tabs, [])).toEqual(tabs);
  });
});
