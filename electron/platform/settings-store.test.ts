/** Settings: of several processes none is lost, and a damaged file is kept aside. */
import { describe, expect, it } from 'vitest';
import { createChoose } from './chooser.test-support.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeRandom } from './node-seams.ts';
import { createRecentFiles } from './recent-files.ts';
import { createSettingsStore } from './settings-store.ts';
import { createTurns } from './turns.test-support.ts';

const path = '/state/settings.json';

describe('settings', () => {
  it('of two processes are all there, when they are not set in the same instant', async () => {
    const files = createMemoryFileSystem();
    const [one, two] = [files, files.otherProcess()].map((each) => createSettingsStore(each, nodeRandom, path));
    await one?.set('a', 1);
    await two?.set('b', 2);
    await one?.set('c', 3);
    expect(await two?.get('a')).toBe(1);
    expect(JSON.parse(files.contents().get(path) ?? '')).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('of two processes in any order of calls: the file stays whole, and the last value of each name is an own one', async () => {
    for (let round = 0; round < 100; round += 1) {
      const turns = createTurns(createChoose(1, round));
      const files = createMemoryFileSystem();
      const work = [files, files.otherProcess()].map(async (each, number) => {
        each.pause = turns.wait;
        const settings = createSettingsStore(each, nodeRandom, path);
        for (let count = 1; count <= 3; count += 1) await settings.set(`own${number}`, count);
      });
      await turns.runUntil(Promise.all(work));
      const found = JSON.parse(files.contents().get(path) ?? '') as Record<string, unknown>;
      expect(Object.keys(found).every((name) => ['own0', 'own1'].includes(name))).toBe(true);
      expect(Object.values(found)).toContain(3);
    }
  });

  it('that cannot be read for a moment are not written over', async () => {
    const files = createMemoryFileSystem({ [path]: '{"kept":1}' });
    const settings = createSettingsStore(files, nodeRandom, path);
    // After the folder was made and swept.
    files.failAt(2, { fault: 'EIO' });
    await expect(settings.set('new', 2)).rejects.toMatchObject({ kind: 'other' });
    await settings.set('new', 3);
    expect(JSON.parse(files.contents().get(path) ?? '')).toEqual({ kept: 1, new: 3 });
  });

  it('that are damaged count as empty and are kept aside', async () => {
    const files = createMemoryFileSystem({ [path]: '{"kept":' });
    const settings = createSettingsStore(files, nodeRandom, path);
    expect(await settings.get('kept')).toBeUndefined();
    await settings.set('new', 2);
    expect(files.contents().get(`${path}.damaged`)).toBe('{"kept":');
    expect(files.contents().get(path)).toContain('"new": 2');
  });

  it('know no names that every object has', async () => {
    const settings = createSettingsStore(createMemoryFileSystem({ [path]: '{}' }), nodeRandom, path);
    expect(await settings.get('toString')).toBeUndefined();
  });
});

describe('recent files', () => {
  it('used at the same time are all noted', async () => {
    const recent = createRecentFiles(createSettingsStore(createMemoryFileSystem(), nodeRandom, path));
    const files = ['a', 'b', 'c'].map((name) => ({ key: name, name, folder: '' }));
    await Promise.all(files.map((file) => recent.used(file)));
    expect((await recent.list()).map(({ key }) => key)).toEqual(['c', 'b', 'a']);
  });

  it('that cannot be written are no reason to fail', async () => {
    const files = createMemoryFileSystem();
    files.failAt(0, { forever: true });
    const recent = createRecentFiles(createSettingsStore(files, nodeRandom, path));
    await recent.used({ key: 'a', name: 'a', folder: '' });
    expect(await recent.list()).toEqual([]);
  });
});
