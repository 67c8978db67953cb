/** What every end-to-end test gets: a server of its own with empty folders, and a page that must not break any rule. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { WorkbenchPage } from './pages/workbench.ts';

const root = join(import.meta.dirname, '..');

/** A running `spikeloom serve`. */
export interface Workbench {
  /** Folder of its journals, settings and projects. */
  readonly home: string;
  readonly port: number;
  /** The link to open; works once. */
  readonly link: string;
  /** Ends the server with SIGKILL, as a crash would. */
  kill(): Promise<void>;
}

interface Fixtures {
  readonly workbench: Workbench;
  /** Messages that the page logged as errors; a test that expects some empties the list. */
  readonly pageErrors: string[];
  /** The page with the workbench open in it. */
  readonly app: Page;
  /** The same with names for its parts, once the engine has answered. */
  readonly bench: WorkbenchPage;
}

/** Starts a server with its folders under `home`. */
export async function startWorkbench(home: string, port = 0): Promise<Workbench> {
  const args = ['dist/electron/cli.js', 'serve', '--no-open', '--json', '--port', String(port)];
  const server = spawn(process.execPath, args, { cwd: root, env: { ...process.env, SPIKELOOM_HOME: home } });
  const started = await firstDocument(server);
  return {
    home,
    port: started.port,
    link: started.url,
    kill: () =>
      new Promise((resolve) => {
        if (server.exitCode !== null || server.signalCode !== null) return resolve();
        server.once('exit', () => resolve());
        server.kill('SIGKILL');
        return undefined;
      }),
  };
}

/** The JSON document that `serve --json` prints. */
function firstDocument(server: ChildProcess): Promise<{ port: number; url: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    let errors = '';
    server.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
    server.stdout?.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.trimEnd().endsWith('}')) resolve(JSON.parse(output) as { port: number; url: string });
    });
    server.once('exit', (code) => reject(new Error(`the server ended with code ${code}: ${errors}`)));
  });
}

/** Watches a page for errors and for violations of its content security policy. */
export async function watchForErrors(page: Page, errors: string[]): Promise<void> {
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
}

export const test = base.extend<Fixtures>({
  // Playwright demands a destructured first argument.
  workbench: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'spikeloom-e2e-'));
    const workbench = await startWorkbench(home);
    await use(workbench);
    await workbench.kill();
    await rm(home, { recursive: true, force: true });
  },
  pageErrors: async ({}, use) => {
    const errors: string[] = [];
    await use(errors);
    expect(errors, 'errors on the page').toEqual([]);
  },
  app: async ({ page, workbench, pageErrors }, use) => {
    await watchForErrors(page, pageErrors);
    await page.goto(workbench.link);
    await use(page);
  },
  bench: async ({ app }, use) => {
    const bench = new WorkbenchPage(app);
    await expect(bench.status).not.toHaveText(/starting/);
    await use(bench);
  },
});

export { expect };
