/** The page of systems tells the truth: it is up to date, and what it names exists. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedCounts } from '../../engine/conform/case-counts.test-support.ts';
import { systems } from '../../engine/conform/systems/systems.ts';
import { systemsWithoutCases } from '../../engine/conform/systems/without-cases.ts';
import { catalogue } from '../../engine/library/library.ts';
import { renderSystems } from './render.ts';

const root = new URL('../../', import.meta.url);
const page = new URL('docs/systems.md', root);

describe('the page of systems', () => {
  const titleOf = (kind: string): string | undefined => catalogue.find(kind)?.title;
  const rows = systems.entries.map((system) => ({ system, cases: expectedCounts[system.id] ?? 0, titleOf }));
  const rendered = renderSystems(rows, systemsWithoutCases, titleOf);
  if (process.env['WRITE_SYSTEMS'] === '1') writeFileSync(page, rendered);

  it('is what the systems and cases make', () => {
    expect(readFileSync(page, 'utf8')).toBe(rendered);
  });

  it.each([...systems.entries, ...systemsWithoutCases])('$id names kinds and functions that exist', ({ where }) => {
    expect(where.length).toBeGreaterThan(0);
    for (const place of where) {
      if (catalogue.find(place) !== undefined) continue;
      const [path = '', name = ''] = place.split(' ');
      const file = new URL(`engine/${path}`, root);
      expect(existsSync(file), place).toBe(true);
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`export (function|const) ${name}\\b`));
    }
  });
});
