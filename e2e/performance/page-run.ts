/**
 * Runs a project in the page as fast as it goes, its raster and traces showing, and writes how long that took.
 * Started by `npm run bench -- W9`: BENCH_PROJECT is the project, BENCH_FIGURES the file that is written.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { expect, test } from '../fixtures.ts';

const project = process.env['BENCH_PROJECT'] ?? 'assets/examples/vogels-abbott.spikeloom';
const figures = process.env['BENCH_FIGURES'];
const rounds = 5;
const roundMilliseconds = 4000;

test('a project in the page', async ({ bench, app }) => {
  test.setTimeout(300_000);
  await bench.canvas.dropFile({ name: basename(project), content: await withoutEnd(project) });
  await expect(bench.plot(/^Raster/)).toBeVisible();
  await expect(bench.status).toHaveText('engine ready');
  await bench.runButton.click();
  await expect.poll(() => bench.simulatedSeconds(), { timeout: 120_000 }).toBeGreaterThan(0.5);
  const measured: { simulatedSeconds: number; wallSeconds: number }[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await app.evaluate(observe, roundMilliseconds));
  console.log(JSON.stringify(measured));
  if (figures !== undefined) await writeFile(figures, JSON.stringify(measured));
});

/** The project, to be run as fast as it goes until it is stopped. */
async function withoutEnd(path: string): Promise<Uint8Array> {
  const { 'document.json': file = new Uint8Array() } = unzipSync(await readFile(path));
  const document = JSON.parse(strFromU8(file)) as { run: object };
  return strToU8(JSON.stringify({ ...document, run: { ...document.run, duration: null, speed: null } }));
}

/** Simulated and wall time between two changes of the simulated time that lie so many milliseconds apart. */
async function observe(milliseconds: number): Promise<{ simulatedSeconds: number; wallSeconds: number }> {
  const shown = document.querySelector('[data-testid="simulated-time"]');
  if (shown === null) throw new Error('the page shows no simulated time');
  const read = (): number => Number(/t = ([\d.]+) s/.exec(shown.textContent)?.[1]);
  const change = (): Promise<number> =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(shown, { characterData: true, childList: true, subtree: true });
    });
  const begun = await change();
  const from = read();
  let now = begun;
  while (now - begun < milliseconds) now = await change();
  return { simulatedSeconds: read() - from, wallSeconds: (now - begun) / 1000 };
}
