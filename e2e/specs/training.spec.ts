/** Training in the window: what is missing is said and added, the loss of an example falls, its values are used and taken back. */
import { expect, test } from '../fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';

test('what training needs is said, and an objective is added', async ({ bench, app }) => {
  await bench.newProject();
  await new Keyboard(app).command('Train…');
  const dialog = app.getByRole('dialog', { name: 'Train', exact: true });
  await expect(dialog.getByText('There is no objective yet')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add an objective' }).click();
  await expect(bench.canvas.block('Training objective')).toBeVisible();
  await app.getByRole('button', { name: 'Train…' }).first().click();
  await expect(dialog.getByText('No parameter is marked as trained.')).toBeVisible();
});

test('an untrained layer of an example learns, and undo brings back what it was', async ({ bench, app }) => {
  const keyboard = new Keyboard(app);
  const dialog = app.getByRole('dialog', { name: 'Train', exact: true });
  await bench.choose(/^Trained rate reservoir/);
  const layer = bench.canvas.block('Untrained');
  await layer.locator('.block-figure').click();
  const mark = bench.inspector.region.getByRole('button', { name: 'Train output weights', exact: true });
  const flag = layer.getByRole('img', { name: /^Training may change .*w_out/ });
  await expect(flag).toBeVisible();
  await mark.click();
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await expect(flag).toHaveCount(0);
  await mark.click();
  await expect(flag).toBeVisible();

  const weights = bench.inspector.region.locator('[data-parameter="w_out"]');
  const drawn = await weights.innerText();

  await keyboard.command('Train…');
  await expect(dialog.getByRole('region', { name: 'What is trained' })).toContainText('Untrained');
  const enter = async (name: string, text: string): Promise<void> => {
    await dialog.getByRole('textbox', { name }).fill(text);
    await dialog.getByRole('textbox', { name }).press('Enter');
  };
  await enter('epochs', '12');
  await enter('learning rate', '0.01');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const use = dialog.getByRole('button', { name: 'Use these values' });
  await expect(use).toBeEnabled({ timeout: 60_000 });
  const verdict = await dialog.getByText(/^Loss .* before/).innerText();
  const [before = NaN, after = NaN] = [...verdict.matchAll(/\d[\d.e−-]*/g)].map(([digits]) => Number(digits));
  expect(after).toBeLessThan(before);
  await use.click();

  await expect(weights.getByRole('button', { name: 'Reset output weights to the default' })).toBeVisible();
  expect(await weights.innerText()).not.toBe(drawn);
  await app.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => weights.innerText()).toBe(drawn);
});
