/** The connection to `serve`: what the status bar says when it is lost, back, or the program ended. */
import type { WebSocketRoute } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';

/** Sockets of the page, which tests cut without a goodbye; none is opened while `refused`. */
interface Sockets {
  readonly open: WebSocketRoute[];
  refused: boolean;
}

const test = base.extend<{ readonly sockets: Sockets }>({
  sockets: async ({ page }, use) => {
    const sockets: Sockets = { open: [], refused: false };
    await page.routeWebSocket(/\/host$/, async (socket) => {
      if (sockets.refused) return socket.close({ code: 4000 });
      sockets.open.push(socket);
      socket.connectToServer();
      return undefined;
    });
    await use(sockets);
  },
});

test('a connection that was cut comes back by itself, and work done meanwhile is kept', async ({
  sockets,
  bench,
  app,
}) => {
  const words = app.locator('.status-connection');
  await expect(words).toHaveText('');
  sockets.refused = true;
  for (const socket of sockets.open.splice(0)) await socket.close({ code: 4000 });
  await expect(words).toHaveText(/connection lost/);
  await bench.canvas.insert('AdEx', 120, 60);
  await expect(bench.canvas.block('AdEx')).toBeVisible();
  sockets.refused = false;
  await expect(words).toHaveText('connected again');
  await expect(app.getByRole('contentinfo')).toContainText(/edits kept/);
  await expect(words).toHaveText('', { timeout: 20_000 });
  const before = await bench.canvas.content();
  await app.reload();
  await expect.poll(() => bench.canvas.content()).toEqual(before);
});

test('when the program has ended the page says what to do and keeps the edits', async ({
  bench,
  app,
  workbench,
  pageErrors,
}) => {
  await workbench.kill();
  await expect(app.locator('.status-connection')).toHaveText(/program ended: start it again/);
  await bench.canvas.insert('AdEx', 120, 60);
  await expect(bench.canvas.block('AdEx')).toBeVisible();
  await expect(app.getByRole('contentinfo')).toContainText(/not kept yet/);
  // While no server answered, the browser said so.
  const unexpected = pageErrors.splice(0).filter((error) => !/WebSocket|ERR_CONNECTION|Failed to load/.test(error));
  expect(unexpected).toEqual([]);
});
