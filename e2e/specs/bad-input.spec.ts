/** Bad input: each wrong file gives a sentence that names what is wrong, and the open document stays as it was. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import { expect, test } from '../fixtures.ts';
import { readSaved, type WorkbenchPage } from '../pages/workbench.ts';

const example = join(import.meta.dirname, '..', '..', 'assets', 'examples', 'sunspots.spikeloom');

/** A project of one cell in the text form, changed by `change`. */
function project(change: (document: TextProject) => void): Uint8Array {
  const document: TextProject = {
    format: 'spikeloom',
    versions: { document: 1, element: 1, connection: 1, probe: 1, view: 1 },
    name: 'From elsewhere',
    run: { timeStep: { value: 0.1, unit: 'ms' }, duration: null, seed: 1, speed: 1 },
    elements: {
      cell: { id: 'cell', kind: 'neurons/lif', name: 'Cell', parameters: { tau_mem: { value: 20, unit: 'ms' } } },
    },
    connections: {},
    probes: {},
    arrays: {},
    view: { positions: { cell: { x: 0, y: 0 } }, plots: [] },
  };
  change(document);
  return strToU8(JSON.stringify(document));
}

interface TextProject {
  format: string;
  versions: Record<string, number>;
  name: string;
  run: object;
  elements: { cell: { id: string; kind: string; name: string; parameters: object; charge?: number } };
  connections: object;
  probes: object;
  arrays: object;
  view: object;
}

/** What may not change: canvas, name, and how many edits can be undone. */
async function picture({ canvas, page }: WorkbenchPage) {
  const steps = /\d+ undo steps?/.exec(await page.getByRole('contentinfo').innerText())?.[0];
  const name = await page.getByRole('button', { name: /^Project / }).getAttribute('aria-label');
  return { canvas: await canvas.content(), steps, name };
}

/** One edit, so that there is work to lose. */
async function edit(bench: WorkbenchPage) {
  await bench.canvas.move(bench.canvas.block('Excitatory'), 40, 30);
  await expect(bench.page.getByRole('contentinfo')).toContainText('1 undo step');
  return picture(bench);
}

test('a bad cell is told with line and column, and nothing is imported', async ({ bench }) => {
  const before = await edit(bench);
  const rows = ['year,month,number', '1749,1,58', '1749,2,62.6', '1749,3,seventy', '1749,4,55.7', ''];
  await bench.canvas.dropFile({ name: 'spots.csv', content: rows.join('\n') });
  const dialog = bench.page.getByRole('dialog', { name: 'Import spots.csv' });
  await dialog.getByRole('button', { name: 'Import' }).click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('Nothing was imported');
  await expect(alert).toContainText(/line 4/i);
  await expect(alert).toContainText(/column 3|number/);
  await expect(alert).toContainText('seventy');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(await picture(bench)).toEqual(before);
});

test('a file of another sort is refused with what can be dropped', async ({ bench }) => {
  const before = await edit(bench);
  await bench.canvas.dropFile({ name: 'holiday.jpg', content: new Uint8Array([0xff, 0xd8, 0xff]) });
  await expect(bench.messages.getByRole('alert')).toContainText('holiday.jpg cannot be opened');
  expect(await picture(bench)).toEqual(before);
});

const wrongProjects: readonly { what: string; says: RegExp; content(): Promise<Uint8Array> | Uint8Array }[] = [
  {
    what: 'that is no project',
    says: /damaged or is no Spikeloom project/,
    content: () => strToU8('once upon a time'),
  },
  { what: 'that is empty', says: /damaged or is no Spikeloom project/, content: () => new Uint8Array() },
  { what: 'that is cut off', says: /damaged|cut off|incomplete/, content: truncated },
  { what: 'with one byte flipped', says: /damaged|checksum/, content: damaged },
  {
    what: 'of a newer version with parts that cannot be read',
    says: /written by a newer version of Spikeloom/,
    content: () =>
      project((document) => {
        document.versions['element'] = 99;
        document.elements.cell.charge = 3;
      }),
  },
  {
    what: 'with a parameter that is not a number',
    says: /tau_mem|cell/,
    content: () =>
      project((document) => (document.elements.cell.parameters = { tau_mem: { value: 'NaN', unit: 'ms' } })),
  },
  {
    what: 'with a parameter that is infinite',
    says: /tau_mem|cell/,
    content: () => strToU8(new TextDecoder().decode(project(() => undefined)).replace('"value":20', '"value":1e999')),
  },
];

async function truncated(): Promise<Uint8Array> {
  const bytes = await readFile(example);
  return bytes.subarray(0, Math.floor(bytes.length * 0.6));
}

async function damaged(): Promise<Uint8Array> {
  const bytes = Uint8Array.from(await readFile(example));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return bytes;
}

for (const { what, says, content } of wrongProjects) {
  test(`a project file ${what} leaves the open document as it is`, async ({ bench }) => {
    const before = await edit(bench);
    await bench.canvas.dropFile({ name: 'other.spikeloom', content: await content() });
    // Whether to save first is asked only for a file that can be opened.
    const leave = bench.page.getByRole('dialog', { name: /first\?$/ });
    const alert = bench.messages.getByRole('alert');
    await expect(leave.or(alert)).toBeVisible();
    await expect(leave).toBeHidden();
    await expect(alert).toContainText('other.spikeloom could not be opened');
    await expect(alert).toContainText(says);
    expect(await picture(bench)).toEqual(before);
    await bench.undo();
    await expect(bench.page.getByRole('contentinfo')).toContainText('0 undo steps');
  });
}

test('a block of an unknown kind is shown, told and kept when the project is saved', async ({ bench, workbench }) => {
  const content = project((document) => (document.elements.cell.kind = 'neurons/from-the-future'));
  await bench.canvas.dropFile({ name: 'other.spikeloom', content });
  await expect(bench.canvas.block('Cell')).toContainText('neurons/from-the-future');
  await bench.problems.click();
  await expect(bench.page.getByRole('dialog', { name: /problem/ })).toContainText('neurons/from-the-future');
  await bench.page.keyboard.press('Escape');
  await bench.saveAs('Kept');
  await expect(bench.messages).toContainText('Kept.spikeloom');
  const saved = await readSaved(workbench.home, 'Kept.spikeloom');
  expect(saved.elements['cell']).toMatchObject({
    kind: 'neurons/from-the-future',
    parameters: { tau_mem: { value: 20, unit: 'ms' } },
  });
});
