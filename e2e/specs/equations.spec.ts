/** Equations: a neuron is typed or pasted, its mistakes are shown where they are, it runs, and every edit can be undone. */
import { expect, test } from '../fixtures.ts';
import { EquationEditorPage } from '../pages/equation-editor.ts';
import { seriousFindings } from '../pages/axe.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

const wrong = `dv/dt = (v_inf - v) : volt (unless refractory)
v_inf = 20*mV : volt
tau = 10*ms : second`;
const right = wrong.replace('(v_inf - v) :', '(v_inf - v)/tau :');

const snippet = `from brian2 import *
tau = 10*ms
eqs = '''
dv/dt = (I - v)/tau : 1 (unless refractory)
I : 1
'''
G = NeuronGroup(25, eqs, threshold='v > 0.8', reset='v = 0', refractory=5*ms, method='exact')
G.I = 1.5
S = Synapses(G, G, on_pre='v += 0.1')
run(100*ms)`;

/** An equation block in a project of its own, its editor open. */
async function newBlock(bench: WorkbenchPage): Promise<EquationEditorPage> {
  await bench.newProject();
  await expect(bench.canvas.blocks).toHaveCount(0);
  await bench.canvas.insert('Equations', 300, 80);
  await expect(bench.canvas.blocks).toHaveCount(1);
  const editor = new EquationEditorPage(bench.page);
  await expect(editor.text('model')).toBeVisible();
  return editor;
}

async function spikes(bench: WorkbenchPage): Promise<number> {
  const text = await bench
    .plot(/^Raster/)
    .getByRole('button', { name: /spikes/ })
    .innerText();
  return Number(/([\d,]+) spikes/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}

test('a neuron is typed: a wrong unit is underlined and a Problem, corrected it runs and spikes', async ({ bench }) => {
  const editor = await newBlock(bench);
  await editor.write('event_handlers', '');
  await editor.write('model', wrong);
  await expect(editor.underlined('model')).toHaveText('(v_inf - v)');
  await expect(editor.problems('model')).toContainText(['dv/dt is a voltage per time']);
  await expect(bench.problems).toHaveText('No problems');
  await editor.leave();
  await expect(bench.problems).not.toHaveText('No problems');
  await expect(bench.status).toHaveText('not runnable yet');

  await editor.write('model', right);
  await expect(editor.problems('model')).toHaveCount(0);
  await expect(editor.underlined('model')).toHaveCount(0);
  await expect(bench.problems).toHaveText('No problems');
  await expect(editor.rendered.locator('.katex')).not.toHaveCount(0);
  await expect(editor.units.getByRole('row').filter({ has: bench.page.getByTitle('tau') })).toContainText('second');
  await bench.runButton.click();
  await expect.poll(() => spikes(bench)).toBeGreaterThan(0);
});

test('a brace before several cases is stretched without a style attribute, which the page would refuse', async ({
  bench,
}) => {
  const editor = await newBlock(bench);
  await editor.write('event_handlers', '');
  const cases = 'where(v > 9*mV, 1/(2 + 1/(2 + 1/3)), where(v > 5*mV, 2/(1 + 1/4), 3/(1 + 1/5)))';
  await editor.write('model', `${right}\nlevel = ${cases} : 1`);
  const stretched = editor.rendered.locator('svg');
  await expect(stretched).toHaveCount(2);
  for (const part of await stretched.all()) {
    const [drawn, asked] = await part.evaluate((svg: SVGElement) => [
      svg.getBoundingClientRect().width,
      Number.parseFloat(svg.getAttribute('width') ?? '') * Number.parseFloat(getComputedStyle(svg).fontSize),
    ]);
    expect(drawn).toBeCloseTo(asked ?? Number.NaN, 0);
  }
});

test('names are suggested, and a misspelt one is corrected by a press', async ({ bench, app }) => {
  const editor = await newBlock(bench);
  await editor.text('threshold_condition').click();
  await app.keyboard.press('Control+a');
  await app.keyboard.type('I_s');
  await expect(editor.suggestions.getByRole('option', { name: /^I_syn/ })).toBeVisible();
  // A list that has just opened does not take Enter yet; then Enter means no more than "done".
  await expect
    .poll(async () => {
      await app.keyboard.press('Enter');
      return editor.content('threshold_condition');
    })
    .toBe('I_syn');
  await app.keyboard.type(' > 1*nA');
  await expect.poll(() => editor.content('threshold_condition')).toBe('I_syn > 1*nA');
  await editor.write('reset_statements', 'I_synn += 1*nA');
  await editor.field('reset_statements').getByRole('button', { name: 'Did you mean I_syn?' }).click();
  await expect.poll(() => editor.content('reset_statements')).toBe('I_syn += 1*nA');
  await expect(editor.problems('reset_statements')).toHaveCount(0);
});

test('a Brian snippet is pasted: every field is filled, what is left out is told, it runs', async ({ bench, app }) => {
  const editor = await newBlock(bench);
  await editor.paste('model', snippet);
  await expect(app.locator('.paste-note')).toContainText("S = Synapses(G, G, on_pre='v += 0.1')");
  await expect.poll(() => editor.content('model')).toBe('dv/dt = (I - v)/tau : 1 (unless refractory)\nI : 1');
  await expect.poll(() => editor.content('threshold_condition')).toBe('v > 0.8');
  await expect.poll(() => editor.content('refractory_period')).toBe('5*ms');
  await expect.poll(() => editor.content('constants')).toBe('tau = 10*ms');
  await app.getByRole('tab', { name: 'Parameters' }).click();
  await expect(bench.inspector.parameter('size')).toHaveValue('25');
  await expect(bench.inspector.parameter('I')).toHaveValue('1.5');
  await expect(bench.problems).toHaveText('No problems');
  await bench.runButton.click();
  await expect.poll(() => spikes(bench)).toBeGreaterThan(0);

  await bench.canvas.clickEmpty();
  await bench.undo();
  await bench.canvas.block('Equations').locator('.block-name').click();
  await app.getByRole('tab', { name: 'Equations' }).click();
  await expect(editor.field('constants')).toHaveCount(0);
  await expect.poll(() => editor.content('threshold_condition')).toBe('v > 15*mV');
});

test('an edit of equations while it runs goes on where the run stands, and can be undone and redone', async ({
  bench,
}) => {
  const editor = await newBlock(bench);
  await editor.write('model', right);
  await editor.write('event_handlers', '');
  await bench.runButton.click();
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.3);
  const before = await bench.simulatedSeconds();
  await editor.write('model', right.replace('20*mV', '40*mV'));
  await editor.leave();
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(before);
  await expect(bench.status).toHaveText('engine running');
  await bench.canvas.block('Equations').locator('.block-name').click();
  await bench.undo();
  await expect.poll(() => editor.content('model')).toBe(right);
  await bench.redo();
  await expect.poll(() => editor.content('model')).toBe(right.replace('20*mV', '40*mV'));
});

test('a method that cannot take the equations says why, and a press chooses one that can', async ({ bench, app }) => {
  const editor = await newBlock(bench);
  await editor.write('model', 'dv/dt = (20*mV - v)/(10*ms) + 2*mV*xi/sqrt(10*ms) : volt (unless refractory)');
  await editor.write('event_handlers', '');
  await app.getByRole('tab', { name: 'Parameters' }).click();
  const row = bench.inspector.region.locator('[data-parameter="method"]');
  await row.getByRole('combobox').selectOption('rk4');
  await expect(row.getByRole('alert')).toContainText('noise');
  await expect(bench.problems).not.toHaveText('No problems');
  await row.getByRole('button', { name: /^Use / }).click();
  await expect(row.getByRole('combobox')).toHaveValue('euler');
  await expect(bench.problems).toHaveText('No problems');
});

test('explain tells parts, operators and code of the running network, from a key and from the inspector', async ({
  bench,
  app,
}) => {
  await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.1);
  await app.keyboard.press('Control+e');
  const dialog = app.getByRole('dialog', { name: 'What runs' });
  await expect(dialog.getByRole('rowheader', { name: /^Excitatory/ }).first()).toBeVisible();
  await expect(dialog).toContainText('Synapses');
  await expect(dialog).toContainText('WebAssembly');
  await dialog.getByRole('tab', { name: 'Program' }).click();
  await expect(dialog.getByLabel('Program as text')).toContainText('operator');
  await app.keyboard.press('Escape');
  await bench.canvas.block('Excitatory').locator('.block-name').click();
  await app.getByRole('tab', { name: 'Equations' }).click();
  await bench.inspector.region.getByRole('button', { name: 'Explain' }).click();
  await expect(dialog.locator('tbody[data-shown]')).toContainText('Excitatory');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      test(`${width} × ${height}: editor, explanation and help have no serious finding`, async ({
        bench,
        app,
      }, info) => {
        test.setTimeout(120_000);
        const shot = async (name: string): Promise<void> =>
          info.attach(name, { body: await app.screenshot(), contentType: 'image/png' });
        const editor = await newBlock(bench);
        await app.setViewportSize({ width, height });
        const folded = app.locator('.rail').getByRole('button', { name: 'Inspector' });
        await expect(editor.text('model').or(folded)).toBeVisible();
        if (await folded.isVisible()) await folded.click();
        await bench.inspector.region.getByRole('button', { name: 'More room' }).click();
        await editor.write('reset_statements', 'v = v_reset');
        await expect(editor.problems('reset_statements')).toHaveCount(1);
        await shot('editor');
        expect(await seriousFindings(app)).toEqual([]);
        await editor.write('reset_statements', 'v = 0*mV');
        await editor.leave();
        await bench.inspector.region.getByRole('button', { name: 'Help' }).click();
        await expect(app.getByRole('dialog', { name: 'Equation language' })).toBeInViewport({ ratio: 1 });
        await shot('help');
        expect(await seriousFindings(app)).toEqual([]);
        await app.keyboard.press('Escape');
        await expect(bench.problems).toHaveText('No problems');
        await bench.inspector.region.getByRole('button', { name: 'Explain' }).click();
        await expect(app.locator('.explain-table')).toBeVisible();
        await expect(app.getByRole('dialog', { name: 'What runs' })).toBeInViewport({ ratio: 1 });
        await shot('explain');
        expect(await seriousFindings(app)).toEqual([]);
      });
    }
  });
}
