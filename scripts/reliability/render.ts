/** The page docs/reliability.md, made from the promises and the budgets of the long tests. */
import type { BudgetRow } from '../../e2e/budget.ts';
import type { ReliabilityPromise } from './promise.ts';

/** The page as Markdown. */
export function renderReliability(
  promises: readonly ReliabilityPromise[],
  budgets: Readonly<Record<string, BudgetRow>>,
): string {
  return [
    '# What Spikeloom promises about your work',
    '',
    'Generated from `scripts/reliability/promises.ts` and `e2e/budget.json`; a test compares it (`WRITE_RELIABILITY=1 npx vitest run scripts/reliability` writes it anew). Every test named here is part of `npm test`; the long ones run there at a share and whole by `npm run soak`.',
    '',
    '## Promises',
    '',
    '| | promise | figure | tests |',
    '|---|---|---|---|',
    ...promises.map(rowOf),
    '',
    '## Long tests',
    '',
    '| name | promise | in `npm test` | by `npm run soak` | test |',
    '|---|---|--:|--:|---|',
    ...Object.entries(budgets).map(
      ([name, { promise, unit, test, soak, file }]) =>
        `| \`${name}\` | ${promise} | ${count(test)} ${unit} | ${count(soak)} | \`${file}\` |`,
    ),
    '',
    '## What stays open',
    '',
    ...promises.flatMap(({ id, open }) => (open === undefined ? [] : [`- **${id}.** ${open}`])),
    '',
  ].join('\n');
}

function rowOf({ id, promise, figure, tests }: ReliabilityPromise): string {
  const names = tests.map(({ file, title }) => `\`${file}\`: ${title}`).join('<br>');
  return `| ${[id, promise, figure, names].map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
