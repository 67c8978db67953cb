import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../base/problem.ts';
import { systems } from '../systems/systems.ts';
import { systemsWithoutCases } from '../systems/without-cases.ts';
import { eventMistakes } from './events.test-support.ts';
import { exactTimeMistakes } from './exact-times.test-support.ts';
import { furtherMistakes } from './further.test-support.ts';
import { iafMistakes } from './iaf.test-support.ts';
import type { Mistake } from './mistake.test-support.ts';
import { norseMistakes } from './norse.test-support.ts';
import { rateMistakes } from './rate.test-support.ts';
import { rockpool2Mistakes } from './rockpool2.test-support.ts';
import { seriesMistakes } from './series.test-support.ts';
import { weightMistakes } from './weights.test-support.ts';

const mistakes: readonly Mistake[] = [
  ...eventMistakes,
  ...exactTimeMistakes,
  ...furtherMistakes,
  ...iafMistakes,
  ...norseMistakes,
  ...rateMistakes,
  ...rockpool2Mistakes,
  ...seriesMistakes,
  ...weightMistakes,
];

describe('mistakes with the systems', () => {
  it.each(mistakes.map((mistake) => [`${mistake.system}: ${mistake.about}`, mistake] as const))('%s', (_, mistake) => {
    const tried = mistake.attempt();
    expect(tried.ok).toBe(false);
    const said = tried.problems.map(formatProblem).join('\n');
    for (const word of mistake.mentions) expect(said).toContain(word);
  });

  it('cover every system', () => {
    const covered = new Set(mistakes.map(({ system }) => system));
    expect(systems.entries.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('are those of systems that exist', () => {
    const known = [...systems.entries, ...systemsWithoutCases].map(({ id }) => id);
    for (const { system } of mistakes) expect(known).toContain(system);
  });
});
