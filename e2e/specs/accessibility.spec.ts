/** Every panel, dialog and menu in both themes: axe finds nothing serious. */
import { expect, test } from '../fixtures.ts';
import { seriousFindings } from '../pages/axe.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

/** Brings the workbench into a state, from the one before it in the list. */
interface State {
  readonly name: string;
  reach(bench: WorkbenchPage): Promise<void>;
}

const press =
  (...keys: readonly string[]) =>
  async ({ page }: WorkbenchPage): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

const tab = (name: string): State => ({
  name: `inspector: ${name} of an element`,
  reach: ({ inspector }) => inspector.region.getByRole('tab', { name }).click(),
});

const panels: readonly State[] = [
  {
    name: 'run settings and palette',
    reach: async ({ inspector }) => expect(inspector.field('Duration')).toBeVisible(),
  },
  {
    name: 'a found block in the palette',
    async reach({ page }) {
      await page.getByRole('searchbox', { name: 'Search blocks' }).fill('ridge');
    },
  },
  {
    name: 'inspector: parameters of an element',
    reach: ({ canvas }) => canvas.block('Excitatory').locator('.block-name').click(),
  },
  tab('Equations'),
  tab('Connections'),
  tab('Help'),
  {
    name: 'inspector: a refused entry',
    async reach({ inspector }) {
      await inspector.region.getByRole('tab', { name: 'Parameters' }).click();
      await inspector.enter(inspector.parameter('I_e'), '10 mV');
      await expect(inspector.reason).toBeVisible();
    },
  },
  {
    name: 'inspector: a connection',
    async reach({ page, canvas }) {
      await canvas.block('Excitatory').locator('.block-name').click();
      await page.keyboard.press('w');
      await expect(page.getByRole('button', { name: 'Remove connection' })).toBeVisible();
    },
  },
  {
    name: 'inspector: several blocks',
    async reach({ page, inspector }) {
      await page.keyboard.press('Control+a');
      await expect(inspector.region.getByRole('heading', { name: '3 blocks' })).toBeVisible();
    },
  },
  {
    name: 'history with undone edits',
    async reach(bench) {
      await press('Alt+ArrowRight', 'Delete', 'Control+z')(bench);
      await bench.showHistory();
      await expect(bench.history.getByRole('listitem')).toHaveCount(3);
    },
  },
  { name: 'both panels folded', reach: press('[', ']') },
];

const overlays: readonly State[] = [
  { name: 'search', reach: press('Control+k') },
  {
    name: 'search: nothing found',
    async reach({ page }) {
      await page.keyboard.type('zzz');
      await expect(page.getByText('Nothing is called')).toBeVisible();
    },
  },
  { name: 'shortcuts', reach: press('Escape', '?') },
  {
    name: 'shortcuts: keys that are taken',
    async reach({ page }) {
      await page.getByRole('textbox', { name: 'Search shortcuts' }).fill('undo');
      await page.getByRole('button', { name: /^Undo: / }).click();
      await page.keyboard.press('Control+d');
      await expect(page.getByRole('alert')).toContainText('Duplicate');
    },
  },
  {
    name: 'project menu',
    async reach({ page }) {
      await press('Escape', 'Escape')({ page } as WorkbenchPage);
      await page.getByRole('button', { name: /^Project / }).click();
      await expect(page.getByRole('menuitem', { name: /^New project/ })).toBeVisible();
    },
  },
  {
    name: 'rename',
    async reach({ page }) {
      await page.getByRole('menuitem', { name: /^Rename project/ }).click();
      await expect(page.getByRole('dialog', { name: 'Rename project' })).toBeVisible();
    },
  },
  {
    name: 'save as',
    async reach({ page }) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Shift+s');
      await expect(page.getByRole('dialog', { name: 'Save as' })).toBeVisible();
    },
  },
  {
    name: 'message',
    async reach({ page, messages }) {
      await page.keyboard.press('Enter');
      await expect(messages).toContainText('.spikeloom');
    },
  },
  {
    name: 'choices of a plot',
    async reach({ page }) {
      await page
        .getByRole('button', { name: /Choose what is shown/ })
        .first()
        .click();
      await expect(page.getByRole('dialog', { name: 'This plot' })).toBeVisible();
    },
  },
  {
    name: 'insert a block',
    async reach(bench) {
      await press('Escape')(bench);
      await bench.canvas.block('Excitatory').locator('.block-name').click();
      await press('a')(bench);
      await expect(bench.page.getByRole('dialog', { name: 'Insert a block' })).toBeVisible();
    },
  },
  {
    name: 'connect a block',
    async reach(bench) {
      await press('Escape')(bench);
      await bench.canvas.block('Excitatory').locator('.block-name').click();
      await press('c')(bench);
      await expect(bench.page.getByRole('dialog', { name: /^Connect/ })).toBeVisible();
    },
  },
  {
    name: 'a block that is renamed in place',
    async reach(bench) {
      await press('Escape')(bench);
      await bench.canvas.block('Excitatory').locator('.block-name').dblclick();
    },
  },
];

const csv = 'year,value\n2001,1\n2002,2\n2003,3\n';

const projects: readonly State[] = [
  {
    name: 'empty project',
    async reach(bench) {
      await bench.newProject();
      await expect(bench.canvas.blocks).toHaveCount(0);
    },
  },
  {
    name: 'problems',
    async reach({ canvas, page, problems }) {
      await canvas.insert('Ridge readout', 300, 100);
      await expect(problems).not.toHaveText('No problems');
      await problems.click();
      await expect(page.getByRole('dialog', { name: /problem/ })).toBeVisible();
    },
  },
  {
    name: 'import of a series',
    async reach({ canvas, page }) {
      await page.keyboard.press('Escape');
      await canvas.dropFile({ name: 'good.csv', content: csv });
      await expect(page.getByRole('dialog', { name: 'Import good.csv' })).toBeVisible();
    },
  },
  {
    name: 'import with bad cells',
    async reach({ canvas, page }) {
      await page.keyboard.press('Escape');
      await canvas.dropFile({ name: 'bad.csv', content: 'a,b\n1,2\n3,x\n' });
      const dialog = page.getByRole('dialog', { name: 'Import bad.csv' });
      await dialog
        .getByRole('button', { name: 'Import' })
        .or(dialog.getByRole('button', { name: 'Close' }).last())
        .first()
        .click();
    },
  },
];

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });
    for (const [name, states] of Object.entries({ panels, overlays, projects })) {
      test(`${name} have no serious finding`, async ({ bench, app }) => {
        test.setTimeout(180_000);
        await expect(bench.canvas.block('Excitatory')).toBeVisible();
        for (const state of states) {
          await test.step(state.name, async () => {
            await state.reach(bench);
            expect(await seriousFindings(app), state.name).toEqual([]);
          });
        }
      });
    }
  });
}
