/** The workbench as a whole: transport, status, project menu, history, problems, messages. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { Canvas } from './canvas.ts';
import { Inspector } from './inspector.ts';

export class WorkbenchPage {
  readonly page: Page;
  readonly canvas: Canvas;
  readonly inspector: Inspector;
  readonly status: Locator;
  readonly transport: Locator;
  readonly runButton: Locator;
  readonly stepButton: Locator;
  readonly backButton: Locator;
  readonly resetButton: Locator;
  readonly problems: Locator;
  readonly messages: Locator;
  readonly history: Locator;
  /** The question after a crash. */
  readonly recovery: Locator;
  /** The question about a project that another window writes. */
  readonly elsewhere: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = new Canvas(page);
    this.inspector = new Inspector(page);
    this.status = page.locator('.status-engine');
    this.transport = page.getByRole('group', { name: 'Run', exact: true });
    this.runButton = this.transport.getByRole('button', { name: /^(Run|Pause)( Space)?$/ });
    this.stepButton = this.transport.getByRole('button', { name: 'Run one step' });
    this.backButton = this.transport.getByRole('button', { name: 'Go back one step' });
    this.resetButton = this.transport.getByRole('button', { name: 'Reset to the start' });
    this.problems = page.getByTestId('problems');
    this.messages = page.getByRole('region', { name: 'Messages' });
    this.history = page.getByRole('list', { name: 'History' });
    this.recovery = page.getByRole('dialog', { name: /was not closed$/ });
    this.elsewhere = page.getByRole('dialog', { name: /another window$/ });
  }

  /**
   * After a crash: goes on with the work that was recovered, if that is asked, and takes it over from the page that is
   * gone, if that still counts as open. Resolves when the workbench has started.
   */
  async recover(): Promise<void> {
    const answers = this.page.getByRole('dialog').getByRole('button', { name: /^(Recovered work|Take over here)/ });
    const started = this.status.filter({ hasNotText: 'starting' });
    for (;;) {
      await answers.or(started).first().waitFor({ timeout: 30_000 });
      if (!(await answers.first().isVisible())) return;
      await answers.first().click();
      await answers.first().waitFor({ state: 'hidden' });
    }
  }

  /** Simulated seconds as the transport bar shows them. */
  async simulatedSeconds(): Promise<number> {
    const text = await this.page.getByTestId('simulated-time').innerText();
    return Number(/t = ([\d.]+) s/.exec(text)?.[1] ?? Number.NaN);
  }

  /** A plot by the beginning of its name, such as `Raster of Excitatory`. */
  plot(name: RegExp | string): Locator {
    return this.page.getByRole('region', { name: 'Plots' }).getByRole('region', { name });
  }

  /** Presses an entry of the project menu. */
  async choose(entry: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: /^Project / }).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** A way out of the question that is asked, by the beginning of its words. */
  choice(title: string): Locator {
    return this.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${title}`) });
  }

  /** Opens a project that only a journal keeps. */
  async openKept(name: RegExp): Promise<void> {
    await this.choose(/^Recovered projects/);
    await this.page.getByRole('dialog', { name: 'Recovered projects' }).getByRole('button', { name }).first().click();
  }

  async newProject(): Promise<void> {
    await this.choose(/^New project/);
  }

  /** Saves under a name that is typed into the dialog. */
  async saveAs(name: string): Promise<void> {
    await this.choose(/^Save as…/);
    const dialog = this.page.getByRole('dialog', { name: 'Save as' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+z');
  }

  async redo(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+z');
  }

  async showHistory(): Promise<void> {
    await this.page.getByRole('tab', { name: 'History' }).click();
  }

  async showBlocks(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Blocks' }).click();
  }
}

/** The part of a saved document that the canvas shows. */
export interface SavedDocument {
  readonly name: string;
  readonly elements: Readonly<Record<string, { readonly name: string; readonly kind: string }>>;
  readonly connections: Readonly<Record<string, unknown>>;
  readonly view: { readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>> };
}

/** A project that the workbench saved, read by nothing of the workbench. */
export async function readSaved(home: string, name: string): Promise<SavedDocument> {
  const bytes = await readFile(join(home, 'projects', name));
  const document = unzipSync(bytes)['document.json'];
  if (document === undefined) throw new Error(`${name} holds no document.json`);
  return JSON.parse(strFromU8(document)) as SavedDocument;
}
