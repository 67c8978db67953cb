/** A parameter that is dragged while the network runs: the raster follows at once, and its time goes on without a gap. */
import { expect, test } from '../fixtures.ts';
import { recordedRows, timesOf } from '../pages/recorded.ts';

test('dragging the current of a population changes its spikes without a break in time', async ({
  bench,
  app,
  workbench,
}) => {
  test.setTimeout(120_000);
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.3);
  await bench.canvas.block('Excitatory').locator('.block-name').click();
  const row = bench.inspector.region.locator('[data-parameter="I_e"]');
  await bench.inspector.parameter('I_e').click();
  const thumb = row.locator('.slider-thumb');
  const [from, track] = [await thumb.boundingBox(), await row.locator('.slider-track').boundingBox()];
  if (from === null || track === null) throw new Error('the slider is not on the screen');
  const y = from.y + from.height / 2;
  await app.mouse.move(from.x + from.width / 2, y);
  await app.mouse.down();
  const before = await bench.simulatedSeconds();
  await app.mouse.move(track.x + track.width - 2, y, { steps: 12 });
  // Held, not let go: the run has the value already.
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(before + 0.5);
  const held = await bench.simulatedSeconds();
  await app.mouse.up();
  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('paused');

  const spikes = timesOf(await recordedRows(bench, workbench.home, { plot: /^Raster/, block: 'Excitatory' }));
  expect(spikes.every((time, index) => index === 0 || time >= (spikes[index - 1] ?? 0))).toBe(true);
  const within = (start: number, end: number): number => spikes.filter((time) => time >= start && time < end).length;
  expect(within(held - 0.2, held)).toBeGreaterThan(1.5 * within(before - 0.2, before));

  const samples = timesOf(await recordedRows(bench, workbench.home, { plot: /^Traces/, block: 'Excitatory' }));
  const steps = samples.slice(1).map((time, index) => time - (samples[index] ?? 0));
  expect(samples.length).toBeGreaterThan(5000);
  expect(Math.min(...steps.slice(-8000))).toBeGreaterThan(0.9e-4);
  expect(Math.max(...steps.slice(-8000))).toBeLessThan(1.1e-4);
  await expect(bench.problems).toHaveText('No problems');
});
