/** The process of the page dies in the middle of edits: every edit that was told to be kept is there in a new page. */
import type { BrowserContext, Page } from '@playwright/test';
import { budgets } from '../budget.ts';
import { expect, test } from '../fixtures.ts';
import { WorkbenchPage } from '../pages/workbench.ts';

const { rounds } = budgets()['page-crashes'] ?? { rounds: 0 };

/** Kills the process of the page as the system would; the page can do nothing any more. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

async function openAnew(context: BrowserContext, address: string): Promise<WorkbenchPage> {
  const page = await context.newPage();
  await page.goto(address);
  const bench = new WorkbenchPage(page);
  await bench.recover();
  return bench;
}

test(`work is kept through ${rounds} crashes of the page`, async ({ bench: first, app }) => {
  test.setTimeout(60_000 + rounds * 10_000);
  await first.newProject();
  await expect(first.canvas.blocks).toHaveCount(0);
  const address = app.url();
  let bench = first;
  for (let round = 0; round < rounds; round += 1) {
    await test.step(`crash ${round}`, async () => {
      await bench.canvas.insert('Constant', 120 + (round % 5) * 120, 40 + Math.floor(round / 5) * 70);
      await expect(bench.canvas.blocks).toHaveCount(round + 1);
      await expect(bench.page.getByRole('contentinfo')).toContainText('edits kept');
      const kept = await bench.canvas.content();
      // In the middle of a further edit, which may be lost.
      if (round % 2 === 1) await bench.canvas.blocks.first().locator('.block-figure').hover();
      if (round % 2 === 1) await bench.page.mouse.down();
      await crash(bench.page);
      await bench.page.close();
      bench = await openAnew(app.context(), address);
      await expect.poll(() => bench.canvas.content()).toEqual(kept);
    });
  }
  await bench.undo();
  await expect(bench.canvas.blocks).toHaveCount(rounds - 1);
});
