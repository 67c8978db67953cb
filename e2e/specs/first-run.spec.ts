/** The first start: the opening example runs, its spikes are seen, and the transport does what it says. */
import { expect, test } from '../fixtures.ts';
import { countColours } from '../pages/canvas.ts';

test('the first start shows a running network and its spikes', async ({ bench }) => {
  await expect(bench.status).toHaveText('engine running');
  await expect(bench.problems).toHaveText('No problems');
  await expect(bench.canvas.blocks).toHaveCount(3);
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.5);

  const raster = bench.plot(/^Raster/);
  await expect(raster.getByRole('button', { name: /^(all )?[1-9][\d,. ]*[kM]? spikes/ })).toBeVisible();
  await expect(raster.getByText(/100 cells · [\d.]+ Hz/)).toBeVisible();
  await expect.poll(() => countColours(raster.locator('canvas').first())).toBeGreaterThan(2);
  const trace = bench
    .plot(/^Traces/)
    .locator('canvas')
    .first();
  await expect.poll(() => countColours(trace)).toBeGreaterThan(2);
  await expect(bench.canvas.block('Excitatory')).toContainText(/[\d.]+ Hz/);
  await expect.poll(() => bench.canvas.colours(bench.canvas.block('Excitatory'))).toBeGreaterThan(1);
});

test('Space pauses and goes on, reset goes to zero, a step is exactly one step', async ({ bench, app }) => {
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0);
  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('paused');
  const paused = await bench.simulatedSeconds();
  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('engine running');
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(paused + 0.05);

  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('paused');
  await bench.resetButton.click();
  await expect.poll(() => bench.simulatedSeconds()).toBe(0);

  // Milliseconds are what the bar shows.
  await bench.inspector.enter(bench.inspector.field('Time step'), '1 ms');
  await expect(bench.stepButton).toBeEnabled();
  for (let steps = 1; steps <= 3; steps += 1) {
    await bench.stepButton.click();
    await expect.poll(() => bench.simulatedSeconds()).toBe(steps / 1000);
  }
  await bench.canvas.clickEmpty();
  await app.keyboard.press('.');
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.004);
});
