/** Processes that save are killed at any moment: no save is torn, and none that was acknowledged is lost. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { sweepTemporaryFiles } from './atomic-write.ts';
import { buildChild, inTwoLanes } from './child-process.test-support.ts';
import type { BuiltChild } from './child-process.test-support.ts';
import { createChoose } from './chooser.test-support.ts';
import { nodeFileSystem } from './node-file-system.ts';

const { rounds, seed, again } = budgetOf('file-kills');
/** Saves take about 5 ms; kills come up to so many milliseconds after the first one. */
const latestKill = 60;

let child: BuiltChild;
let folders: string[];

beforeAll(async () => {
  child = await buildChild();
  folders = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), 'spikeloom-kills-'))));
});
afterAll(async () => {
  await child.remove();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** The generation of the project in the folder; undefined when it is torn. */
async function generationIn(folder: string): Promise<number | undefined> {
  const bytes = await readFile(join(folder, 'net.spikeloom'));
  const digest = createHash('sha256').update(bytes.subarray(0, -32)).digest();
  return digest.equals(bytes.subarray(-32)) ? bytes.readUInt32LE(0) : undefined;
}

describe('kills while saving', () => {
  it('leave every project whole, with the last acknowledged save or the one after it', async () => {
    let orphans = 0;
    await inTwoLanes(rounds, async (round, lane) => {
      const folder = folders[lane] ?? '';
      const saving = child.start('save', folder);
      await saving.spoke;
      await after(createChoose(seed, round)(latestKill));
      await saving.kill();
      const acknowledged = Number(saving.lines().at(-1));
      const found = await generationIn(folder);
      expect([acknowledged, acknowledged + 1], `kill ${round}, ${again}`).toContain(found);
      const names = await readdir(folder);
      orphans += names.length - 1;
      // What earlier kills left was swept by the processes after them.
      expect(names.length, names.join()).toBeLessThanOrEqual(2);
    });
    expect(orphans).toBeGreaterThan(0);
    for (const folder of folders) {
      await sweepTemporaryFiles(nodeFileSystem, folder);
      expect(await readdir(folder)).toEqual(['net.spikeloom']);
    }
  });
});
