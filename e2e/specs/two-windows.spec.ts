/** Two windows on one project: one writes, the other is told; what either does is in a journal. */
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from '../fixtures.ts';
import { nothingSerious, seriousInBothThemes } from '../pages/axe.ts';
import { WorkbenchPage } from '../pages/workbench.ts';

// Several starts each: on a busy machine they take a while.
test.describe.configure({ timeout: 240_000 });

/** The workbench in another tab; waits until it shows a project or asks. */
async function openIn(page: Page, workbench: Workbench): Promise<WorkbenchPage> {
  const bench = new WorkbenchPage(page);
  await page.goto(`http://127.0.0.1:${workbench.port}/`);
  await expect(bench.elsewhere.or(bench.status.filter({ hasNotText: 'starting' })).first()).toBeVisible();
  return bench;
}

/** One edit, so that the project is worth a question. */
async function edit(bench: WorkbenchPage): Promise<void> {
  await bench.canvas.insert('AdEx', 120, 60);
  await expect(bench.canvas.block('AdEx')).toBeVisible();
}

const readOnly = /read-only$/;

test('a second tab is told and may look on, but not write', async ({ bench, context, workbench }) => {
  await edit(bench);
  const second = await openIn(await context.newPage(), workbench);
  await expect(second.elsewhere).toBeVisible();
  await expect(second.choice('Open read-only')).toBeFocused();
  expect(await seriousInBothThemes(second.page), 'open in another window').toEqual(nothingSerious);
  await second.choice('Open read-only').click();
  await expect(second.canvas.block('AdEx')).toBeVisible();
  await expect(second.page.getByRole('button', { name: readOnly })).toBeVisible();

  const before = await second.canvas.content();
  await second.canvas.insert('Poisson spikes', 60, 200);
  await expect(second.messages).toContainText('open in another window and read-only here');
  expect(await seriousInBothThemes(second.page), 'read-only').toEqual(nothingSerious);
  expect(await second.canvas.content()).toEqual(before);
  await second.page.reload();
  await expect(second.page.getByRole('button', { name: readOnly })).toBeVisible();
  await expect(second.page.getByRole('dialog')).toHaveCount(0);

  await bench.canvas.move(bench.canvas.block('AdEx'), 30, 20);
  await expect(bench.page.getByRole('contentinfo')).toContainText(/edits kept .* 2 undo steps/);
});

test('taken over by another tab, the first one becomes read-only at once, and can take it back', async ({
  bench,
  context,
  workbench,
}) => {
  await edit(bench);
  const second = await openIn(await context.newPage(), workbench);
  await second.choice('Take over here').click();
  await expect(second.canvas.block('AdEx')).toBeVisible();
  await expect(bench.elsewhere).toBeVisible();
  await second.canvas.insert('Poisson spikes', 60, 200);
  await expect(second.page.getByRole('contentinfo')).toContainText(/edits kept .* 2 undo steps/);
  const content = await second.canvas.content();

  await bench.page.keyboard.press('Escape');
  await bench.page.getByRole('button', { name: readOnly }).click();
  await bench.choice('Take over here').click();
  await expect.poll(() => bench.canvas.content()).toEqual(content);
  await expect(bench.page.getByRole('button', { name: readOnly })).toHaveCount(0);
  await expect(second.elsewhere).toBeVisible();
  await second.choice('Stay read-only').click();
  await bench.canvas.move(bench.canvas.block('AdEx'), 30, 20);
  await expect(bench.page.getByRole('contentinfo')).toContainText(/edits kept .* 3 undo steps/);
});

test('the window that lost the project saves a copy and goes on in it', async ({ bench, context, workbench }) => {
  await edit(bench);
  const second = await openIn(await context.newPage(), workbench);
  await second.choice('Take over here').click();
  await expect(bench.elsewhere).toBeVisible();
  await bench.choice('Save a copy').click();
  await expect(bench.messages).toContainText('(copy).spikeloom');
  await edit(bench);
  await expect(bench.page.getByRole('contentinfo')).toContainText(/edits kept/);
  await expect(bench.page.getByRole('button', { name: readOnly })).toHaveCount(0);
  await second.canvas.move(second.canvas.block('AdEx'), 30, 20);
  await expect(second.page.getByRole('contentinfo')).toContainText(/edits kept .* 2 undo steps/);
});

test('in another browser, the same file leads to the same project, opened as a copy', async ({
  bench,
  browser,
  context,
  workbench,
}) => {
  await bench.saveAs('Net');
  await expect(bench.messages).toContainText('Saved as Net.spikeloom');
  await edit(bench);
  const other = await browser.newContext({
    storageState: await context.storageState(),
    viewport: { width: 1440, height: 900 },
  });
  try {
    const second = await openIn(await other.newPage(), workbench);
    await second.choice('Open read-only').click();
    await second.newProject();
    await expect(second.canvas.blocks).toHaveCount(0);
    await second.choose(/^Net\.spikeloom/);
    await expect(second.elsewhere).toBeVisible();
    await second.page.keyboard.press('Escape');
    await expect(second.canvas.blocks).toHaveCount(0);
    await second.choose(/^Net\.spikeloom/);
    await second.choice('Open a copy').click();
    await expect(second.canvas.block('AdEx')).toBeVisible();
    await second.canvas.move(second.canvas.block('AdEx'), 30, 20);
    await expect(second.page.getByRole('contentinfo')).toContainText(/edits kept/);
    await expect(bench.elsewhere).toBeHidden();
  } finally {
    await other.close();
  }
});

test('an example nobody has touched is not worth a question', async ({ bench, context, workbench }) => {
  await expect(bench.canvas.blocks).toHaveCount(3);
  const second = await openIn(await context.newPage(), workbench);
  await expect(second.canvas.blocks).toHaveCount(3);
  await expect(second.page.getByRole('dialog')).toHaveCount(0);
});
