/** Makes docs/screenshot.png: the workbench as it starts, its opening example running. `npx playwright test -c e2e --project screenshot` */
import { join } from 'node:path';
import { test } from './fixtures.ts';

const watchMilliseconds = 4_000;

test.use({ colorScheme: 'dark' });

test('screenshot', async ({ app }) => {
  await app.waitForTimeout(watchMilliseconds);
  await app.screenshot({ path: join(import.meta.dirname, '..', 'docs', 'screenshot.png') });
});
