/** What a plot has recorded, as the numbers of its CSV export; and the time strip. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { WorkbenchPage } from './workbench.ts';

/** Exports the plot into the home folder of the server and reads the rows of the block, as they are written. */
export async function recordedRows(
  bench: WorkbenchPage,
  home: string,
  { plot, block }: { readonly plot: RegExp; readonly block: string },
): Promise<readonly string[]> {
  for (const file of await tables(home, block)) await rm(file);
  await bench
    .plot(plot)
    .getByRole('button', { name: /Choose what is shown/ })
    .click();
  await bench.page.getByRole('dialog', { name: 'This plot' }).getByRole('button', { name: 'Export as CSV' }).click();
  await expect.poll(async () => (await tables(home, block)).length).toBe(1);
  const [file = ''] = await tables(home, block);
  // The file is there whole or not at all.
  const [, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
  return rows;
}

/** Times of the rows, seconds. */
export function timesOf(rows: readonly string[]): readonly number[] {
  return rows.map((row) => Number(row.split(',')[0]));
}

async function tables(home: string, block: string): Promise<readonly string[]> {
  const names = await readdir(home, { recursive: true });
  return names
    .filter((name) => basename(name).startsWith(`${block}-`) && name.endsWith('.csv'))
    .map((name) => join(home, name));
}

/** The strip between canvas and plots. */
export class TimeStripPage {
  readonly region: Locator;
  readonly lane: Locator;
  readonly former: Locator;
  readonly list: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.region = page.getByRole('region', { name: 'Time strip' });
    this.lane = this.region.locator('.past-lane');
    this.former = this.region.getByRole('button', { name: /former course/ });
    this.list = page.getByRole('dialog', { name: 'Former courses of the run' });
  }

  /** Presses the lane at this share of its width. */
  async press(share: number): Promise<void> {
    const box = await this.lane.boundingBox();
    if (box === null) throw new Error('the time strip is not on the screen');
    await this.#page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
  }

  /** Where the present stands on the lane, as a share of its width. */
  async present(): Promise<number> {
    const [lane, flag] = [
      await this.lane.boundingBox(),
      await this.region.locator('.past-present').evaluate((element) => element.getBoundingClientRect().left),
    ];
    return lane === null ? Number.NaN : (flag - lane.x) / lane.width;
  }
}
