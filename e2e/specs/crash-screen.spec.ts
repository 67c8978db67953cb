/** Drawing fails for good: the crash screen names the reason and gives the document as a file that opens again. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from '../fixtures.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('a fault while drawing leaves a screen that saves the document', async ({ bench, app, pageErrors }) => {
      await bench.canvas.insert('AdEx', 120, 60);
      await expect(app.getByRole('contentinfo')).toContainText('edits kept');
      const { blocks } = await bench.canvas.content();
      await expect.poll(() => app.workers().length).toBe(2);
      // From now on nothing new can be put on the page in the way React does it, as after a fault of an extension.
      await app.evaluate(() => {
        const broken = (): never => {
          throw new Error('planted fault of drawing');
        };
        Object.assign(Node.prototype, { appendChild: broken, insertBefore: broken });
      });
      // A run draws figures anew all the time; a panel that opens does so at once.
      await app.keyboard.press('[');
      await expect(app.getByRole('alert')).toHaveText('planted fault of drawing');
      await expect(app.getByRole('heading', { level: 1 })).toHaveText('Spikeloom ran into a fault of its own');
      await expect.poll(() => app.workers().length).toBe(0);

      const download = app.waitForEvent('download');
      await app.getByRole('button', { name: 'Save the project as a file' }).click();
      const saved = unzipSync(readFileSync(await (await download).path()))['document.json'];
      const { elements } = JSON.parse(strFromU8(saved ?? new Uint8Array())) as { elements: object };
      expect(Object.keys(elements).sort()).toEqual(Object.keys(blocks).sort());

      await app.evaluate(axe);
      const results = await app.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(
        results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => String(node.target)).join()}`),
      ).toEqual([]);
      await app.getByRole('button', { name: 'Load again' }).click();
      await bench.recover();
      await expect
        .poll(async () => Object.keys((await bench.canvas.content()).blocks).sort())
        .toEqual(Object.keys(blocks).sort());
      expect(pageErrors.splice(0).filter((error) => !error.includes('planted fault'))).toEqual([]);
    });
  });
}
