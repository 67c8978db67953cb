/** The memory limit is chosen among the run settings and still holds after the page is loaded again. */
import { expect, test } from '../fixtures.ts';

test('given another memory limit, then it is there after loading again, and can be reset', async ({ bench, app }) => {
  test.setTimeout(120_000);
  const field = bench.inspector.field('Memory limit');
  await expect(field).toHaveValue('2');
  const reset = app.getByRole('button', { name: 'Reset Memory limit to the default' });
  // A page that is loaded again at once may not have told its host yet.
  await expect(async () => {
    await field.fill('0.5');
    await field.press('Enter');
    await expect(reset).toBeVisible();
    await app.reload();
    await expect(field).toHaveValue('0.5');
  }).toPass({ timeout: 60_000 });
  await reset.click();
  await expect(field).toHaveValue('2');
});
