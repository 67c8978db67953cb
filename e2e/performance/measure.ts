/**
 * Measures the workbench while 1,000 cells stream into a raster and traces: frames per second, tasks over 50 ms, memory.
 * `MINUTES=10 npx playwright test -c e2e --project performance`
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { strToU8 } from 'fflate';
import { expect, test } from '../fixtures.ts';

const minutes = Number(process.env['MINUTES'] ?? 1);
const frameSeconds = 10;
const megabyte = 1e6;

const quantity = (value: number, unit: string) => ({ value, unit });

/** 1,000 cells driven by 200 Poisson trains; every spike and three membranes recorded and shown. */
function thousandCells(): Uint8Array {
  const element = (id: string, kind: string, parameters: object) => ({ [id]: { id, kind, name: id, parameters } });
  const probe = (id: string, port: string, cells: number[] | null) => ({
    [id]: { id, element: 'cells', target: port, cells },
  });
  return strToU8(
    JSON.stringify({
      format: 'spikeloom',
      versions: { document: 1, element: 1, connection: 1, probe: 1, view: 1 },
      name: 'Thousand cells',
      run: { timeStep: quantity(0.1, 'ms'), duration: null, seed: 1, speed: 1 },
      elements: {
        ...element('drive', 'stimuli/poisson', { size: 200, rate: quantity(20, 'Hz') }),
        ...element('cells', 'neurons/lif', { size: 1000 }),
      },
      connections: {
        wires: {
          id: 'wires',
          kind: 'connectors/fixed-in-degree',
          from: { element: 'drive', port: 'spikes' },
          to: { element: 'cells', port: 'synapses' },
          parameters: { weight: quantity(0.2, 'nA'), in_degree: 20, delay: quantity(1.5, 'ms') },
        },
      },
      probes: { ...probe('spikes', 'spikes', null), ...probe('membranes', 'v', [0, 1, 2]) },
      arrays: {},
      view: {
        positions: { drive: { x: 0, y: 0 }, cells: { x: 300, y: 0 } },
        plots: [
          { id: 'raster', kind: 'raster', probes: ['spikes'] },
          { id: 'traces', kind: 'traces', probes: ['membranes'] },
        ],
      },
    }),
  );
}

test('a thousand cells', async ({ bench, app, browser }) => {
  test.setTimeout((minutes + 3) * 60_000);
  await bench.canvas.dropFile({ name: 'thousand.spikeloom', content: thousandCells() });
  await expect(bench.canvas.blocks).toHaveCount(2);
  await expect(bench.status).toHaveText('engine ready');
  await bench.runButton.click();
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(2);
  const spikes = bench.plot(/^Raster/).getByRole('button', { name: /spikes/ });
  console.log(JSON.stringify({ ...(await frames(app)), shown: await spikes.innerText(), ...(await speed(app)) }));
  for (let minute = 0; ; minute += 1) {
    console.log(JSON.stringify({ minute, ...(await memory(app, browser)) }));
    if (minute >= minutes) break;
    await app.waitForTimeout(60_000); // a measurement per minute, not a wait for something
  }
  console.log(JSON.stringify({ ...(await frames(app)), ...(await speed(app)) }));
});

/** Frames per second and long tasks over some seconds. */
function frames(page: Page): Promise<object> {
  return page.evaluate(async (seconds) => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
    });
    observer.observe({ type: 'longtask' });
    const times: number[] = [];
    const start = performance.now();
    for (let now = start; now - start < seconds * 1000;) {
      now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now);
    }
    observer.disconnect();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
    gaps.sort((left, right) => left - right);
    const framesPerSecond = Math.round((gaps.length / gaps.reduce((sum, gap) => sum + gap, 0)) * 1000);
    return {
      framesPerSecond,
      slowest1PercentMs: Math.round(gaps[Math.floor(gaps.length * 0.99)] ?? 0),
      longTasksMs: long,
    };
  }, frameSeconds);
}

/** What the bars say about the run. */
async function speed(page: Page): Promise<object> {
  const factor = await page.locator('.transport-factor').innerText();
  return { factor, figures: await page.getByTestId('engine-figures').innerText() };
}

/** The page's heap by its own account, and what its process holds, workers and shared memory included. */
async function memory(page: Page, browser: Browser): Promise<object> {
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const resident = await Promise.all(pages.map(({ id }) => residentBytes(id)));
  return { heapMB: Math.round(heap / megabyte), processMB: Math.round(Math.max(0, ...resident) / megabyte) };
}

async function residentBytes(process: number): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
