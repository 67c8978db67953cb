/** An example of a tutorial: it runs when it is opened, its note says what to look at, and can be changed and taken away. */
import { expect, test } from '../fixtures.ts';

test('a note stands beside the blocks, is changed, taken away and brought back', async ({ bench, app }) => {
  await bench.choose(/^AdEx of norse/);
  await expect(bench.status).toHaveText('run finished', { timeout: 30_000 });
  await expect(bench.problems).toHaveText('No problems');

  const note = bench.canvas.region.getByRole('note');
  await expect(note).toContainText('Source: norse');
  await note.dblclick();
  const words = bench.canvas.region.getByRole('textbox', { name: 'Note' });
  await words.fill('Twice as much current');
  await words.blur();
  await expect(note).toHaveText('Twice as much current');

  await note.hover();
  await note.getByRole('button', { name: 'Remove this note' }).click();
  await expect(note).toHaveCount(0);
  await app.keyboard.press('Control+z');
  await expect(note).toHaveText('Twice as much current');
  await app.keyboard.press('Control+z');
  await expect(note).toContainText('Source: norse');

  await bench.newProject();
  await bench.canvas.clickEmpty();
  await app.keyboard.press('n');
  await words.fill('Mine');
  await words.press('Control+Enter');
  await expect(note).toHaveText('Mine');
  const edge = note.getByRole('separator', { name: 'Width of the note' });
  await edge.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '256');
  await app.keyboard.press('Control+z');
  await app.keyboard.press('Control+z');
  await expect(note).toHaveCount(0);
});
