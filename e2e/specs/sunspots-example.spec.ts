/** The second example: the same seed gives the same score to the last digit in the app and on the command line. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures.ts';

const root = join(import.meta.dirname, '..', '..');

interface Score {
  readonly nrmse: number;
  readonly persistenceNrmse: number;
}

async function scoreOfCommandLine(): Promise<Score> {
  const args = ['dist/electron/cli.js', 'run', 'assets/examples/sunspots.spikeloom', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  const [readout] = (JSON.parse(stdout) as { readouts: Score[] }).readouts;
  if (readout === undefined) throw new Error('the command line reports no readout');
  return readout;
}

test('the sunspot example scores in the app exactly what it scores on the command line', async ({ bench }) => {
  const expected = await scoreOfCommandLine();
  await bench.choose(/^Sunspot forecast/);
  await expect(bench.status).toHaveText('run finished', { timeout: 30_000 });

  const figure = bench.canvas.block('Forecast').locator('.block-figure');
  await expect(figure).toHaveAttribute('data-nrmse', String(expected.nrmse));
  await expect(figure).toHaveText(/^NRMSE \.\d{3}/);
  const chip = bench.plot(/^Prediction of Forecast/).getByText(/^NRMSE/);
  const [shown, persistence] = [...(await chip.innerText()).matchAll(/[\d.]+/g)].map(([digits]) => Number(digits));
  expect(shown).toBeCloseTo(expected.nrmse, 2);
  expect(persistence).toBeCloseTo(expected.persistenceNrmse, 2);
  expect(expected.nrmse).toBeLessThan(0.8 * expected.persistenceNrmse);
});
