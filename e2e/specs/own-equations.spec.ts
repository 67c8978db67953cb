/** A ready-made neuron becomes one's own, its mistakes are told on both tabs, and what runs is explained and overridden. */
import { expect, test } from '../fixtures.ts';
import { seriousFindings } from '../pages/axe.ts';
import { EquationEditorPage } from '../pages/equation-editor.ts';

test('a LIF block becomes equations in its place: wires, plots and run stay, one undo takes it back', async ({
  bench,
  app,
}) => {
  const editor = new EquationEditorPage(app);
  const wires = (await bench.canvas.content()).wires;
  await bench.canvas.block('Excitatory').locator('.block-name').click();
  await app.getByRole('tab', { name: 'Equations' }).click();
  await bench.inspector.region.getByRole('button', { name: 'Make it your own' }).click();
  await expect.poll(() => editor.content('threshold_condition')).toBe('v > v_thresh');
  await expect(bench.problems).toHaveText('No problems');
  expect((await bench.canvas.content()).wires).toEqual(wires);
  const before = await bench.simulatedSeconds();
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(before);

  await bench.canvas.block('Excitatory').locator('.block-name').click();
  await bench.undo();
  await expect(bench.inspector.region.getByRole('button', { name: 'Make it your own' })).toBeVisible();
  await expect(bench.problems).toHaveText('No problems');
});

test('a mistake in the equations is marked on its tab and told under Parameters, which leads back', async ({
  bench,
  app,
}) => {
  const editor = new EquationEditorPage(app);
  await bench.newProject();
  await bench.canvas.insert('Equations', 300, 80);
  await editor.write('reset_statements', 'v = v_reset');
  await editor.leave();
  const tab = app.getByRole('tab', { name: /^Equations ?, 1 problem$/u });
  await expect(tab).toBeVisible();
  await app.getByRole('tab', { name: 'Parameters' }).click();
  await expect(app.locator('.problems-elsewhere')).toContainText('v_reset');
  expect(await seriousFindings(app)).toEqual([]);
  await app.locator('.problems-elsewhere').getByRole('button', { name: 'Show' }).click();
  await editor.write('reset_statements', 'v = 0*mV');
  await expect(app.getByRole('tab', { name: 'Equations', exact: true })).toBeVisible();
});

test('a mistake in a connected block is the only problem: its connections are not blamed for it', async ({
  bench,
  app,
}) => {
  const editor = new EquationEditorPage(app);
  await bench.canvas.block('Excitatory').locator('.block-name').click();
  await app.getByRole('tab', { name: 'Equations' }).click();
  await bench.inspector.region.getByRole('button', { name: 'Make it your own' }).click();
  await expect(bench.messages).toContainText('Excitatory has its own equations now');
  await expect.poll(() => editor.content('reset_statements')).toBe('v = v_reset');
  await editor.write('reset_statements', 'v = v_resx');
  await editor.leave();
  await expect(bench.problems).toHaveText('1 problem');
});

test('values drawn cell by cell come with a pasted snippet; what cannot be kept is named', async ({ bench, app }) => {
  const editor = new EquationEditorPage(app);
  await bench.newProject();
  await bench.canvas.insert('Equations', 300, 80);
  await editor.paste(
    'model',
    `El = -60*mV
Vt = -50*mV
G = NeuronGroup(100, '''dv/dt = (El - v)/(10*ms) : volt
x : 1''', threshold='v > Vt', reset='v = El')
G.v = 'El + rand()*(Vt - El)'
G.x = 'rand()*rand()'`,
  );
  await expect(app.locator('.paste-note')).toContainText('x = rand()*rand()');
  await expect(app.locator('.paste-note')).not.toContainText('El + rand()');
  await app.getByRole('tab', { name: 'Parameters' }).click();
  await expect(bench.inspector.parameter('v').first()).toHaveValue(/-60.*-50/u);
});

test('help opens over a field, one Escape leads back into it, and search in its place takes the keys', async ({
  bench,
  app,
}) => {
  const editor = new EquationEditorPage(app);
  await bench.newProject();
  await bench.canvas.insert('Equations', 300, 80);
  await editor.write('reset_statements', 'v = 0*mV');
  const help = app.getByRole('dialog', { name: 'Equation language' });
  const search = app.getByRole('combobox', { name: 'Search commands and blocks' });
  await app.keyboard.press('F1');
  await expect(help).toContainText('Milstein');
  await expect(help.getByRole('group', { name: 'Equation language' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(editor.text('reset_statements')).toBeFocused();

  await app.keyboard.press('F1');
  await expect(help).toBeVisible();
  await app.keyboard.press('ControlOrMeta+k');
  await expect(search).toBeFocused();
  await app.keyboard.type('milstein drift');
  await expect(app.getByRole('option', { name: /Integration/ })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(editor.text('reset_statements')).toBeFocused();
  expect(await editor.content('reset_statements')).toBe('v = 0*mV');
});

test('help is found by its words and opens at the section', async ({ bench, app }) => {
  await bench.canvas.clickEmpty();
  await app.keyboard.press('ControlOrMeta+k');
  await app.keyboard.type('weight_precision int8');
  await app.getByRole('option', { name: /Weight precision/ }).click();
  const help = app.getByRole('dialog', { name: 'Connections' });
  await expect(help.getByRole('heading', { name: 'Weight precision' })).toBeInViewport();
  expect(await seriousFindings(app)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('explain tells how connections are carried and why, lets that be overridden, and finds in the program', async ({
      bench,
      app,
    }, info) => {
      await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.1);
      await app.keyboard.press('Control+e');
      const dialog = app.getByRole('dialog', { name: 'What runs' });
      const row = dialog.getByRole('row', { name: /^Excitatory → Inhibitory/ });
      await expect(row).toContainText('sparse rows of the cells that spike');
      await expect(row).toContainText('of 80 × 20 pairs');
      await row.getByRole('combobox').selectOption('dense');
      await expect(row).toContainText('chosen by you');
      await info.attach('connections', { body: await app.screenshot(), contentType: 'image/png' });
      expect(await seriousFindings(app)).toEqual([]);
      await dialog.getByRole('tab', { name: 'Program' }).click();
      await dialog.getByRole('textbox', { name: 'Find in the program' }).fill('Excitatory/v');
      await expect(dialog.getByRole('status')).toHaveText(/^line 1 of \d/u);
      await app.keyboard.press('Enter');
      await expect(dialog.getByRole('status')).toHaveText(/^line 2 of \d/u);
      expect(await seriousFindings(app)).toEqual([]);
    });
  });
}
