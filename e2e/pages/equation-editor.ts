/** The equation editor in the inspector: its fields, problems, rendered equations. */
import { expect, type Locator, type Page } from '@playwright/test';

export class EquationEditorPage {
  readonly region: Locator;
  readonly rendered: Locator;
  readonly units: Locator;
  readonly suggestions: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.region = page.locator('.equation-editor');
    this.rendered = this.region.getByRole('group', { name: 'Equations as mathematics' });
    this.units = this.region.getByRole('table', { name: 'Units' });
    this.suggestions = page.getByRole('listbox', { name: 'Completions' });
  }

  /** A field by the name of its parameter, such as `model`. */
  field(name: string): Locator {
    return this.region.locator(`[data-field="${name}"]`);
  }

  text(name: string): Locator {
    return this.field(name).getByRole('textbox');
  }

  /** The text of a field without the placeholder. */
  content(name: string): Promise<string> {
    return this.text(name).evaluate((box) =>
      [...box.querySelectorAll('.cm-line')]
        .map((line) => (line.querySelector('.cm-placeholder') === null ? (line.textContent ?? '') : ''))
        .join('\n'),
    );
  }

  problems(name: string): Locator {
    return this.field(name).locator('.code-problems li');
  }

  /** What is underlined in a field. */
  underlined(name: string): Locator {
    return this.field(name).locator('.cm-lintRange');
  }

  /** Replaces the text of a field, in one stroke as pasting plain text does, and stays in it. */
  async write(name: string, text: string): Promise<void> {
    await this.text(name).click();
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.press('Delete');
    await this.#page.keyboard.insertText(text);
    await expect.poll(() => this.content(name)).toBe(text);
  }

  /** Pastes a text into a field as from another program. */
  async paste(name: string, text: string): Promise<void> {
    await this.text(name).click();
    await this.text(name).evaluate((box, content) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', content);
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Leaves the field, so that what it holds is kept. */
  async leave(): Promise<void> {
    await this.#page.keyboard.press('Control+Enter');
  }
}
