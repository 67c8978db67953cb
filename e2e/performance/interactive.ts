/**
 * 4,000 cells that stay interactive: the Vogels–Abbott network runs in real time with its raster, two traces and the canvas
 * showing; frames per second and the time factor are printed. `npx playwright test -c e2e --project interactive`
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';

const seconds = 10;

for (const project of ['vogels-abbott', 'brunel']) {
  test(`${project}: frames are painted while it runs`, async ({ bench, app }) => {
    test.setTimeout(180_000);
    const content = await readFile(`assets/examples/${project}.spikeloom`);
    await bench.canvas.dropFile({ name: `${project}.spikeloom`, content });
    await expect(bench.plot(/^Raster/)).toBeVisible({ timeout: 60_000 });
    await expect(bench.status).toHaveText('engine ready', { timeout: 60_000 });
    await bench.runButton.click();
    await expect.poll(() => bench.simulatedSeconds(), { timeout: 60_000 }).toBeGreaterThan(1);
    const before = await bench.simulatedSeconds();
    const painted = await app.evaluate(countFrames, seconds);
    const simulated = (await bench.simulatedSeconds()) - before;
    const lost = await app
      .locator('.status-bar')
      .getByText(/dropped/)
      .innerText();
    console.log(JSON.stringify({ project, ...painted, timesRealTime: Number((simulated / seconds).toFixed(2)), lost }));
    expect(painted.frames).toBeGreaterThan(seconds);
    expect(simulated).toBeGreaterThan(0);
    expect(lost).toBe('dropped 0');
  });
}

/** Frames over some seconds, the slowest gaps between them, and tasks of more than 50 ms. */
async function countFrames(span: number) {
  const long: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
  });
  observer.observe({ type: 'longtask' });
  const gaps: number[] = [];
  const start = performance.now();
  for (let now = start, last = start; now - start < span * 1000; last = now) {
    now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    gaps.push(now - last);
  }
  observer.disconnect();
  gaps.sort((left, right) => left - right);
  return {
    frames: gaps.length,
    framesPerSecond: Math.round(gaps.length / span),
    slowest1PercentMs: Math.round(gaps[Math.floor(gaps.length * 0.99)] ?? 0),
    longTasksMs: long,
  };
}
