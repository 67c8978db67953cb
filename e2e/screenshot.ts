/** Makes docs/screenshot.png: the workbench as it starts, its opening example running. `npx playwright test -c e2e --project screenshot` */
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

/** Simulated seconds until the plots are full. */
const fullAfter = 2;

test.use({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });

test('screenshot', async ({ bench, app }) => {
  await expect.poll(() => bench.simulatedSeconds(), { timeout: 30_000 }).toBeGreaterThan(fullAfter);
  await app.screenshot({ path: join(import.meta.dirname, '..', 'docs', 'screenshot.png') });
});
