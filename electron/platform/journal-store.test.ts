/** The journal: what was acknowledged is there after any fault or crash; a torn line never spoils what follows. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { createJournalStore } from './journal-store.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeRandom } from './node-seams.ts';

describe('journal store', () => {
  it('keeps lines in order, also when appended without waiting', async () => {
    const files = createMemoryFileSystem();
    const store = createJournalStore(files, nodeRandom, '/journals');
    await Promise.all([store.append('a', ['1', '2']), store.append('a', ['3']), store.append('b', ['x'])]);
    expect(expectOk(await store.read('a'))).toEqual(['1', '2', '3']);
    expect(expectOk(await store.read('b'))).toEqual(['x']);
    expect(expectOk(await store.read('unknown'))).toEqual([]);
  });

  it('survives a loss of power with every acknowledged line', async () => {
    const files = createMemoryFileSystem();
    const store = createJournalStore(files, nodeRandom, '/journals');
    expectOk(await store.append('a', ['1']));
    expectOk(await store.append('a', ['2']));
    const reopened = createJournalStore(files.afterPowerLoss(), nodeRandom, '/journals');
    expect(expectOk(await reopened.read('a'))).toEqual(['1', '2']);
  });

  it('cuts off a torn line before it appends', async () => {
    const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n2\ntor' });
    const store = createJournalStore(files, nodeRandom, '/journals');
    expectOk(await store.append('a', ['3']));
    expect(files.contents().get('/journals/a.jsonl')).toBe('1\n2\n3\n');
  });

  it('given a fault at any call of an append, loses no acknowledged line and tells of the failure', async () => {
    for (let call = 0; call < 8; call += 1) {
      const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n' });
      const store = createJournalStore(files, nodeRandom, '/journals');
      expectOk(await store.read('a'));
      files.failAt(call, { short: true });
      const lines = ['1'];
      for (const line of ['two', 'three', 'four']) if ((await store.append('a', [line])).ok) lines.push(line);
      const found = expectOk(await store.read('a'));
      expect(found.filter((line) => lines.includes(line))).toEqual(lines);
      expect(found.every((line) => ['1', 'two', 'three', 'four'].includes(line))).toBe(true);
    }
  });

  it('starts over with a new project', async () => {
    const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n2\n' });
    const store = createJournalStore(files, nodeRandom, '/journals');
    expectOk(await store.append('a', ['3']));
    expectOk(await store.restart('a', ['new']));
    expectOk(await store.append('a', ['edit']));
    expect(expectOk(await store.read('a'))).toEqual(['new', 'edit']);
  });

  it('works on the real file system', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spikeloom-'));
    try {
      await writeFile(join(folder, 'a.jsonl'), '1\nto');
      const store = createJournalStore(nodeFileSystem, nodeRandom, folder);
      expectOk(await store.append('a', ['é', '2']));
      await store.close();
      expect(await readFile(join(folder, 'a.jsonl'), 'utf8')).toBe('1\né\n2\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
