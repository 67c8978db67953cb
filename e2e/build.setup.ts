/** Builds what the specs drive, where it is older than its source; at once when `npm test` built it just before. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from '@playwright/test';

test('build', async () => {
  test.setTimeout(300_000);
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: join(import.meta.dirname, '..') });
});
