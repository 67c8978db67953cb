/** The page of promises tells the truth: it is up to date, its tests exist, and every long test belongs to a promise. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { budgetRows } from '../../e2e/budget.ts';
import { promises } from './promises.ts';
import { renderReliability } from './render.ts';

const root = new URL('../../', import.meta.url);
const page = new URL('docs/reliability.md', root);
const budgets = budgetRows();

describe('the page of promises', () => {
  const rendered = renderReliability(promises, budgets);
  if (process.env['WRITE_RELIABILITY'] === '1') writeFileSync(page, rendered);

  it('is what the promises and budgets make', () => {
    expect(readFileSync(page, 'utf8')).toBe(rendered);
  });

  it.each(promises)('$id names tests that exist', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, title } of tests) {
      expect(existsSync(new URL(file, root)), file).toBe(true);
      expect(readFileSync(new URL(file, root), 'utf8'), `${file}: ${title}`).toContain(title);
    }
  });

  it.each(Object.entries(budgets))('the long test %s exists and belongs to a promise', (name, { file, promise }) => {
    expect(promises.map(({ id }) => id)).toContain(promise);
    expect(readFileSync(new URL(file, root), 'utf8')).toContain(`'${name}'`);
  });
});
