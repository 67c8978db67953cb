/** Content security in the real browser: attacks from inside the page are refused, each of which works where the policy is missing. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { expect, test } from '../fixtures.ts';
import { WorkbenchPage } from '../pages/workbench.ts';
import { attacks } from '../attacks.ts';

/** What the page of an attack has: `hit` = the attack did something; `violations` = what the browser refused. */
interface Probed {
  hit: string[];
  violations: string[];
}

/** A foreign site that gives out whatever an attack wants, and remembers what was asked for. */
async function startForeignSite(): Promise<{ server: Server; origin: string; asked: string[] }> {
  const asked: string[] = [];
  const types: Readonly<Record<string, string>> = {
    js: 'text/javascript',
    css: 'text/css',
    svg: 'image/svg+xml',
    html: 'text/html',
    events: 'text/event-stream',
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const name = /^\/hit\/([\w-]+)/.exec(path)?.[1];
    if (name !== undefined) asked.push(name);
    const type = types[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
    response.writeHead(200, {
      'Content-Type': path === '/' ? 'text/html' : type,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.end(
      path.endsWith('.svg') ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : path === '/' ? '<title>open</title>' : '',
    );
  });
  new WebSocketServer({ server }).on('connection', (_socket, request) =>
    asked.push(String(request.url).slice('/hit/'.length)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probed: Probed = { hit: [], violations: [] };
    Object.assign(globalThis, { probed, hit: (name: string) => probed.hit.push(name) });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      probed.violations.push(effectiveDirective),
    );
  });
}

const probedOf = (page: Page): Promise<Probed> =>
  page.evaluate(() => (globalThis as unknown as { probed: Probed }).probed);

/** Runs an attack; what it threw counts as refused. */
function run(page: Page, attack: (typeof attacks)[number], origin: string): Promise<string | undefined> {
  return page.evaluate(attack.act, { name: attack.name, origin }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

let site: Awaited<ReturnType<typeof startForeignSite>>;
test.beforeEach(async () => {
  site = await startForeignSite();
});
test.afterEach(() => {
  site.server.closeAllConnections();
  site.server.close();
});

test('every attack from inside the page is refused', async ({ page, workbench, pageErrors }) => {
  test.setTimeout(300_000);
  expect(attacks.length).toBeGreaterThanOrEqual(45);
  await watch(page);
  await page.goto(workbench.link);
  const bench = new WorkbenchPage(page);
  await expect(bench.status).not.toHaveText(/starting/);
  // A network that rests leaves the machine to the attacks.
  await bench.runButton.click();
  for (const attack of attacks) {
    const before = (await probedOf(page)).violations.length;
    const thrown = await run(page, attack, site.origin);
    const refused = async (): Promise<boolean> =>
      thrown !== undefined ||
      (await probedOf(page)).violations.slice(before).some((name) => attack.refusedBy.test(name));
    await expect
      .poll(refused, { message: `${attack.name}: neither thrown nor told`, intervals: [20, 50, 100] })
      .toBe(true);
  }
  // The page is still the page, and nothing has come late.
  expect(new URL(page.url()).port).toBe(String(workbench.port));
  expect((await probedOf(page)).hit).toEqual([]);
  expect(site.asked).toEqual([]);
  pageErrors.splice(0);
});

test('the same attacks work on a page without the policy', async ({ browser }) => {
  test.setTimeout(300_000);
  const failed: string[] = [];
  for (const attack of attacks.filter(({ worksOpen }) => worksOpen !== false)) {
    // Of its own for each, so that what one opens or leaves behind goes with it.
    const context = await browser.newContext();
    const page = await context.newPage();
    await watch(page);
    await page.goto(site.origin);
    await run(page, attack, site.origin);
    const works = async (): Promise<boolean> =>
      site.asked.includes(attack.name) ||
      (await probedOf(page).catch(() => undefined))?.hit.includes(attack.name) === true;
    await expect
      .poll(works, { timeout: 20_000, intervals: [20, 50, 100] })
      .toBe(true)
      .catch(() => failed.push(attack.name));
    await context.close();
  }
  expect(failed).toEqual([]);
});

test('WebAssembly compiles in the engine worker alone, text in none', async ({ bench, pageErrors }) => {
  const compiles = async (url: RegExp) => {
    const worker = bench.page.workers().find((each) => url.test(each.url()));
    if (worker === undefined) throw new Error(`no worker ${url.source}`);
    return worker.evaluate(async () => {
      // The debugger through which this comes in may use eval until its own call is over.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const works = (attempt: () => unknown): boolean => {
        try {
          attempt();
          return true;
        } catch {
          return false;
        }
      };
      return {
        wasm: works(() => new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
        eval: works(() => (0, eval)('1')),
        function: works(() => new Function('return 1')()),
      };
    });
  };
  expect(await compiles(/engine-worker/)).toEqual({ wasm: true, eval: false, function: false });
  expect(await compiles(/history-worker/)).toEqual({ wasm: false, eval: false, function: false });
  pageErrors.splice(0);
});

test('the browser understands every header and warns of none', async ({ page, workbench }) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log' && message.type() !== 'info') warnings.push(message.text());
  });
  await page.goto(workbench.link);
  await expect(page.locator('.status-engine')).not.toHaveText(/starting/);
  expect(warnings).toEqual([]);
});
