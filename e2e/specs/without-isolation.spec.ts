/** Where the browser does not isolate the page (no shared memory), records go in batches under credit: nothing is lost, and it says so. */
import { expect, test as base, watchForErrors } from '../fixtures.ts';
import { countColours } from '../pages/canvas.ts';
import { bringToEnd, workerOf } from '../pages/kill-worker.ts';
import { WorkbenchPage } from '../pages/workbench.ts';

const test = base.extend<{ readonly unshared: WorkbenchPage }>({
  /** The workbench without the headers that isolate it, as a proxy in between or an old browser would have it. */
  unshared: async ({ page, workbench, pageErrors }, use) => {
    await watchForErrors(page, pageErrors);
    await page.request.get(workbench.link, { maxRedirects: 0 });
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
    await page.goto(`http://127.0.0.1:${workbench.port}/`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    const bench = new WorkbenchPage(page);
    await expect(bench.status).toHaveText('engine running');
    await use(bench);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
});

test.use({
  // A page that came by way of the test counts as one from the internet, which may not ask this machine.
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--disable-features=LocalNetworkAccessChecks'] }),
});

test('the first example runs, its spikes are seen, and the status bar names the path', async ({
  unshared: bench,
  page,
}) => {
  await expect(page.getByRole('contentinfo')).toContainText('batches under credit');
  const raster = bench.plot(/^Raster/);
  await expect(raster.getByRole('button', { name: /^(all )?[1-9][\d,. ]*[kM]? spikes/ })).toBeVisible();
  await expect.poll(() => countColours(raster.locator('canvas').first())).toBeGreaterThan(2);
});

test('the status bar names shared memory where there is some', async ({ bench, app }) => {
  await expect(bench.status).toHaveText('engine running');
  await expect(app.getByRole('contentinfo')).toContainText('shared memory');
});

test('a run of 60 simulated seconds loses nothing', async ({ unshared: bench, page }) => {
  test.setTimeout(600_000);
  await expect.poll(() => bench.simulatedSeconds(), { timeout: 500_000, intervals: [1000] }).toBeGreaterThan(60);
  await page.keyboard.press('Space');
  await expect(bench.status).toHaveText('paused');
  await expect(page.getByRole('contentinfo')).toContainText('dropped 0');
  await expect(bench.problems).toHaveText('No problems');
});

test('an engine that died is started again and takes the same path', async ({ unshared: bench, page, pageErrors }) => {
  await bringToEnd(workerOf(page, 'engine'), 'exception');
  await expect(bench.status).toHaveText(/^engine stopped/, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Start the engine again' }).click();
  await expect(bench.status).toHaveText('engine ready');
  await bench.runButton.click();
  await expect(bench.status).toHaveText('engine running');
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.2);
  await expect(page.getByRole('contentinfo')).toContainText('batches under credit');
  await expect(page.getByRole('contentinfo')).toContainText('dropped 0');
  expect(pageErrors.splice(0).filter((error) => !error.includes('planted'))).toEqual([]);
});
