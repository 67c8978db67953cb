/** The engine is killed in the page at any moment: the document stays, the cause is named, the page answers, a restart works. */
import { budgets } from '../budget.ts';
import { expect, test } from '../fixtures.ts';
import { bringToEnd, ends, longestGap, watchGaps, workerOf, type End, type WorkerName } from '../pages/kill-worker.ts';
import type { WorkbenchPage } from '../pages/workbench.ts';

const { rounds, seed } = budgets()['engine-kills-in-page'] ?? { rounds: 0, seed: 0 };

/** Each case follows from the number of its round alone, so that a failure comes back. */
function choose<T>(choices: readonly T[], round: number, salt: number): T {
  const mixed = Math.imul((seed + round * 7919) ^ (salt * 104_729), 2_654_435_761) >>> 0;
  return choices[Math.floor((mixed / 2 ** 32) * choices.length)] as T;
}

/** Brings the run into a state in which the worker is to die. */
const phases = {
  async running({ status, runButton }: WorkbenchPage) {
    if ((await status.innerText()).includes('engine running')) return;
    await runButton.click();
    await expect(status).toHaveText('engine running');
  },
  async paused(bench: WorkbenchPage) {
    await phases.running(bench);
    await bench.runButton.click();
    await expect(bench.status).toHaveText('paused');
  },
  async reset(bench: WorkbenchPage) {
    await bench.resetButton.click();
    await expect(bench.status).toHaveText('engine ready');
  },
  async edited(bench: WorkbenchPage) {
    await phases.running(bench);
    await nudge(bench);
  },
} as const;

/** An edit that the engine does not need. */
async function nudge({ canvas, page }: WorkbenchPage): Promise<void> {
  await canvas.block('Excitatory').locator('.block-name').click();
  await page.keyboard.press('ArrowRight');
}

const restarts = {
  async button({ page, status }: WorkbenchPage) {
    await page.getByRole('button', { name: 'Start the engine again' }).click();
    await expect(status).toHaveText('engine ready');
  },
  async run({ runButton, status }: WorkbenchPage) {
    await runButton.click();
    await expect(status).toHaveText('engine running');
  },
  async reset({ resetButton, status }: WorkbenchPage) {
    await resetButton.click();
    await expect(status).toHaveText('engine ready');
  },
} as const;

const kinds = Object.keys(ends) as readonly End[];
const names: readonly WorkerName[] = ['engine', 'engine', 'history'];

test(`the engine comes back after ${rounds} kills`, async ({ bench, app, pageErrors }) => {
  test.setTimeout(60_000 + rounds * 30_000);
  await expect(bench.status).toHaveText('engine running');
  await watchGaps(app);
  let longest = 0;
  /** The same where nothing is killed: what the machine itself makes of it. */
  let usual = 0;
  let slowest = 0;
  for (let round = 0; round < rounds; round += 1) {
    const end = kinds[round % kinds.length] as End;
    const name = choose(names, round, 1);
    const phase = choose(Object.keys(phases) as (keyof typeof phases)[], round, 2);
    const restart = choose(Object.keys(restarts) as (keyof typeof restarts)[], round, 3);
    await test.step(`round ${round}: ${name} ${end} while ${phase}, back by ${restart} (seed ${seed})`, async () => {
      await phases[phase](bench);
      usual = Math.max(usual, await longestGap(app));
      await bringToEnd(workerOf(app, name), end);
      // The page takes edits all the time: this one while the worker is dying or dead.
      await nudge(bench);
      const before = await bench.canvas.content();
      await expect(bench.status).toHaveText(/^engine stopped/, { timeout: 30_000 });
      longest = Math.max(longest, await longestGap(app));
      await expect(bench.messages).toContainText(ends[end]);
      await expect(bench.messages).toContainText('Your document is safe');
      await expect(bench.problems).toHaveText(/problem/);
      expect(await bench.canvas.content()).toEqual(before);
      const began = Date.now();
      await restarts[restart](bench);
      slowest = Math.max(slowest, Date.now() - began);
      expect(await bench.canvas.content()).toEqual(before);
      await expect(bench.problems).toHaveText('No problems');
      await dismissMessages(bench);
    });
  }
  test
    .info()
    .annotations.push(
      { type: 'longest gap of the page, ms', description: longest.toFixed(0) },
      { type: 'longest gap while nothing is killed, ms', description: usual.toFixed(0) },
      { type: 'longest restart, ms', description: String(slowest) },
    );
  // What was planted in the workers is told on the page's console as well; nothing else may be.
  expect(pageErrors.splice(0).filter((error) => !/planted|unreachable|Array buffer allocation/.test(error))).toEqual(
    [],
  );
});

async function dismissMessages({ messages }: WorkbenchPage): Promise<void> {
  const buttons = messages.getByRole('button');
  while ((await buttons.count()) > 0) await buttons.first().click();
}

test('a worker that is slow but alive is not killed', async ({ bench, app }) => {
  await expect(bench.status).toHaveText('engine running');
  for (let round = 0; round < 3; round += 1) {
    await workerOf(app, 'engine').evaluate(() => {
      const until = performance.now() + 1200;
      while (performance.now() < until);
    });
  }
  await expect(bench.status).toHaveText('engine running');
});
