/** Measures of an example: spectral radii in the inspector, memory capacity with its mistakes, and errors of two traces. */
import { expect, test } from '../fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';

test('a reservoir is measured, and its forecast is compared with what came', async ({ bench, app }) => {
  const keyboard = new Keyboard(app);
  await bench.choose(/^Sunspot forecast/);
  await expect(bench.status).toHaveText('run finished', { timeout: 30_000 });
  await bench.canvas.block('Reservoir').click();
  const measures = bench.inspector.region.getByRole('region', { name: 'Measures' });
  await measures.getByRole('button', { name: 'Spectral radius', exact: true }).click();
  // The example draws weights of radius 0.9 with a leak rate of 0.1; the radius of the leaky step lies between 0.9 and 1.
  await expect(measures.getByRole('definition').first()).toHaveText('0.9');
  await expect(measures.getByRole('definition').last()).toHaveText(/^0\.9\d+$/);

  await keyboard.command('Measure memory capacity');
  const dialog = app.getByRole('dialog', { name: 'Memory capacity: Reservoir' });
  const enter = async (name: string, text: string): Promise<void> => {
    const field = dialog.getByRole('textbox', { name });
    await field.fill(text);
    await field.press('Enter');
  };
  await enter('longest delay', '10');
  await expect(dialog.getByRole('textbox', { name: 'values played' })).toHaveValue('100');
  await enter('washout', '400');
  await dialog.getByRole('button', { name: 'Measure', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('A washout of 400 leaves nothing');
  await enter('washout', '10');
  await enter('values played', '400');
  await dialog.getByRole('button', { name: 'Measure', exact: true }).click();
  await expect(dialog.getByText('memory capacity, over 10 delays')).toBeVisible();
  await expect(dialog.getByText('trained on 310 values, tested on 80')).toBeVisible();
  await expect(dialog.getByRole('img', { name: /^Recall over delay/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await expect(bench.canvas.block('Forecast')).toContainText('NRMSE');
  await keyboard.command('Compare two traces');
  const compare = app.getByRole('dialog', { name: 'Compare two traces' });
  await expect(compare.getByText(/^600 samples compared, 2520 without a number/)).toBeVisible();
  await expect(compare.getByRole('row', { name: /^R²/ }).getByRole('cell')).toHaveText(/^0\.\d+$/);
  await compare.getByRole('textbox', { name: 'From' }).fill('9');
  await compare.getByRole('textbox', { name: 'From' }).press('Enter');
  await expect(compare.getByRole('alert')).toContainText('fewer than two samples in common');
});
