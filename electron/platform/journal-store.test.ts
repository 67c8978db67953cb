/** The journal: what was acknowledged is there after any fault or crash; a torn line never spoils what follows. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { createJournalStore } from './journal-store.ts';
import type { JournalStore } from './journal-store.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeClock, nodeRandom } from './node-seams.ts';

/** A store that has claimed these journals. */
async function claimed(files: FileSystem, ids = ['a'], folder = '/journals'): Promise<JournalStore> {
  const store = createJournalStore(files, nodeRandom, folder);
  for (const id of ids) expect(expectOk(await store.claim(id, false))).toBe(true);
  return store;
}

describe('journal store', () => {
  it('keeps lines in order, also when appended without waiting', async () => {
    const store = await claimed(createMemoryFileSystem(), ['a', 'b']);
    await Promise.all([store.append('a', ['1', '2']), store.append('a', ['3']), store.append('b', ['x'])]);
    expect(expectOk(await store.read('a'))).toEqual(['1', '2', '3']);
    expect(expectOk(await store.read('b'))).toEqual(['x']);
    expect(expectOk(await store.read('unknown'))).toEqual([]);
  });

  it('survives a loss of power with every acknowledged line', async () => {
    const files = createMemoryFileSystem();
    const store = await claimed(files);
    expectOk(await store.append('a', ['1']));
    expectOk(await store.append('a', ['2']));
    const reopened = createJournalStore(files.afterPowerLoss(), nodeRandom, '/journals');
    expect(expectOk(await reopened.read('a'))).toEqual(['1', '2']);
  });

  it('cuts off a torn line before it appends', async () => {
    const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n2\ntor' });
    const store = await claimed(files);
    expectOk(await store.append('a', ['3']));
    expect(files.contents().get('/journals/a.jsonl')).toBe('1\n2\n3\n');
  });

  it('cuts off what it did not acknowledge before it appends', async () => {
    const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n' });
    const store = await claimed(files);
    expectOk(await store.append('a', ['2']));
    // The write and the sync are done; then the lock cannot be read.
    files.failAt(2, { fault: 'EIO' });
    expect((await store.append('a', ['three'])).ok).toBe(false);
    expectOk(await store.append('a', ['3']));
    expect(expectOk(await store.read('a'))).toEqual(['1', '2', '3']);
  });

  it('refuses to write without a claim', async () => {
    const store = createJournalStore(createMemoryFileSystem(), nodeRandom, '/journals');
    for (const refused of [await store.append('a', ['1']), await store.restart('a', ['1'])]) {
      expect(refused.problems[0]?.code).toBe('journal/taken');
    }
  });

  it('removes journals that are neither among the latest 200 nor younger than 180 days', async () => {
    const names = Array.from({ length: 205 }, (_, index) => `/journals/j${index}.jsonl`);
    const files = createMemoryFileSystem(Object.fromEntries(names.map((name) => [name, '1\n'])));
    const days = (count: number) => ({ ...nodeClock, wallTime: () => count * 24 * 3600 * 1000 });
    expect(expectOk(await createJournalStore(files, nodeRandom, '/journals', days(179)).list())).toHaveLength(205);
    expect(expectOk(await createJournalStore(files, nodeRandom, '/journals', days(181)).list())).toHaveLength(200);
    expect([...files.contents().keys()].filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
  });

  it('starts over with a new project', async () => {
    const files = createMemoryFileSystem({ '/journals/a.jsonl': '1\n2\n' });
    const store = await claimed(files);
    expectOk(await store.append('a', ['3']));
    expectOk(await store.restart('a', ['new']));
    expectOk(await store.append('a', ['edit']));
    expect(expectOk(await store.read('a'))).toEqual(['new', 'edit']);
  });

  it('works on the real file system', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spikeloom-'));
    try {
      await writeFile(join(folder, 'a.jsonl'), '1\nto');
      const store = await claimed(nodeFileSystem, ['a'], folder);
      expectOk(await store.append('a', ['é', '2']));
      await store.close();
      expect(await readFile(join(folder, 'a.jsonl'), 'utf8')).toBe('1\né\n2\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
