/** What axe finds on the page: only what it calls serious or critical, with the first places. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, type Page } from '@playwright/test';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Finding {
  readonly id: string;
  readonly where: readonly string[];
}

/** Serious and critical findings on everything that is shown, once no colour is on its way to another. */
export async function seriousFindings(page: Page): Promise<readonly Finding[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(axe, 'utf8'));
  await expect
    .poll(() =>
      page.evaluate(() =>
        document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running'),
      ),
    )
    .toBe(false);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }).axe.run(
      // Guards at the edges of a menu hand the keyboard on at once, so that it never stands on something hidden.
      { exclude: [['[data-base-ui-focus-guard]']] },
      { resultTypes: ['violations'] },
    ),
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.slice(0, 6).map((node) => node.target.join(' ')) }));
}

/** The same in the dark and in the light theme, for a page that follows the system's; the light one stays. */
export async function seriousInBothThemes(page: Page): Promise<Readonly<Record<'dark' | 'light', readonly Finding[]>>> {
  const inTheme = async (colorScheme: 'dark' | 'light'): Promise<readonly Finding[]> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor({ state: 'attached' });
    return seriousFindings(page);
  };
  return { dark: await inTheme('dark'), light: await inTheme('light') };
}

/** What `seriousInBothThemes` returns when nothing is wrong. */
export const nothingSerious = { dark: [], light: [] } as const;
