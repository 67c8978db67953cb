/** What cannot be is refused with the reason: illegal wires, quantities of another dimension; problems lead to their place. */
import { expect, test } from '../fixtures.ts';

test('spikes are refused where only continuous values are taken, with the reason', async ({ bench }) => {
  const { canvas } = bench;
  await bench.newProject();
  await canvas.insert('Poisson spikes', 120, 120);
  await canvas.insert('Ridge readout', 500, 200);
  await expect(canvas.blocks).toHaveCount(2);
  const steps = bench.page.getByRole('contentinfo');
  await expect(steps).toContainText('2 undo steps');

  await canvas.connect({ block: 'Poisson spikes', port: 'spikes' }, { block: 'Ridge readout', port: 'target' });
  const reason = 'Poisson spikes gives spikes; Ridge readout’s target takes continuous values.';
  await expect(canvas.refusal).toHaveText(new RegExp(reason.replace('’', "[’']")));
  await expect(bench.page.getByTestId('live-region')).toContainText('takes continuous values');
  await expect(canvas.wires).toHaveCount(0);
  await expect(steps).toContainText('2 undo steps');

  await canvas.connect({ block: 'Poisson spikes', port: 'spikes' }, { block: 'Ridge readout', port: 'features' });
  await expect(canvas.wires).toHaveCount(1);
});

test('a quantity of another dimension is refused in a sentence naming both', async ({ bench }) => {
  const { canvas, inspector } = bench;
  await canvas.block('Excitatory').locator('.block-name').click();
  const field = inspector.parameter('tau_mem');
  await inspector.enter(field, '5 mV');
  await expect(inspector.reason).toContainText('5 mV is a voltage (volt); membrane time constant is a time (second).');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(canvas.block('Excitatory').getByRole('button', { name: /membrane time constant/ })).toHaveText('20 ms');
  await expect(bench.page.getByRole('contentinfo')).toContainText('0 undo steps');

  await inspector.enter(field, 'NaN');
  await expect(inspector.reason).toBeVisible();
  await expect(bench.page.getByRole('contentinfo')).toContainText('0 undo steps');

  await inspector.enter(field, '0.03s');
  await expect(inspector.reason).toHaveCount(0);
  await expect(bench.page.getByRole('contentinfo')).toContainText('1 undo step');
  await expect(canvas.block('Excitatory').getByRole('button', { name: /membrane time constant/ })).toHaveText(
    /^(0\.03 s|30 ms)$/,
  );
});

test('a problem leads to the element that has it', async ({ bench }) => {
  const { canvas } = bench;
  await canvas.insert('Ridge readout', 200, 60);
  await expect(bench.problems).toHaveText(/[12] problems?/);
  await canvas.clickEmpty();
  await expect(bench.inspector.region.getByRole('heading', { name: 'Run settings' })).toBeVisible();
  await bench.problems.click();
  await bench.page
    .getByRole('dialog', { name: /problem/ })
    .getByRole('button', { name: /Ridge readout/ })
    .first()
    .click();
  await expect(canvas.block('Ridge readout')).toHaveClass(/selected/);
  await expect(bench.inspector.field('Name')).toHaveValue('Ridge readout');
});
