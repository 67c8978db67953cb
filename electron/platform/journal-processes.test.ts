/** Two real processes on one journal: one writes, the other is refused, takes over, or finds the first one gone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { buildChild } from './child-process.test-support.ts';
import type { BuiltChild } from './child-process.test-support.ts';
import { createJournalClaims } from './journal-claims.ts';
import { createJournalStore } from './journal-store.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeProcesses } from './node-processes.ts';
import { nodeRandom } from './node-seams.ts';

let child: BuiltChild;
let folder: string;

beforeAll(async () => {
  child = await buildChild();
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-processes-'));
});
afterAll(async () => {
  await child.remove();
  await rm(folder, { recursive: true });
});

describe('two processes on one journal', () => {
  it('write in turns: one is refused, takes over with every acknowledged line, and the other one is told', async () => {
    const claims = createJournalClaims(createJournalStore(nodeFileSystem, nodeRandom, folder));
    const { journal } = claims.connect(() => undefined);
    for (let turn = 0; turn < 5; turn += 1) {
      const other = child.start('hold', folder);
      await other.spoke;
      expect(expectOk(await journal.list())).toMatchObject([{ id: 'a', taken: true }]);
      expect(expectOk(await journal.claim('a', false))).toBe(false);
      expect(expectOk(await journal.claim('a', true))).toBe(true);
      const lines = expectOk(await journal.read('a'));
      expect(await other.ended).toBe(0);
      expect(other.lines().at(-1)).toBe('journal/taken');
      const acknowledged = other.lines().slice(0, -1);
      expect(lines.filter((line) => acknowledged.includes(line))).toEqual(acknowledged);
      expectOk(await journal.append('a', [`mine ${turn}`]));
      expect(expectOk(await journal.read('a'))).toEqual([...lines, `mine ${turn}`]);
      await journal.release('a');
    }
    await claims.close();
  });

  it('do not wait for one that was killed', async () => {
    const claims = createJournalClaims(createJournalStore(nodeFileSystem, nodeRandom, folder));
    const { journal } = claims.connect(() => undefined);
    const other = child.start('hold', folder);
    await other.spoke;
    await other.kill();
    expect(expectOk(await journal.list())).toMatchObject([{ id: 'a', taken: false }]);
    expect(expectOk(await journal.claim('a', false))).toBe(true);
    await claims.close();
  });

  it('know each other by name: a process id given again names another one', () => {
    const [id, birth, machine] = nodeProcesses.own.split('-');
    expect(nodeProcesses.isRunning(nodeProcesses.own)).toBe(true);
    expect(nodeProcesses.isRunning(`${id}-00000000-${machine}`)).toBe(process.platform !== 'linux');
    expect(nodeProcesses.isRunning(`4194304-${birth}-${machine}`)).toBe(false);
    expect(nodeProcesses.isRunning(`${id}-${birth}-00000000`)).toBe(true);
    expect(nodeProcesses.isRunning('nonsense')).toBe(false);
  });
});
