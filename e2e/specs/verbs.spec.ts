/** State and parameters as a whole, from the menu of a block, the inspector and search; live input; a change of a matrix. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

test('state is reset and drawn anew during a run, the clock set back, parameters reset and undone', async ({
  bench,
  app,
}) => {
  await bench.newProject();
  await bench.canvas.insert('Live input', 120, 120);
  await bench.canvas.insert('LIF', 460, 120);
  const block = bench.canvas.blocks.nth(1);
  await block.click();
  const value = bench.inspector.region.locator('[data-parameter="tau_mem"]').getByRole('textbox');
  await value.fill('35');
  await value.press('Enter');

  await app.getByRole('button', { name: 'Run Space' }).click();
  const pause = app.getByRole('button', { name: 'Pause Space' });
  await expect(pause).toBeVisible();
  await bench.canvas.blocks.nth(0).click({ button: 'right' });
  const menu = app.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: 'Randomise state' })).toBeVisible();
  await shot(app, 'menu');
  await menu.getByRole('menuitem', { name: 'Randomise state' }).click();
  await expect(app.getByText(/^State of Live input randomised, seed \d+$/)).toBeVisible();

  await block.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Reset state' }).click();
  await expect(app.getByText(/^State of LIF.* reset$/)).toBeVisible();
  await block.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Reset to their defaults' }).click();
  await expect(value).not.toHaveValue('35');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(value).toHaveValue('35');
  await bench.inspector.region.getByRole('button', { name: 'Randomise state' }).click();
  await expect(app.getByText(/^State of LIF randomised, seed \d+$/)).toBeVisible();
  await shot(app, 'inspector');
  await expect(pause).toBeVisible();
  await expect(bench.problems).toHaveText('No problems');

  // The clock is set back where the pane is asked, in a narrow window.
  await app.setViewportSize({ width: 1024, height: 768 });
  await bench.canvas.region.click({ button: 'right', position: { x: 40, y: 40 } });
  await expect(menu.getByRole('menuitem', { name: 'Save as a graph…' })).toBeVisible();
  await shot(app, 'pane');
  await menu.getByRole('menuitem', { name: 'Set the clock back to 0, keep the state' }).click();
  await expect(menu).toBeHidden();
});

test('a matrix that is there is changed, and its source tells of both', async ({ bench, app }) => {
  await bench.newProject();
  await bench.canvas.insert('Liquid reservoir', 300, 200);
  const row = bench.inspector.region.locator('[data-parameter="W_rec"]');
  await row.getByRole('button', { name: 'Generate…' }).click();
  const dialog = app.getByRole('dialog', { name: /^Generate W_rec/ });
  const generator = dialog.getByRole('combobox', { name: 'Generator' });
  await expect(generator.getByRole('option', { name: 'Whole numbers of contacts' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await row.getByRole('button', { name: 'Generate…' }).click();
  await generator.selectOption('discretise');
  await expect(dialog.getByText('100 × 100')).toBeVisible();
  await shot(app, 'change');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(row.getByText(/^discretise: most_contacts = 3, .* ← random-reservoir: size = 100/)).toBeVisible();
});

/** A picture for people, where one is asked for. */
async function shot(app: Page, name: string): Promise<void> {
  const folder = process.env['VERBS_SCREENSHOTS'];
  if (folder === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.emulateMedia({ colorScheme });
    await app.screenshot({ path: `${folder}/${name}-${app.viewportSize()?.width ?? 0}-${colorScheme}.png` });
  }
}
