/** The keyboard alone: presses, typing and the Tab key until the wanted stop is reached. No pointer, and nothing is focused by script. */
import type { Page } from '@playwright/test';

/** Stops after which the Tab key has been everywhere. */
const mostStops = 150;

export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys such as `Control+z` one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Presses Tab until what has the focus fits the selector. */
  async tabTo(selector: string, key = 'Tab'): Promise<void> {
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await this.isOn(selector)) return;
      await this.#page.keyboard.press(key);
    }
    throw new Error(`${key} never comes to ${selector}`);
  }

  /** Whether what has the focus fits the selector. */
  isOn(selector: string): Promise<boolean> {
    return this.#page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);
  }

  /** What has the focus, in words for a failing test. */
  focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const focused = document.activeElement;
      return `${focused?.tagName.toLowerCase() ?? ''} ${focused?.getAttribute('aria-label') ?? focused?.textContent?.slice(0, 40) ?? ''}`;
    });
  }

  /** From the canvas into the parameters of what is selected, and back: name and text of each, in the order of the form. */
  async edit(values: Readonly<Record<string, string>>): Promise<void> {
    await this.press('Enter');
    for (const [name, text] of Object.entries(values)) {
      await this.tabTo(`[data-parameter="${name}"] input[type="text"], input[type="text"][aria-label="${name}"]`);
      await this.press('Control+a');
      if (text === '') await this.press('Delete');
      else await this.type(text);
      await this.press('Enter');
    }
    await this.press('Escape');
  }

  /** Chooses a command by its name. */
  async command(name: string): Promise<void> {
    await this.press('Control+k');
    await this.#page.getByRole('combobox', { name: 'Search commands and blocks' }).waitFor();
    await this.type(name);
    await this.press('Enter');
  }
}
