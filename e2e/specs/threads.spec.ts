/** Threads of the page: the same network by one and by several shows the same spikes at the same places. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

/** What a run of 300 ms leaves: the number of its spikes, and the picture of its raster. */
async function rasterAfterRun(app: Page, bench: WorkbenchPage, cores: number): Promise<readonly string[]> {
  await app.addInitScript((count) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => count, configurable: true });
  }, cores);
  await app.reload();
  await expect(bench.status).toHaveText(/^engine (running|ready)$/);
  await bench.inspector.enter(bench.inspector.field('Duration'), '300 ms');
  await bench.resetButton.click();
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished');
  const badge = bench.plot(/^Raster/).getByRole('button', { name: /spikes/ });
  await expect(badge).toHaveText(/^all [\d,]+ spikes shown/);
  const look = async (): Promise<readonly string[]> => [await badge.innerText(), await picture(app)];
  // The last records are drawn a moment after the run has finished: nothing more may come for a while.
  let seen = await look();
  await expect(async () => {
    const before = seen;
    await app.waitForTimeout(1500); // the time between two looks, not a wait for something
    seen = await look();
    expect(seen).toEqual(before);
  }).toPass();
  return seen;
}

async function picture(app: Page): Promise<string> {
  const canvas = app.locator('.plot').first().locator('canvas').first();
  return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
}

test('four threads and one show the same spikes', async ({ bench, app }) => {
  const one = await rasterAfterRun(app, bench, 1);
  expect(app.workers().filter((worker) => worker.url().includes('step-worker'))).toHaveLength(0);
  const four = await rasterAfterRun(app, bench, 5);
  expect(app.workers().filter((worker) => worker.url().includes('step-worker'))).toHaveLength(3);
  expect(four).toEqual(one);
});
