/** Loss of power at any moment: what was not synced is lost, torn or out of order; what was acknowledged is there, nothing is mixed. */
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { createChoose } from './chooser.test-support.ts';
import { durableWork } from './durable-work.test-support.ts';
import type { DurableWork } from './durable-work.test-support.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import type { Fault, MemoryFileSystem } from './memory-file-system.test-support.ts';

const { rounds, seed, again } = budgetOf('power-loss');
const ends: readonly Fault[] = ['crash before', 'crash amid', 'crash after'];

/** How the process sees its files. */
type View = (files: MemoryFileSystem) => FileSystem;

const callsOfWork = new Map<DurableWork, number>();
async function callsOf(work: DurableWork): Promise<number> {
  const files = createMemoryFileSystem(work.initial);
  if (!callsOfWork.has(work)) await work.begin().act(files);
  const calls = callsOfWork.get(work) ?? files.calls;
  callsOfWork.set(work, calls);
  return calls;
}

/** Ends the work at a moment by chance, the power with it, once more while recovering, and looks. */
async function lose(works: readonly DurableWork[], round: number, view: View): Promise<void> {
  const choose = createChoose(seed, round);
  const work = works[choose(works.length)] as DurableWork;
  const attempt = work.begin();
  const files = createMemoryFileSystem(work.initial);
  const at = choose(await callsOf(work));
  files.failAt(at, { fault: ends[choose(ends.length)] as Fault });
  await Promise.race([attempt.act(view(files)), files.gone]);
  const second = files.afterPowerLoss(choose);
  if (choose(2) === 0) {
    second.failAt(choose(30), { fault: ends[choose(ends.length)] as Fault });
    await Promise.race([attempt.check(view(second)), second.gone]);
  }
  await attempt.check(view(second.afterPowerLoss(choose))).catch((error: unknown) => {
    throw new Error(`${work.name}: power lost at call ${at}, round ${round}, ${again}`, { cause: error });
  });
}

async function failures(view: View): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: 300 }, (_, round) => lose(durableWork, round, view)));
  return outcomes.filter(({ status }) => status === 'rejected').length;
}

describe('loss of power', () => {
  it('leaves the old or the new, never a mixture, and all that was acknowledged', async () => {
    for (let round = 0; round < rounds; round += 1) await lose(durableWork, round, (files) => files);
    expect(callsOfWork.size).toBe(durableWork.length);
  });

  it('is found out where contents are not synced', async () => {
    const unsynced: View = (files) => ({
      ...files,
      create: async (path) => ({ ...(await files.create(path)), sync: async () => undefined }),
      openForAppend: async (path) => ({ ...(await files.openForAppend(path)), sync: async () => undefined }),
    });
    expect(await failures(unsynced)).toBeGreaterThan(10);
  });

  it('is found out where names are not synced', async () => {
    expect(await failures((files) => ({ ...files, syncFolder: async () => undefined }))).toBeGreaterThan(10);
  });
});
