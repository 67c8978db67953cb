/** A tightly balanced network from search and from the menu of the canvas: its form, what is refused, and its blocks. */
import { expect, test } from '../fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';

test('a linear problem becomes a network that runs, in one edit that can be undone', async ({ bench, app }) => {
  await bench.newProject();
  await new Keyboard(app).command('Tightly balanced network');
  const dialog = app.getByRole('dialog', { name: 'Tightly balanced network' });
  await expect(dialog.getByText('100 × 100')).toHaveCount(2);
  const a = dialog.getByRole('textbox', { name: 'matrix of the problem in 1/s' });
  const create = dialog.getByRole('button', { name: 'Create' });
  await a.fill('-10 2 0\n-2 -10 0');
  await expect(dialog.getByRole('alert')).toHaveText('a is of shape [2, 3]; it must be a square matrix.');
  await expect(create).toBeDisabled();
  await a.fill('-10 2\n-2 -10');
  await dialog.getByRole('textbox', { name: 'constant input in 1/s' }).fill('1000 500 1');
  await expect(dialog.getByRole('alert')).toHaveText(/^c is of length 3; /);
  await dialog.getByRole('textbox', { name: 'constant input in 1/s' }).fill('1000 500');
  const cells = dialog.getByRole('textbox', { name: 'cells', exact: true });
  await cells.fill('20');
  await cells.press('Enter');
  await expect(dialog.getByText('20 × 20')).toHaveCount(2);
  await create.click();
  await expect(bench.canvas.blocks).toHaveCount(4);
  const allInView = async (): Promise<void> => {
    for (const block of await bench.canvas.blocks.all()) await expect(block).toBeInViewport({ ratio: 0.99 });
  };
  await allInView();
  await app.keyboard.press('f');
  await app.setViewportSize({ width: 1120, height: 700 });
  await allInView();
  await app.setViewportSize({ width: 1440, height: 900 });
  await app.getByRole('button', { name: 'Run Space' }).click();
  await expect(app.getByRole('button', { name: 'Pause Space' })).toBeVisible();
  await expect(bench.problems).toHaveText('No problems');
  await app.keyboard.press('ControlOrMeta+z');
  await expect(bench.canvas.blocks).toHaveCount(0);
});

test('weights that are given become a network too, from the menu of the canvas', async ({ bench, app }) => {
  await bench.newProject();
  await bench.canvas.region.click({ button: 'right', position: { x: 40, y: 40 } });
  await app.getByRole('menuitem', { name: 'Tightly balanced network…' }).click();
  const dialog = app.getByRole('dialog', { name: 'Tightly balanced network' });
  await dialog.getByRole('combobox', { name: 'What is given' }).selectOption('specify');
  await expect(dialog.getByText('1 × 2')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(bench.canvas.blocks).toHaveCount(4);
  await expect(bench.inspector.region.getByRole('button', { name: 'Tightly balanced network…' })).toBeVisible();
  await expect(bench.problems).toHaveText('No problems');
});
