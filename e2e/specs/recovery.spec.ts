/** After an end without a word the person chooses; after an end in order the same state is there again without a question. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { expect, startWorkbench, test, type Workbench } from '../fixtures.ts';
import { nothingSerious, seriousInBothThemes } from '../pages/axe.ts';
import { WorkbenchPage } from '../pages/workbench.ts';

// Several starts each: on a busy machine they take a while.
test.describe.configure({ timeout: 240_000 });

/** Two edits, the second just before this returns. */
async function edit({ canvas }: WorkbenchPage): Promise<void> {
  await canvas.insert('AdEx', 120, 60);
  await expect(canvas.block('AdEx')).toBeVisible();
  await canvas.move(canvas.block('AdEx'), 30, 20);
}

async function kept({ page }: WorkbenchPage, steps: number): Promise<void> {
  await expect(page.getByRole('contentinfo')).toContainText(new RegExp(`edits kept .* ${steps} undo steps?`));
}

/** Another server on the same folders, and its page in the same window. */
async function startAgain(workbench: Workbench, page: Page): Promise<Workbench> {
  await workbench.kill();
  const again = await startWorkbench(workbench.home);
  await page.goto(again.link);
  return again;
}

/** While no server answered, the browser said so. */
function forgiveLostConnection(errors: string[]): void {
  const unexpected = errors.splice(0).filter((error) => !/WebSocket|ERR_CONNECTION|Failed to load/.test(error));
  expect(unexpected).toEqual([]);
}

test('server killed in the middle of edits: the recovered work, by the key that has it already', async ({
  bench,
  app,
  workbench,
  pageErrors,
}) => {
  await edit(bench);
  await kept(bench, 2);
  const before = await bench.canvas.content();
  const again = await startAgain(workbench, app);
  try {
    await expect(bench.recovery).toContainText('2 edits in no file');
    await expect(bench.recovery).toContainText('Add AdEx');
    await expect(bench.choice('Last saved version')).toHaveCount(0);
    await expect(bench.choice('Recovered work')).toBeFocused();
    await app.keyboard.press('Enter');
    await expect.poll(() => bench.canvas.content()).toEqual(before);
    await expect(app.getByRole('contentinfo')).toContainText('2 undo steps');
  } finally {
    await again.kill();
  }
  forgiveLostConnection(pageErrors);
});

test('server killed after a save: the last saved version, and the recovered work later', async ({
  bench,
  app,
  workbench,
  pageErrors,
}) => {
  await bench.saveAs('Net');
  await expect(bench.messages).toContainText('Saved as Net.spikeloom');
  const saved = await bench.canvas.content();
  await edit(bench);
  await kept(bench, 3);
  const unsaved = await bench.canvas.content();
  const again = await startAgain(workbench, app);
  try {
    await expect(bench.recovery).toContainText('2 edits after the last save');
    expect(await seriousInBothThemes(app), 'the choice after a crash').toEqual(nothingSerious);
    await bench.choice('Last saved version').click();
    await expect.poll(() => bench.canvas.content()).toEqual(saved);
    await bench.choose(/^Recovered projects/);
    const list = app.getByRole('dialog', { name: 'Recovered projects' });
    await expect(list.getByRole('button', { name: /^Net/ }).first()).toBeVisible();
    expect(await seriousInBothThemes(app), 'recovered projects').toEqual(nothingSerious);
    await list.getByRole('button', { name: /^Net/ }).first().click();
    await expect.poll(() => bench.canvas.content()).toEqual(unsaved);
  } finally {
    await again.kill();
  }
  forgiveLostConnection(pageErrors);
});

test('server killed: an empty project, then nothing is asked again and the work is still to be had', async ({
  bench,
  app,
  workbench,
  pageErrors,
}) => {
  await edit(bench);
  await kept(bench, 2);
  const before = await bench.canvas.content();
  const again = await startAgain(workbench, app);
  try {
    await bench.choice('Empty project').click();
    await expect(bench.status).not.toHaveText(/starting/);
    await expect(bench.canvas.blocks).toHaveCount(0);
    await app.reload();
    await expect(bench.status).not.toHaveText(/starting/);
    await expect(bench.recovery).toBeHidden();
    await bench.openKept(/^Excitation/);
    await expect.poll(() => bench.canvas.content()).toEqual(before);
  } finally {
    await again.kill();
  }
  forgiveLostConnection(pageErrors);
});

test('the choice can be put off by loading again, and Escape takes the recovered work', async ({
  bench,
  app,
  workbench,
  pageErrors,
}) => {
  await edit(bench);
  await kept(bench, 2);
  const before = await bench.canvas.content();
  const again = await startAgain(workbench, app);
  try {
    for (let times = 0; times < 3; times += 1) {
      await expect(bench.recovery).toBeVisible();
      await app.reload();
    }
    await expect(bench.recovery).toBeVisible();
    await app.keyboard.press('Escape');
    await expect.poll(() => bench.canvas.content()).toEqual(before);
  } finally {
    await again.kill();
  }
  forgiveLostConnection(pageErrors);
});

test('browser killed in the middle of edits: another browser offers the work', async ({ workbench, launchOptions }) => {
  const server = await chromium.launchServer(launchOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  const first = await openWith(browser, workbench, {});
  await edit(first);
  await kept(first, 2);
  const before = await first.canvas.content();
  const storageState = await first.page.context().storageState();
  await server.kill();

  const second = await chromium.launch(launchOptions);
  try {
    const bench = await openWith(second, workbench, { storageState });
    await expect(bench.recovery).toContainText('2 edits in no file');
    await bench.choice('Recovered work').click();
    await expect.poll(() => bench.canvas.content()).toEqual(before);
  } finally {
    await second.close();
  }
});

/** Opens the workbench; with a storage state, by its cookie. */
async function openWith(browser: Browser, workbench: Workbench, options: BrowserContextOptions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const bench = new WorkbenchPage(page);
  await page.goto(options.storageState === undefined ? workbench.link : `http://127.0.0.1:${workbench.port}/`);
  await expect(bench.recovery.or(bench.status.filter({ hasNotText: 'starting' })).first()).toBeVisible();
  return bench;
}

test('loading again asks nothing, ten times, each right after an edit', async ({ bench, app }) => {
  await bench.canvas.insert('AdEx', 120, 60);
  await expect(bench.canvas.block('AdEx')).toBeVisible();
  for (let times = 0; times < 10; times += 1) {
    await bench.canvas.move(bench.canvas.block('AdEx'), 12, 6);
    const before = await bench.canvas.content();
    await app.reload();
    await expect(bench.status).not.toHaveText(/starting/);
    await expect(app.getByRole('dialog')).toHaveCount(0);
    await expect.poll(() => bench.canvas.content()).toEqual(before);
  }
  await expect(app.getByRole('contentinfo')).toContainText('11 undo steps');
});

test('closing the tab asks nothing, and another tab has the same state, five times', async ({
  bench,
  app,
  context,
  workbench,
}) => {
  await edit(bench);
  let open = app;
  for (let times = 0; times < 5; times += 1) {
    const shown = new WorkbenchPage(open);
    await shown.canvas.move(shown.canvas.block('AdEx'), 12, 6);
    const before = await shown.canvas.content();
    await open.close({ runBeforeUnload: true });
    open = await context.newPage();
    const next = new WorkbenchPage(open);
    await open.goto(`http://127.0.0.1:${workbench.port}/`);
    await expect(next.status).not.toHaveText(/starting/);
    await expect(open.getByRole('dialog')).toHaveCount(0);
    await expect.poll(() => next.canvas.content()).toEqual(before);
  }
});

test('a file changed behind our back is replaced only when the person says so', async ({ bench, app, workbench }) => {
  await bench.saveAs('Net');
  await expect(bench.messages).toContainText('Saved as Net.spikeloom');
  const path = join(workbench.home, 'projects', 'Net.spikeloom');
  const example = join(import.meta.dirname, '..', '..', 'assets', 'examples', 'sunspots.spikeloom');
  await edit(bench);
  await writeFile(path, await readFile(example));
  const theirs = await readFile(path);

  await app.keyboard.press('Control+s');
  const dialog = app.getByRole('dialog', { name: 'Net.spikeloom” was changed' });
  await expect(dialog).toContainText('Here4 blocks');
  expect(await seriousInBothThemes(app), 'a changed file').toEqual(nothingSerious);
  expect(await readFile(path)).toEqual(theirs);
  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await readFile(path)).toEqual(theirs);

  await app.keyboard.press('Control+s');
  await bench.choice('Save as a copy').click();
  await expect(bench.messages).toContainText('(copy).spikeloom');
  expect(await readFile(path)).toEqual(theirs);
  await app.keyboard.press('Control+s');
  await expect(dialog).toBeHidden();
});

test('at the next start, work that is older than its file asks before it is written', async ({
  bench,
  app,
  workbench,
}) => {
  await bench.saveAs('Net');
  await expect(bench.messages).toContainText('Saved as Net.spikeloom');
  const path = join(workbench.home, 'projects', 'Net.spikeloom');
  await edit(bench);
  const example = join(import.meta.dirname, '..', '..', 'assets', 'examples', 'sunspots.spikeloom');
  await writeFile(path, await readFile(example));
  const theirs = await readFile(path);
  await app.reload();
  await expect(app.getByRole('dialog', { name: 'was changed by somebody else' })).toBeVisible();
  expect(await readFile(path)).toEqual(theirs);
  await bench.choice('Open the file instead').click();
  await expect(bench.canvas.block('AdEx')).toHaveCount(0);
  await expect(bench.canvas.block('Reservoir')).toBeVisible();
  expect(await readFile(path)).toEqual(theirs);
  await bench.openKept(/^Net/);
  await expect(app.getByRole('dialog', { name: 'was changed by somebody else' })).toBeHidden();
  await expect(bench.canvas.block('AdEx')).toBeVisible();
});
