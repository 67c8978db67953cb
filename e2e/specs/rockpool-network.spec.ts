/** A network that Rockpool saved is dropped on the window, runs, and is saved as such a network again. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.ts';

const path = fileURLToPath(new URL('../cases/rockpool/Network/updown-iaf-expsyn.json.gz', import.meta.url));
const { expected } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as {
  expected: { saved_json_text: string };
};

test('a network of Rockpool opens with its layers wired and runs', async ({ bench }) => {
  const { canvas } = bench;
  await canvas.dropFile({ name: 'net.json', content: expected.saved_json_text });
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

test('a network with a class that is not known is refused with the reason', async ({ bench }) => {
  await expect(bench.canvas.blocks).not.toHaveCount(0);
  const before = await bench.canvas.blocks.count();
  await bench.canvas.dropFile({ name: 'net.json', content: '{"layers": [{"class_name": "FFRateEulerTorch"}]}' });
  await expect(bench.messages.getByRole('alert')).toContainText('layer 1 is a FFRateEulerTorch');
  await expect(bench.canvas.blocks).toHaveCount(before);
});
