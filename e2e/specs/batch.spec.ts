/** Batches on the canvas: a batch size on a stimulus, and the rasters of two members beside each other. */
import type { Page } from '@playwright/test';
import { countColours } from '../pages/canvas.ts';
import { expect, test } from '../fixtures.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

const chooser = 'Member of the batch';

/** A new project with Poisson spikes, recorded in a raster, for 300 ms. */
async function poissonProject(bench: WorkbenchPage): Promise<void> {
  await bench.newProject();
  await bench.inspector.enter(bench.inspector.field('Duration'), '300 ms');
  await bench.canvas.insert('Poisson spikes', 120, 60);
  const block = bench.canvas.block('Poisson spikes');
  await block.locator('.block-figure').click();
  await bench.page.keyboard.press('p');
  await expect(bench.plot(/^Raster/)).toBeVisible();
}

async function runToEnd(bench: WorkbenchPage): Promise<void> {
  await bench.resetButton.click();
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished');
}

/** The raster of a plot once it stands still. */
async function picture(app: Page, bench: WorkbenchPage, name: RegExp): Promise<string> {
  const canvas = bench.plot(name).locator('canvas').first();
  await expect.poll(() => countColours(canvas)).toBeGreaterThan(1);
  const look = (): Promise<string> => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  let seen = await look();
  await expect(async () => {
    const before = seen;
    await app.waitForTimeout(700); // the time between two looks, not a wait for something
    seen = await look();
    expect(seen).toEqual(before);
  }).toPass();
  return seen;
}

test('a batch of three runs side by side, and each member is shown by itself', async ({ bench, app }) => {
  await poissonProject(bench);
  await runToEnd(bench);
  const alone = await picture(app, bench, /^Raster/);
  await expect(app.getByLabel(chooser)).toHaveCount(0);

  const size = bench.inspector.parameter('members');
  await bench.inspector.enter(size, '3');
  const member = app.getByLabel(chooser);
  await expect(member).toHaveValue('0');
  await expect(member.locator('option')).toHaveText(['Member 1 of 3', 'Member 2 of 3', 'Member 3 of 3']);
  await runToEnd(bench);
  const first = await picture(app, bench, /^Raster of Poisson spikes, member 1 of 3/);
  expect(first).toBe(alone);

  await member.focus();
  await app.keyboard.press('ArrowDown');
  const second = await picture(app, bench, /^Raster of Poisson spikes, member 2 of 3/);
  expect(second).not.toBe(first);
  await app.keyboard.press('ArrowUp');
  expect(await picture(app, bench, /^Raster of Poisson spikes, member 1 of 3/)).toBe(first);

  await bench.canvas.block('Poisson spikes').locator('.block-figure').click();
  await bench.undo();
  await expect(app.getByLabel(chooser)).toHaveCount(0);
  await expect(size).toHaveValue('1');
});

test('two batch sizes in one network are a problem at the second, until they agree', async ({ bench, app }) => {
  await poissonProject(bench);
  await bench.inspector.enter(bench.inspector.parameter('members'), '3');
  await bench.canvas.insert('Poisson drive', 120, 240);
  await bench.inspector.enter(bench.inspector.parameter('members'), '4');
  await expect(bench.inspector.region).toContainText('has a batch size of 4');
  await expect(bench.inspector.region).toContainText('Set it to 3, or to 1');
  await bench.inspector.enter(bench.inspector.parameter('members'), '3');
  await expect(bench.inspector.region).not.toContainText('has a batch size of');
  await expect(app.getByLabel(chooser)).toBeVisible();
});
