/** The benchmark projects do what their published originals do: rates within bands around those of other simulators. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { nodeClock } from '../../electron/platform/node-seams.ts';
import { runDetached } from '../../electron/jobs/detached-run.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readProject } from '../../engine/formats/project.ts';

/** Spikes per cell and second of the first so many milliseconds. */
function rateOf(name: string, milliseconds: number): number {
  const file = new URL(`../../assets/examples/${name}.spikeloom`, import.meta.url);
  const { document } = expectOk(readProject(readFileSync(file)));
  const run = { ...document.run, duration: { value: milliseconds, unit: 'ms' } };
  const { report, problems } = runDetached(
    { document: { ...document, run }, target: 'wasm', record: false },
    { clock: nodeClock, memory: nodeMemory, stopRequested: () => false, onProgress: () => undefined },
  );
  expect(problems).toEqual([]);
  const spikes = Object.values(report?.spikes ?? {}).reduce((sum, count) => sum + count, 0);
  return spikes / (report?.cells ?? 0) / (milliseconds / 1000);
}

// Brian2 2.10 gives 18.6, 71.4, 37.9 and 23.2 Hz over the whole runs; NEST 3.10 gives 67.6 for the second.
it.each([
  ['vogels-abbott', 500, 16, 22],
  ['brunel', 1000, 64, 75],
  ['lif-reservoir', 10_000, 33, 43],
  ['adex-cells', 1000, 22.5, 23.5],
])('%s: %d ms at %d to %d spikes per cell and second', (name, milliseconds, least, most) => {
  const rate = rateOf(name, milliseconds);
  expect(rate).toBeGreaterThan(least);
  expect(rate).toBeLessThan(most);
});
