/** The inspector: fields of the selected block or of the run. */
import type { Locator, Page } from '@playwright/test';

export class Inspector {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('complementary', { name: 'Inspector' });
  }

  /** The field of a parameter by its name in the kind, such as `tau_mem`. */
  parameter(name: string): Locator {
    return this.region.locator(`[data-parameter="${name}"]`).getByRole('textbox');
  }

  field(label: string): Locator {
    return this.region.getByRole('textbox', { name: label, exact: true });
  }

  /** Why an entry was refused. */
  get reason(): Locator {
    return this.region.getByRole('alert');
  }

  /** Types into a field and commits with Enter. */
  async enter(field: Locator, text: string): Promise<void> {
    await field.click();
    await field.fill(text);
    await field.press('Enter');
  }
}
