/** Appearance: readable for everyone in both themes, at usual sizes and enlarged, nothing pushed out of the window, nothing moving for those who asked for rest. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { seriousFindings } from '../pages/axe.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      test(`${width} × ${height}: nothing is pushed out of the window, and axe finds nothing serious`, async ({
        bench,
        app,
      }, info) => {
        await app.setViewportSize({ width, height });
        await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.2);
        await nothingPushedOut(app);
        await info.attach('window', { body: await app.screenshot(), contentType: 'image/png' });
        for (const part of [bench.runButton, bench.problems, bench.status])
          await expect(part).toBeInViewport({ ratio: 1 });
        await bench.canvas.block('Excitatory').locator('.block-name').click();
        expect(await seriousFindings(app)).toEqual([]);
      });
    }
  });
}

/** What a browser leaves of a screen of 1440 × 900 when the page is enlarged. */
for (const [zoom, width, height] of [
  [1.25, 1152, 720],
  [2, 720, 450],
] as const) {
  test.describe(`enlarged to ${zoom * 100} %`, () => {
    test.use({ viewport: { width, height }, deviceScaleFactor: zoom });

    test('nothing is cut off, panels fold and open again, dialogs can be seen whole', async ({ bench, app }, info) => {
      const shot = async (name: string): Promise<void> =>
        info.attach(name, { body: await app.screenshot(), contentType: 'image/png' });
      await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.2);
      await nothingPushedOut(app);
      for (const part of [bench.runButton, bench.stepButton, bench.resetButton, bench.problems, bench.status])
        await expect(part).toBeInViewport({ ratio: 1 });
      await expect(app.locator('.status-bar').getByText(/dropped/)).toBeInViewport({ ratio: 1 });
      await shot('window');
      const open = bench.inspector.field('Duration');
      if (!(await open.isVisible())) await app.keyboard.press(']');
      await open.scrollIntoViewIfNeeded();
      await expect(open).toBeInViewport({ ratio: 1 });
      await nothingPushedOut(app);
      await shot('inspector');
      for (const [keys, name] of [
        ['?', 'Keyboard shortcuts'],
        ['Control+k', 'Search commands and blocks'],
        ['Control+Shift+s', 'Save as'],
      ] as const) {
        await app.keyboard.press('Escape');
        await app.keyboard.press(keys);
        const dialog = app.getByRole('dialog', { name });
        await expect(dialog).toBeInViewport({ ratio: 1 });
        await nothingPushedOut(app);
        await shot(name);
        await app.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      }
    });
  });
}

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves by itself, also with dialogs, switches and a panel that opens', async ({ bench, app }) => {
    await expect.poll(() => bench.simulatedSeconds()).toBeGreaterThan(0.2);
    for (const keys of ['[', '?', 'Escape', 'Control+k']) {
      await app.keyboard.press(keys);
      expect(await moving(app)).toEqual([]);
    }
  });
});

test('with usual motion the same look finds transitions', async ({ bench, app }) => {
  await expect(bench.canvas.block('Excitatory')).toBeVisible();
  expect(await moving(app)).not.toEqual([]);
});

/** Holds once the page has laid itself out for the size of the window. */
async function nothingPushedOut(page: Page): Promise<void> {
  await expect.poll(() => pushedOut(page)).toEqual([]);
}

/** Bars and panels whose content is wider than they are, and parts that end outside the window. */
function pushedOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wider = ['html', 'body', '.workbench', '.top-bar', '.status-bar', 'main', '.plot > header'].filter((name) =>
      [...document.querySelectorAll(name)].some((element) => element.scrollWidth > element.clientWidth),
    );
    const outside = ['.top-bar', '.status-bar', '.canvas', '.inspector', '.time-strip', '.plot-dock', '.dialog'].filter(
      (name) =>
        [...document.querySelectorAll(name)].some((element) => {
          const box = element.getBoundingClientRect();
          return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
        }),
    );
    return [
      ...wider.map((name) => `${name} is wider than its place`),
      ...outside.map((name) => `${name} ends outside`),
    ];
  });
}

/** What has a transition or an animation that would be seen. */
function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const lasts = (times: string): boolean => times.split(',').some((time) => parseFloat(time) > 0);
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const style = getComputedStyle(element);
        const transition = style.transitionProperty !== 'none' && lasts(style.transitionDuration);
        return transition || (style.animationName !== 'none' && lasts(style.animationDuration));
      })
      .map((element) => element.className.toString());
  });
}
