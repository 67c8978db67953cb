/** A run whose state explodes: it stops, the block is lit and in view, its last values are shown, and there are ways out. */
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { nothingSerious, seriousInBothThemes } from '../pages/axe.ts';
import { EquationEditorPage } from '../pages/equation-editor.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

/** A block whose voltage doubles in every step of 0.1 ms: infinite after about 1,000. */
async function explodingBlock(bench: WorkbenchPage): Promise<void> {
  const editor = new EquationEditorPage(bench.page);
  await bench.newProject();
  await bench.canvas.insert('Equations', 300, 80);
  for (const [field, text] of [
    ['model', 'dv/dt = v/(0.1*ms) + 1*volt/second : volt  # Doubles.'],
    ['threshold_condition', 'v < -(1*volt)'],
    ['reset_statements', 'v = (0*volt)'],
    ['refractory_period', ''],
    ['event_handlers', ''],
  ] as const) {
    await editor.write(field, text);
    await editor.leave();
  }
  await bench.inspector.region.getByRole('tab', { name: 'Parameters' }).click();
  await methodOf(bench).selectOption('euler');
  await expect(bench.problems).toHaveText('No problems');
}

function methodOf({ inspector }: WorkbenchPage): Locator {
  return inspector.region.getByRole('combobox', { name: 'method integration' });
}

test('an explosion is shown where it happened, with its last values, and the run steps back from it', async ({
  bench,
  app,
}) => {
  test.setTimeout(60_000);
  await explodingBlock(bench);
  await bench.canvas.clickEmpty();
  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('run failed', { timeout: 30_000 });

  const block = bench.canvas.blocks.first();
  await expect(block.locator('.block')).toHaveAttribute('data-stopped', 'true');
  await expect(block).toContainText('stopped here');
  await expect(block).toBeInViewport({ ratio: 1 });

  const panel = app.getByRole('dialog', { name: '1 problem' });
  await expect(panel).toContainText(/v of cell 0 of "Equations" became infinite in step \d+/);
  const table = panel.getByRole('table', { name: 'Last values of v, cell 0' });
  await expect(table.getByRole('row')).toHaveCount(5);
  await expect(table.getByRole('columnheader').last()).toHaveText(/V\)$/);
  await expect(table.getByRole('row').last()).toContainText('∞');
  expect(await seriousInBothThemes(app)).toEqual(nothingSerious);

  const failedAt = await bench.simulatedSeconds();
  await panel.getByRole('button', { name: 'Step back 20 ms' }).click();
  await expect(bench.status).toHaveText('paused');
  await expect(panel).toBeHidden();
  await expect.poll(() => bench.simulatedSeconds()).toBeCloseTo(failedAt - 0.02, 3);
  await expect(bench.problems).toHaveText('No problems');
  await expect(block.locator('.block')).not.toHaveAttribute('data-stopped', 'true');
});

test('halving the time step and another method are edits that can be undone', async ({ bench, app }) => {
  test.setTimeout(60_000);
  await explodingBlock(bench);
  await bench.canvas.clickEmpty();
  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('run failed', { timeout: 30_000 });
  const panel = app.getByRole('dialog', { name: '1 problem' });
  await panel.getByRole('button', { name: 'Time step 0.05 ms' }).click();
  await expect(bench.inspector.field('Time step')).toHaveValue('0.05');
  await bench.undo();
  await expect(bench.inspector.field('Time step')).toHaveValue('0.1');
  await expect(bench.status).toHaveText('engine ready');

  await app.keyboard.press('Space');
  await expect(bench.status).toHaveText('run failed', { timeout: 30_000 });
  await panel.getByRole('button', { name: 'Show element' }).click();
  await expect(bench.inspector.region.getByRole('heading', { name: 'Equations' }).first()).toBeVisible();
  await bench.problems.click();
  await panel.getByRole('button', { name: /^Use exact/i }).click();
  await expect(methodOf(bench)).toHaveValue('exact');
  await bench.undo();
  await expect(methodOf(bench)).toHaveValue('euler');
});
