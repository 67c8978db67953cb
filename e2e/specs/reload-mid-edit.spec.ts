/** Work survives: the page loaded again in the middle of editing, the server killed. */
import { expect, startWorkbench, test } from '../fixtures.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

/** A few edits of different kinds, the last one just before this returns. */
async function edit({ canvas, inspector }: WorkbenchPage): Promise<void> {
  await canvas.insert('AdEx', 120, 60);
  await expect(canvas.block('AdEx')).toBeVisible();
  await inspector.enter(inspector.parameter('size'), '7');
  await canvas.connect({ block: 'Poisson input', port: 'spikes' }, { block: 'AdEx', port: 'synapses' });
  await expect(canvas.wire('Poisson input', 'AdEx')).toHaveCount(1);
  await canvas.move(canvas.block('AdEx'), 30, 20);
}

async function expectWork(bench: WorkbenchPage, before: object): Promise<void> {
  await expect.poll(() => bench.canvas.content()).toEqual(before);
  await bench.canvas.block('AdEx').locator('.block-name').click();
  await expect(bench.inspector.parameter('size')).toHaveValue('7');
}

test('loaded again right after an edit, work and history are there', async ({ bench, app }) => {
  const first = await bench.canvas.content();
  await edit(bench);
  const before = await bench.canvas.content();
  await app.reload();
  await expectWork(bench, before);

  await bench.showHistory();
  const entries = await bench.history.getByRole('listitem').allInnerTexts();
  expect(entries.length).toBe(5);
  for (let steps = 1; steps < entries.length; steps += 1) await bench.undo();
  await expect.poll(() => bench.canvas.content()).toEqual(first);
  for (let steps = 1; steps < entries.length; steps += 1) await bench.redo();
  await expect.poll(() => bench.canvas.content()).toEqual(before);
});

test('after the server was killed, work and history are there', async ({ bench, app, workbench, pageErrors }) => {
  await edit(bench);
  await expect(app.getByRole('contentinfo')).toContainText(/edits kept .* 4 undo steps/);
  const before = await bench.canvas.content();
  await workbench.kill();
  const second = await startWorkbench(workbench.home);
  try {
    await app.goto(second.link);
    await bench.recover();
    await expectWork(bench, before);
    await expect(app.getByRole('contentinfo')).toContainText('4 undo steps');
  } finally {
    await second.kill();
  }
  // While no server answered, the browser said so.
  const unexpected = pageErrors.splice(0).filter((error) => !/WebSocket|ERR_CONNECTION|Failed to load/.test(error));
  expect(unexpected).toEqual([]);
});
