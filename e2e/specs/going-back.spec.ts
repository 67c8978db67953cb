/** The run goes back: by steps, by a press on the time strip, to a time; a branch without a change is the same run. */
import { expect, test } from '../fixtures.ts';
import { nothingSerious, seriousInBothThemes } from '../pages/axe.ts';
import { recordedRows, timesOf, TimeStripPage } from '../pages/recorded.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

const raster = { plot: /^Raster/, block: 'Excitatory' };

/** A run of 400 ms from the start, as fast as it goes, to its end. */
async function runToEnd(bench: WorkbenchPage): Promise<void> {
  await bench.inspector.enter(bench.inspector.field('Duration'), '400 ms');
  await bench.resetButton.click();
  await expect.poll(() => bench.simulatedSeconds()).toBe(0);
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished');
}

function expectInOrder(times: readonly number[]): void {
  expect(times.length).toBeGreaterThan(0);
  expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
}

test('steps back and on again, and a branch without a change ends with the same spikes', async ({
  bench,
  app,
  workbench,
}) => {
  test.setTimeout(120_000);
  const strip = new TimeStripPage(app);
  await runToEnd(bench);
  const before = await recordedRows(bench, workbench.home, raster);
  expectInOrder(timesOf(before));

  await bench.canvas.clickEmpty();
  await app.keyboard.press('Shift+,');
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.39);
  await bench.backButton.click({ modifiers: ['Shift'] });
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.38);
  await expect(bench.status).toHaveText('paused');
  await expect(strip.former).toHaveText(/^1 former course/);
  const left = timesOf(await recordedRows(bench, workbench.home, raster));
  expectInOrder(left);
  expect(left.at(-1)).toBeLessThan(0.38);

  await app.keyboard.press('j');
  const dialog = app.getByRole('dialog', { name: 'Go back to a time' });
  await dialog.getByRole('textbox').fill('7 mV');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a time');
  await dialog.getByRole('textbox').fill('150 ms');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.15);

  await bench.canvas.clickEmpty();
  await app.keyboard.press('b');
  await expect(bench.status).toHaveText('run finished');
  await expect(strip.former).toHaveText(/^1 former course/);
  const branch = await recordedRows(bench, workbench.home, raster);
  expect(branch).toEqual(before);
  expect(await seriousInBothThemes(app)).toEqual(nothingSerious);
});

test('an edit at an earlier time makes a branch, and the former course runs again to its end', async ({
  bench,
  app,
  workbench,
}) => {
  test.setTimeout(120_000);
  const strip = new TimeStripPage(app);
  await runToEnd(bench);
  const before = await recordedRows(bench, workbench.home, raster);

  await strip.press((await strip.present()) / 2);
  await expect(bench.status).toHaveText('paused');
  const fork = await bench.simulatedSeconds();
  expect(fork).toBeGreaterThan(0);
  expect(fork).toBeLessThan(0.4);
  await expect(strip.former).toHaveText(/^1 former course/);

  await bench.canvas.block('Excitatory').locator('.block-name').click();
  await bench.inspector.enter(bench.inspector.parameter('I_e'), '600 pA');
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished');
  const branch = await recordedRows(bench, workbench.home, raster);
  const shared = (rows: readonly string[]): readonly string[] =>
    rows.filter((row) => Number(row.split(',')[0]) < fork - 0.001);
  expect(shared(branch)).toEqual(shared(before));
  expect(branch).not.toEqual(before);
  expectInOrder(timesOf(branch));

  await strip.former.click();
  await expect(strip.list.getByRole('listitem')).toHaveCount(1);
  await expect(strip.list).toContainText('takes one edit back or does it again');
  expect(await seriousInBothThemes(app)).toEqual(nothingSerious);
  await strip.list.getByRole('button', { name: 'Run again' }).click();
  await expect(strip.list).toBeHidden();
  await expect(strip.former).toHaveText(/^1 former course/);
  await expect(bench.status).toHaveText('run finished');
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.4);
  expect(await recordedRows(bench, workbench.home, raster)).toEqual(before);
});
