/** Appearance: readable for everyone in both themes, nothing pushed out of the window. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      test(`${width} × ${height}: nothing is pushed out of the window, and axe finds nothing serious`, async ({
        bench,
        app,
      }, info) => {
        await app.setViewportSize({ width, height });
        await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.2);
        const hidden = await app.evaluate(() => {
          const bars = ['html', 'body', '.top-bar', '.status-bar', 'main'];
          return bars.filter((name) => {
            const element = document.querySelector(name);
            return element !== null && element.scrollWidth > element.clientWidth;
          });
        });
        await info.attach('window', { body: await app.screenshot(), contentType: 'image/png' });
        expect(hidden).toEqual([]);
        for (const part of [bench.runButton, bench.problems, bench.status])
          await expect(part).toBeInViewport({ ratio: 1 });
        await bench.canvas.block('Excitatory').locator('.block-name').click();
        expect(await seriousFindings(app)).toEqual([]);
      });
    }
  });
}

/** What axe calls serious or critical, with the first places. */
async function seriousFindings(page: Page): Promise<{ id: string; where: string[] }[]> {
  await page.evaluate(await readFile(axe, 'utf8'));
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
    }),
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.slice(0, 6).map((node) => node.target.join(' ')) }));
}
