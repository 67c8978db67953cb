/** Shortcuts: chosen anew, shown wherever they are shown, kept; Space after a click; every part of the window in turn. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';

test('other keys for a command are told about their owner, shown everywhere and kept', async ({ bench, app }) => {
  const keys = new Keyboard(app);
  await keys.press('?');
  await keys.type('run or pause');
  await keys.tabTo('.shortcut-keys');
  await keys.press('Enter', 'Control+d');
  await expect(app.getByRole('alert')).toContainText('Ctrl+D is “Duplicate”.');
  await keys.press('F9');
  await expect(app.getByRole('button', { name: /^Run or pause: F9/ })).toBeFocused();
  await keys.press('Escape');
  await expect(bench.transport.getByRole('button', { name: 'Pause F9' })).toBeVisible();
  await keys.press('F9');
  await expect(bench.status).toHaveText('paused');
  await expect(app.getByTestId('run-hint')).toHaveText('Paused · F9 to go on');
  await keys.press('Space');
  await expect(bench.status).toHaveText('paused');
  await keys.press('Control+k');
  await keys.type('run or pause');
  await expect(app.getByRole('option', { name: /^Run Run or pause/ })).toContainText('F9');
  await keys.press('Escape');

  // Kept once things have come to rest.
  await expect(async () => {
    await app.reload();
    await expect(bench.transport.getByRole('button', { name: 'F9' })).toBeVisible({ timeout: 2000 });
  }).toPass();
  await keys.press('?');
  await keys.tabTo('.shortcuts-tools .button');
  await keys.press('Enter', 'Escape');
  await expect(bench.transport.getByRole('button', { name: 'Space' })).toBeVisible();
});

test('after a click on Step, Space runs; with Step reached by keyboard, Space steps', async ({ bench, app }) => {
  const keys = new Keyboard(app);
  await expect(bench.status).toHaveText('engine running');
  await keys.press('Space');
  await expect(bench.status).toHaveText('paused');
  await bench.stepButton.click();
  await keys.press('Space');
  await expect(bench.status).toHaveText('engine running');
  await keys.press('Space');
  await expect(bench.status).toHaveText('paused');
  await bench.resetButton.click();
  await expect.poll(() => bench.simulatedSeconds()).toBe(0);
  await bench.inspector.enter(bench.inspector.field('Time step'), '1 ms');
  await expect(bench.stepButton).toBeEnabled();
  await keys.tabTo('[aria-label="Run one step"]');
  await keys.press('Space');
  await expect.poll(() => bench.simulatedSeconds()).toBe(0.001);
  await expect(bench.status).not.toHaveText('engine running');
});

test('F6 goes through every part of the window, each with a visible ring; Escape comes back to the canvas', async ({
  app,
  bench,
}) => {
  const keys = new Keyboard(app);
  await expect(bench.canvas.block('Excitatory')).toBeVisible();
  await keys.press('F6');
  const visited: string[] = [];
  for (let region = 0; region < 6; region += 1) {
    visited.push(await whereAmI(app));
    await keys.press('F6');
  }
  expect(visited).toEqual(['inspector', 'time-strip', 'plot-dock', 'top-bar', 'side-panel', 'canvas']);
  await keys.press('Shift+F6', 'Escape');
  await expect.poll(() => whereAmI(app)).toBe('canvas');
});

/** The part of the window that has the focus; throws where no ring shows it. */
function whereAmI(app: Page): Promise<string> {
  return app.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const ring = [focused, focused.closest('.field')].some((each) => {
      const style = each === null ? undefined : getComputedStyle(each);
      return style !== undefined && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    });
    const part = ['top-bar', 'side-panel', 'canvas', 'inspector', 'time-strip', 'plot-dock', 'status-bar'].find(
      (name) => focused.closest(`.${name}`) !== null,
    );
    return ring ? (part ?? 'nowhere') : `no ring on ${focused.outerHTML.slice(0, 80)}`;
  });
}
