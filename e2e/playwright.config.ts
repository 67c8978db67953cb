/** End-to-end tests: the built workbench, served as in browser mode, in a real Chromium. */
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where it is installed; otherwise the one Playwright installed. */
function chromiumPath(): string | undefined {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
}

const executablePath = chromiumPath();

export default defineConfig({
  projects: [
    { name: 'build', testDir: '.', testMatch: 'build.setup.ts' },
    { name: 'specs', testDir: 'specs', testMatch: '**/*.spec.ts', dependencies: ['build'] },
    {
      name: 'screenshot',
      testDir: '.',
      testMatch: 'screenshot.ts',
      dependencies: ['build'],
      use: { trace: 'off' },
    },
    {
      name: 'performance',
      testDir: 'performance',
      testMatch: 'measure.ts',
      dependencies: ['build'],
      use: { trace: 'off' },
    },
    {
      name: 'interactive',
      testDir: 'performance',
      testMatch: 'interactive.ts',
      dependencies: ['build'],
      use: { trace: 'off' },
    },
    {
      name: 'bench',
      testDir: 'performance',
      testMatch: 'page-run.ts',
      dependencies: ['build'],
      expect: { timeout: 120_000 },
      use: { trace: 'off' },
    },
  ],
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../.cache/reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // A film of every test takes a processor that has no graphics card longer than it is worth: one picture of a failure does.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    ...(executablePath === undefined ? {} : { launchOptions: { executablePath } }),
  },
});
