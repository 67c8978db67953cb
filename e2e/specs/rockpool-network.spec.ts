/** A network that Rockpool saved is dropped on the window, runs, and is saved as such a network again. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.ts';

function savedText(name: string): string {
  const path = fileURLToPath(new URL(`../cases/rockpool/Network/${name}.json.gz`, import.meta.url));
  const { expected } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as {
    expected: { saved_json_text: string };
  };
  return expected.saved_json_text;
}

test('a network of Rockpool opens with its layers wired and runs', async ({ bench }) => {
  const { canvas } = bench;
  await canvas.dropFile({ name: 'net.json', content: savedText('updown-iaf-expsyn') });
  await expect(canvas.blocks).toHaveCount(4);
  for (const name of ['External input', 'updown', 'iaf', 'readout']) await expect(canvas.block(name)).toBeVisible();
  await expect(canvas.wires).toHaveCount(3);
  await canvas.block('updown').locator('.block-name').click();
  await expect(bench.inspector.region.getByRole('switch', { name: /silent first step/ })).toBeChecked();
  await bench.stepButton.click();
  await expect(bench.page.getByTestId('simulated-time')).toContainText('0.001');

  await bench.choose(/^Save as Rockpool network/);
  await expect(bench.messages).toContainText('Saved as Rockpool network');
});

test('layers of different steps keep them, and the inspector says so', async ({ bench }) => {
  await bench.canvas.dropFile({ name: 'net.json', content: savedText('different-dt') });
  await expect(bench.canvas.blocks).toHaveCount(4);
  await bench.canvas.block('rec').locator('.block-name').click();
  const step = bench.inspector.region.getByRole('textbox', { name: 'Step', exact: true });
  await expect(step).toHaveValue('0.05');
  await bench.stepButton.click();
  await expect(bench.page.getByTestId('simulated-time')).toContainText('0.01');
  await step.fill('0.025');
  await step.press('Enter');
  await expect(bench.inspector.region).toContainText('whole multiple of the run');
});

test('a class that is not known is kept as a block that takes no part', async ({ bench }) => {
  const content = '{"layers": [{"class_name": "OwnLayer", "name": "mine", "dt": 0.001, "tau": [0.5]}]}';
  await bench.canvas.dropFile({ name: 'net.json', content });
  await expect(bench.canvas.blocks).toHaveCount(1);
  await expect(bench.canvas.block('mine')).toBeVisible();
});

test('a network with a value of no use is refused with the reason', async ({ bench }) => {
  await expect(bench.canvas.blocks).not.toHaveCount(0);
  const before = await bench.canvas.blocks.count();
  await bench.canvas.dropFile({ name: 'net.json', content: '{"layers": [{"class_name": "PassThrough", "tau": {}}]}' });
  await expect(bench.messages.getByRole('alert')).toContainText('tau of layer 1');
  await expect(bench.canvas.blocks).toHaveCount(before);
});
