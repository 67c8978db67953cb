/** The journey of the first hour: from an empty project to a sunspot forecast with the mouse, saved, loaded, undone, done again. */
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import type { CanvasContent } from '../pages/canvas.ts';
import { readSaved, type WorkbenchPage } from '../pages/workbench.ts';

const sunspots = join(import.meta.dirname, '..', '..', 'assets', 'data', 'sunspots_monthly.csv');

test('a sunspot forecast is built with the mouse, run, saved, loaded, undone and done again', async ({
  bench,
  workbench,
}) => {
  test.setTimeout(120_000);
  await test.step('from an empty project', async () => {
    await bench.newProject();
    await expect(bench.canvas.blocks).toHaveCount(0);
  });
  await test.step('the series is dropped on the canvas', () => dropSeries(bench));
  await test.step('blocks are dragged from the palette and wired', () => buildNetwork(bench));
  await test.step('quantities are typed', () => setParameters(bench));
  const score = await test.step('the run scores better than persistence', () => runToTheEnd(bench));

  const built = await bench.canvas.content();
  expect(built.wires).toHaveLength(3);
  await test.step('saved, and the page loaded again: everything is there', async () => {
    await bench.saveAs('My sunspots');
    await expect(bench.messages).toContainText('My sunspots.spikeloom');
    const saved = await readSaved(workbench.home, 'My sunspots.spikeloom');
    expect(Object.keys(saved.elements).sort()).toEqual(Object.keys(built.blocks).sort());
    await bench.page.reload();
    await expect.poll(() => bench.canvas.content()).toEqual(built);
    await bench.canvas.block('Ridge readout').click();
    await expect(bench.inspector.parameter('horizon')).toHaveValue('12');
  });
  await test.step('everything undone to the empty canvas, and done again', () => undoAndRedoAll(bench, built));
  await test.step('the rebuilt network scores the same', async () => {
    expect(await runToTheEnd(bench)).toBe(score);
  });
});

async function dropSeries(bench: WorkbenchPage): Promise<void> {
  await bench.canvas.dropFile(sunspots);
  const dialog = bench.page.getByRole('dialog', { name: 'Import sunspots_monthly.csv' });
  await expect(dialog.getByRole('checkbox', { name: 'sunspot_number' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'year' })).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog).toBeHidden();
  await expect(bench.canvas.block('Sunspots monthly')).toBeVisible();
  await bench.canvas.move(bench.canvas.block('Sunspots monthly'), -300, 40);
}

async function buildNetwork({ canvas }: WorkbenchPage): Promise<void> {
  const box = await canvas.region.boundingBox();
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  await canvas.insert('Rate reservoir', width * 0.5, height * 0.2);
  await expect(canvas.block('Rate reservoir')).toBeVisible();
  await canvas.insert('Ridge readout', width * 0.8, height * 0.4);
  await expect(canvas.blocks).toHaveCount(3);
  await canvas.connect({ block: 'Sunspots monthly', port: 'out' }, { block: 'Rate reservoir', port: 'in' });
  await canvas.connect({ block: 'Rate reservoir', port: 'out' }, { block: 'Ridge readout', port: 'features' });
  await canvas.connect({ block: 'Sunspots monthly', port: 'out' }, { block: 'Ridge readout', port: 'target' });
  await expect(canvas.wires).toHaveCount(3);
  await expect(canvas.wire('Rate reservoir', 'Ridge readout')).toHaveCount(1);
}

async function setParameters({ canvas, inspector }: WorkbenchPage): Promise<void> {
  await canvas.clickEmpty();
  await inspector.enter(inspector.field('Duration'), '3.12 s');
  await inspector.enter(inspector.field('Time step'), '1 ms');
  await canvas.block('Rate reservoir').locator('.block-name').click();
  await inspector.enter(inspector.parameter('units'), '100');
  await inspector.enter(inspector.parameter('lr'), '10 %');
  await inspector.enter(inspector.parameter('input_scaling'), '0.005');
  await inspector.enter(inspector.parameter('input_connectivity'), '1');
  await inspector.enter(inspector.parameter('bias_scaling'), '0.5');
  await canvas.block('Ridge readout').locator('.block-name').click();
  await inspector.enter(inspector.parameter('ridge'), '0.1');
  await inspector.enter(inspector.parameter('horizon'), '12');
  await inspector.enter(inspector.parameter('train_until'), '2520');
  await expect(inspector.reason).toHaveCount(0);
}

/** Runs from the start to the end as fast as it goes; the score with all its digits. */
async function runToTheEnd(bench: WorkbenchPage): Promise<string> {
  await expect(bench.problems).toHaveText('No problems');
  await bench.page.getByRole('combobox', { name: /^Speed/ }).selectOption('Full speed');
  await bench.runButton.click();
  await expect(bench.status).toHaveText('run finished', { timeout: 30_000 });
  const figure = bench.canvas.block('Ridge readout').locator('.block-figure');
  await expect(figure).toHaveAttribute('data-nrmse', /^0\.\d+$/);
  const score = (await figure.getAttribute('data-nrmse')) ?? '';
  const chip = await bench
    .plot(/^Prediction of/)
    .getByText(/^NRMSE/)
    .innerText();
  const [nrmse = Number.NaN, persistence = Number.NaN] = [...chip.matchAll(/[\d.]+/g)].map(([digits]) =>
    Number(digits),
  );
  expect(nrmse).toBeCloseTo(Number(score), 2);
  expect(nrmse).toBeLessThan(0.8 * persistence);
  return score;
}

async function undoAndRedoAll(bench: WorkbenchPage, built: CanvasContent): Promise<void> {
  await bench.showHistory();
  const steps = await bench.history.getByRole('listitem').count();
  expect(steps).toBeGreaterThan(12);
  const undo = bench.page.getByRole('button', { name: 'Undo', exact: true });
  const redo = bench.page.getByRole('button', { name: 'Redo', exact: true });
  for (let step = 1; step < steps; step += 1) await undo.click();
  await expect(undo).toBeDisabled();
  await expect(bench.canvas.blocks).toHaveCount(0);
  await expect(bench.inspector.field('Duration')).toHaveValue('');
  for (let step = 1; step < steps; step += 1) await redo.click();
  await expect(redo).toBeDisabled();
  await expect.poll(() => bench.canvas.content()).toEqual(built);
}
