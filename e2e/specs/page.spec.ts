/** The page is isolated and locked down: no eval, no foreign scripts, shared memory available. */
import { expect, test } from '../fixtures.ts';

test('the page is isolated from other sites and may share memory with its workers', async ({ app }) => {
  expect(await app.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, 'function']);
  expect(new URL(app.url()).search).toBe('');
});

test('the page cannot compile code from text or bytes', async ({ app, pageErrors }) => {
  const attempts = await app.evaluate(async () => {
    // The debugger through which this comes in may use eval until its own call is over.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = (attempt: () => unknown): boolean => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    };
    return {
      eval: refused(() => (0, eval)('1')),
      function: refused(() => new Function('return 1')()),
      wasm: refused(() => new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
      html: refused(() => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>')),
      worker: refused(() => new Worker('data:text/javascript,1')),
    };
  });
  expect(attempts).toEqual({ eval: true, function: true, wasm: true, html: true, worker: true });
  // Each of the attempts is told by the browser; nothing else may be.
  expect(pageErrors.length).toBeGreaterThan(0);
  pageErrors.splice(0);
});

test('a second browser needs a link of its own', async ({ app, browser, workbench }) => {
  const stranger = await browser.newPage();
  const response = await stranger.goto(new URL('/', app.url()).href);
  expect(response?.status()).toBe(401);
  expect((await stranger.goto(workbench.link))?.status()).toBe(401);
  await stranger.close();
});
