/** Without a mouse: the sunspot forecast is built from an empty project, run, looked back on and undone, by keys alone. */
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

const sunspots = join(import.meta.dirname, '..', '..', 'assets', 'data', 'sunspots_monthly.csv');

test('a sunspot forecast is built, run, looked back on and undone by the keyboard alone', async ({ bench }) => {
  test.setTimeout(180_000);
  const keys = new Keyboard(bench.page);
  await test.step('from an empty project', async () => {
    await keys.press('Control+Alt+n');
    await expect(bench.canvas.blocks).toHaveCount(0);
    await expect(bench.page.getByTestId('live-region')).toContainText('Opened Untitled, which is empty.');
  });
  await test.step('the series is imported', () => importSeries(bench, keys));
  await test.step('blocks are inserted and connected by name', () => buildNetwork(bench, keys));
  await test.step('quantities are typed', () => setParameters(bench, keys));
  await test.step('a block is moved', () => moveBlock(bench, keys));
  await test.step('the run scores better than persistence', () => run(bench, keys));
  await test.step('back in time', () => lookBack(bench, keys));
  await test.step('everything undone to the empty canvas', () => undoAll(bench, keys));
});

async function importSeries(bench: WorkbenchPage, keys: Keyboard): Promise<void> {
  const chosen = bench.page.waitForEvent('filechooser');
  await keys.command('import series');
  await (await chosen).setFiles(sunspots);
  const dialog = bench.page.getByRole('dialog', { name: 'Import sunspots_monthly.csv' });
  await expect(dialog.getByRole('checkbox', { name: 'sunspot_number' })).toBeChecked();
  await keys.tabTo('[role="dialog"] .button-primary');
  await keys.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(bench.canvas.block('Sunspots monthly')).toBeVisible();
}

async function buildNetwork({ canvas, page }: WorkbenchPage, keys: Keyboard): Promise<void> {
  for (const kind of ['rate reservoir', 'ridge']) {
    await keys.press('a');
    await expect(page.getByRole('dialog', { name: 'Insert a block' })).toBeVisible();
    await keys.type(kind);
    await keys.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Insert a block' })).toBeHidden();
  }
  await expect(canvas.blocks).toHaveCount(3);
  await expectFocus(keys, 'Ridge readout');
  await keys.press('ArrowLeft');
  await expectFocus(keys, 'Rate reservoir');
  await connect(page, keys, 'ridge features');
  await keys.press('ArrowLeft');
  await expectFocus(keys, 'Sunspots monthly');
  await connect(page, keys, 'reservoir in');
  await connect(page, keys, 'ridge target');
  await expect(canvas.wires).toHaveCount(3);
  for (const [from, to] of [
    ['Rate reservoir', 'Ridge readout'],
    ['Sunspots monthly', 'Rate reservoir'],
    ['Sunspots monthly', 'Ridge readout'],
  ] as const)
    await expect(canvas.wire(from, to)).toHaveCount(1);
}

async function connect(page: WorkbenchPage['page'], keys: Keyboard, target: string): Promise<void> {
  const list = page.getByRole('dialog', { name: /^Connect/ });
  await keys.press('c');
  await expect(list).toBeVisible();
  await keys.type(target);
  await expect(list.getByRole('option')).toHaveCount(1);
  await keys.press('Enter');
  await expect(list).toBeHidden();
  await expect(page.getByTestId('live-region')).toContainText(/Connected .*\./);
}

/** The keyboard stands on the block of this name. */
async function expectFocus(keys: Keyboard, block: string): Promise<void> {
  await expect.poll(() => keys.focused()).toContain(`div ${block},`);
}

async function setParameters({ inspector, page }: WorkbenchPage, keys: Keyboard): Promise<void> {
  await keys.press('ArrowRight');
  await expectFocus(keys, 'Rate reservoir');
  await keys.edit({
    units: '100',
    lr: '10 %',
    input_scaling: '0.005',
    input_connectivity: '1',
    bias_scaling: '0.5',
  });
  await expectFocus(keys, 'Rate reservoir');
  await keys.press('ArrowRight');
  await expectFocus(keys, 'Ridge readout');
  await keys.edit({ ridge: '0.1', horizon: '12', train_until: '2520' });
  await expect(inspector.reason).toHaveCount(0);
  await expectFocus(keys, 'Ridge readout');
  await keys.press('Escape');
  await expect.poll(() => keys.focused()).toBe('div Canvas');
  await keys.edit({ 'Time step': '1 ms', Duration: '3.12 s', Speed: '' });
  await expect(page.getByTestId('problems')).toHaveText('No problems');
}

async function moveBlock({ canvas }: WorkbenchPage, keys: Keyboard): Promise<void> {
  await keys.press('ArrowRight');
  await expectFocus(keys, 'Sunspots monthly');
  const place = async () => Object.values((await canvas.content()).blocks).find((each) => each.name.startsWith('Sun'));
  const before = await place();
  await keys.press('Alt+ArrowUp', 'Alt+ArrowUp', 'Alt+Shift+ArrowLeft');
  await expect.poll(place).toEqual({ name: 'Sunspots monthly', x: (before?.x ?? 0) - 4, y: (before?.y ?? 0) - 32 });
}

async function run(bench: WorkbenchPage, keys: Keyboard): Promise<void> {
  await keys.press('Space');
  await expect(bench.status).toHaveText('run finished', { timeout: 60_000 });
  const chip = bench.plot(/^Prediction of/).getByText(/^NRMSE/);
  await expect(chip).toContainText('persistence');
  const [score = Number.NaN, persistence = Number.NaN] = [...(await chip.innerText()).matchAll(/[\d.]+/g)].map(
    ([digits]) => Number(digits),
  );
  expect(score).toBeLessThan(0.8 * persistence);
  await expect(bench.page.getByTestId('live-region')).toContainText('The run has finished.');
}

async function lookBack({ page }: WorkbenchPage, keys: Keyboard): Promise<void> {
  const follow = page.getByRole('button', { name: /^Follow/ });
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  for (let region = 0; region < 8 && !(await keys.isOn('.time-strip *')); region += 1) await keys.press('F6');
  await keys.press('ArrowLeft', 'ArrowLeft');
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await keys.press('End');
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await keys.press('F6', 'Shift+F6', 'Home');
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await keys.tabTo('[aria-label^="Prediction of"].plot-chart');
  await keys.press('Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(page.getByTestId('live-region')).toContainText(/[\d.]+ s: .*true \d.*/);
  await keys.press('Escape');
  await expectFocus(keys, 'Sunspots monthly');
}

async function undoAll(bench: WorkbenchPage, keys: Keyboard): Promise<void> {
  await keys.press('Control+Shift+h');
  const steps = await bench.history.getByRole('listitem').count();
  expect(steps).toBeGreaterThan(15);
  for (let step = 1; step < steps; step += 1) await keys.press('Control+z');
  await expect(bench.canvas.blocks).toHaveCount(0);
  await expect(bench.page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await expect(bench.page.getByTestId('live-region')).toContainText('Undone: ');
  await expect(bench.inspector.field('Duration')).toHaveValue('');
}
