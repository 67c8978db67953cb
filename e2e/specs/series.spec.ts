/** Series: events of a file are dropped, played and seen; rows are clipped with a dialog, and the clip undone. */
import { expect, test } from '../fixtures.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

/** Three channels with an event every 10 ms, one after the other. */
const spikes = ['time (ms),channel', ...Array.from({ length: 60 }, (_, event) => `${event * 10},${event % 3}`), ''];
/** Rows at uneven times. */
const rows = ['t_ms,v', '0,0', '10,5', '40,-5', '50,5', '100,0', ''];

test('events of a file become spikes', async ({ bench }) => {
  await bench.newProject();
  await bench.canvas.dropFile({ name: 'spike_times.csv', content: spikes.join('\n') });
  const dialog = bench.page.getByRole('dialog', { name: 'Import spike_times.csv' });
  await expect(dialog.getByRole('combobox', { name: 'What each line is' })).toHaveValue('events');
  await expect(dialog.getByRole('img', { name: /60 events · 3 channels/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(bench.canvas.block('Spike times')).toBeVisible();
  await bench.inspector.enter(bench.inspector.parameter('delay'), '5 ms');
  await bench.canvas.block('Spike times').locator('.block-name').click();
  await bench.page.keyboard.press('p');
  await expect(bench.plot(/^Raster of Spike times/)).toBeVisible();
  await bench.canvas.clickEmpty();
  await bench.inspector.enter(bench.inspector.field('Duration'), '600 ms');
  await bench.page.getByRole('combobox', { name: /^Speed/ }).selectOption('Full speed');
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished', { timeout: 30_000 });
  await expect(bench.plot(/^Raster of Spike times/)).toContainText(/60/);
});

test('a wrong event is told with its line, and nothing is imported', async ({ bench }) => {
  await bench.newProject();
  const wrong = [...spikes.slice(0, 4), '5,1', ''];
  await bench.canvas.dropFile({ name: 'wrong.csv', content: wrong.join('\n') });
  const dialog = bench.page.getByRole('dialog', { name: 'Import wrong.csv' });
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The time in line 5 (5) is earlier than the one before.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(bench.canvas.blocks).toHaveCount(0);
});

test('rows at uneven times are clipped, and the clip is undone', async ({ bench }) => {
  await bench.newProject();
  await bench.canvas.dropFile({ name: 'rows.csv', content: rows.join('\n') });
  const importing = bench.page.getByRole('dialog', { name: 'Import rows.csv' });
  await importing.getByRole('combobox', { name: 'Between rows' }).selectOption('quadratic');
  await expect(importing.getByRole('img', { name: /5 rows · 1 channel · quadratic/ })).toBeVisible();
  await importing.getByRole('button', { name: 'Import' }).click();
  await expect(numbers(bench, 'series')).toContainText('5 rows · 1 channel');

  await clip(bench, '20 ms', '60 ms');
  await expect(numbers(bench, 'series')).toContainText('4 rows · 1 channel');
  await bench.page.keyboard.press('Control+z');
  await expect(numbers(bench, 'series')).toContainText('5 rows · 1 channel');
});

function numbers({ page }: WorkbenchPage, parameter: string) {
  return page.locator(`[data-parameter="${parameter}"]`);
}

async function clip({ page }: WorkbenchPage, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Change ▾' }).click();
  await page.getByRole('menuitem', { name: 'Clip…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clip: Rows' });
  await dialog.getByRole('textbox', { name: 'From' }).fill(from);
  await dialog.getByRole('textbox', { name: 'To' }).fill(to);
  await expect(dialog.getByRole('img', { name: /4 rows/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
}
