/** Processes that edit or restore are killed at any moment: at most the one command that was not acknowledged is lost. */
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { expectOk } from '../../engine/base/result.ts';
import { documentHash } from '../../engine/model/model-hash.ts';
import { openJournal } from '../../engine/model/open-journal.ts';
import { buildChild, inTwoLanes } from './child-process.test-support.ts';
import type { BuiltChild, RunningChild } from './child-process.test-support.ts';
import { createChoose } from './chooser.test-support.ts';
import { createJournalStore } from './journal-store.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeRandom } from './node-seams.ts';

const edits = budgetOf('edit-kills');
const restores = budgetOf('restore-kills');
const inARow = 5;

let child: BuiltChild;
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'spikeloom-edits-'));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  child = await buildChild();
});
afterAll(async () => {
  await child.remove();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Command number and document hash, as the child says them. */
async function stateIn(folder: string): Promise<string> {
  const lines = expectOk(await createJournalStore(nodeFileSystem, nodeRandom, folder).read('a'));
  const { state } = expectOk(openJournal(lines));
  return `${state.nextSeq} ${documentHash(state.document)}`;
}

const numberOf = (state: string): number => Number(state.split(' ')[0]);

async function killAfter(running: RunningChild, milliseconds: number): Promise<string> {
  await running.spoke;
  await after(milliseconds);
  await running.kill();
  return running.lines().at(-1) ?? '';
}

describe('kills while editing', () => {
  it('lose at most the command that was not acknowledged', async () => {
    const lanes = [await newFolder(), await newFolder()];
    let commands = 0;
    await inTwoLanes(edits.rounds, async (round, lane) => {
      // Each life of a journal has twenty kills, then another one begins.
      if (round % 20 === 19) lanes[lane] = await newFolder();
      const folder = lanes[lane] ?? '';
      const acknowledged = await killAfter(child.start('edit', folder), createChoose(edits.seed, round)(50));
      const found = await stateIn(folder);
      const lost = numberOf(acknowledged) - numberOf(found);
      expect([0, -1], `kill ${round}, ${edits.again}: ${acknowledged} became ${found}`).toContain(lost);
      if (lost === 0) expect(found).toBe(acknowledged);
      commands += numberOf(found);
    });
    expect(commands).toBeGreaterThan(edits.rounds);
  });
});

describe('kills while restoring', () => {
  it('five in a row, with torn lines: the journal restores as before', async () => {
    let kills = 0;
    await inTwoLanes(Math.ceil(restores.rounds / inARow), async (round) => {
      const choose = createChoose(restores.seed, round);
      const folder = await newFolder();
      await killAfter(child.start('edit', folder), 30 + choose(100));
      const before = await stateIn(folder);
      for (let kill = 0; kill < inARow; kill += 1) {
        await appendFile(join(folder, 'a.jsonl'), ['{"kind":"edit","se', '\0\0\0', ''][choose(3)] ?? '');
        await killAfter(child.start('restore', folder), choose(16));
        expect(await stateIn(folder), `kill ${kill} of round ${round}, ${restores.again}`).toBe(before);
        kills += 1;
      }
      const restored = child.start('restore', folder);
      await restored.ended;
      expect(restored.lines()).toEqual(['begins', before]);
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    });
    expect(kills).toBeGreaterThanOrEqual(restores.rounds);
  });
});
