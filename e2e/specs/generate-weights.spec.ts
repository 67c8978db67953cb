/** A matrix is made by a generator in the inspector: a form with a picture, one edit, and the recipe to change later. */
import { expect, test } from '../fixtures.ts';

test('a matrix is generated, kept with its recipe, generated anew and undone', async ({ bench, app }) => {
  await bench.newProject();
  await bench.canvas.insert('Liquid reservoir', 300, 200);
  const row = bench.inspector.region.locator('[data-parameter="W_rec"]');
  await row.getByRole('button', { name: 'Generate…' }).click();
  const dialog = app.getByRole('dialog', { name: /^Generate W_rec/ });
  await dialog.getByRole('combobox', { name: 'Generator' }).selectOption('small-world');
  const size = dialog.locator('[data-argument="size"]').getByRole('textbox');
  await size.fill('40');
  await size.press('Enter');
  await expect(dialog.getByText('40 × 40')).toBeVisible();
  const neighbours = dialog.locator('[data-argument="neighbours"]').getByRole('textbox');
  await neighbours.fill('60');
  await neighbours.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('neighbours is 60');
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await neighbours.fill('8');
  await neighbours.press('Enter');
  if (process.env['GENERATE_SCREENSHOT'] !== undefined)
    await app.screenshot({ path: process.env['GENERATE_SCREENSHOT'] });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByText(/^small-world: size = 40, neighbours = 8, .*seed = 1$/)).toBeVisible();
  await expect(bench.problems).toHaveText('No problems');

  await row.getByRole('button', { name: 'Generate…' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Generator' })).toHaveValue('small-world');
  await expect(neighbours).toHaveValue('8');
  const seed = dialog.locator('[data-argument="seed"]').getByRole('textbox');
  await seed.fill('7');
  await seed.press('Enter');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(row.getByText(/seed = 7$/)).toBeVisible();

  await app.keyboard.press('ControlOrMeta+z');
  await expect(row.getByText(/seed = 1$/)).toBeVisible();
  await app.keyboard.press('ControlOrMeta+z');
  await expect(row.getByText('Not given: drawn by the topology')).toBeVisible();
});
