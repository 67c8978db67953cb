/** Fault walk: every file operation of everything that writes fails in turn, in each way, once and for ever; then again while recovering. */
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { createChoose } from './chooser.test-support.ts';
import { carelessWork, durableWork } from './durable-work.test-support.ts';
import type { Attempt, DurableWork } from './durable-work.test-support.ts';
import { createMemoryFileSystem, faults } from './memory-file-system.test-support.ts';
import type { Fault, MemoryFileSystem } from './memory-file-system.test-support.ts';

const { rounds, seed, again } = budgetOf('file-faults');

/** Every way to fail: what happens, and whether it goes on. */
const ways = faults.flatMap((fault) =>
  (fault.startsWith('crash') ? [false] : [false, true]).map((forever) => ({ fault, forever })),
);

/** A start after the first process ended: with its files as they are. */
function nextStart(files: MemoryFileSystem): MemoryFileSystem {
  files.crash();
  return files.otherProcess();
}

/** Recovers with a fault at call `at`, then without; checks that nothing is left over. */
async function recover(files: MemoryFileSystem, attempt: Attempt, at: number, fault: Fault): Promise<void> {
  const interrupted = nextStart(files);
  interrupted.failAt(at, { fault });
  await Promise.race([
    attempt.check(interrupted).catch((error: unknown) => onlyIfMet(interrupted, error)),
    interrupted.gone,
  ]);
  const whole = nextStart(interrupted);
  await attempt.check(whole);
  const left = [...whole.contents().keys()].filter((path) => /\.(part|lock|held|new)$/.test(path));
  if (left.length > 0) throw new Error(`${left.join()} is left over`);
}

/** A check that met its fault may fail. */
function onlyIfMet(files: MemoryFileSystem, error: unknown): void {
  if (!files.failed) throw error;
}

/** Walks the failing call to the end; returns how many calls failed. */
async function walk(work: DurableWork, fault: Fault, forever: boolean, round: number): Promise<number> {
  const choose = createChoose(seed, round);
  for (let at = 0; ; at += 1) {
    const files = createMemoryFileSystem(work.initial);
    const attempt = work.begin();
    files.failAt(at, { fault, forever });
    const place = `${work.name}: ${fault}${forever ? ' for ever' : ''} from call ${at} on, ${again}`;
    try {
      await Promise.race([attempt.act(files), files.gone]);
      if (!files.failed) return at;
      await recover(files, attempt, choose(40), faults[choose(faults.length)] as Fault);
    } catch (error) {
      throw new Error(place, { cause: error });
    }
  }
}

describe('fault walk', () => {
  it.each(durableWork)('$name: any call fails, in any way, once and for ever', async (work) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const { fault, forever } of ways) expect(await walk(work, fault, forever, round)).toBeGreaterThan(5);
    }
  });

  it('finds the faults of a program that writes into the file itself', async () => {
    const found = await Promise.allSettled(ways.map(({ fault, forever }) => walk(carelessWork, fault, forever, 0)));
    expect(found.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(5);
  });
});
