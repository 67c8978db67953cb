/** The atomic write: content replaced or added whole, remains of dead writers removed, those of running ones left alone. */
import { describe, expect, it } from 'vitest';
import { prepareFile, sweepTemporaryFiles, writeAtomically } from './atomic-write.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import type { MemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeRandom } from './node-seams.ts';

const path = '/projects/net.spikeloom';
const bytes = new TextEncoder().encode('new content');
const write = (files: MemoryFileSystem): Promise<void> => writeAtomically(files, nodeRandom, path, bytes);
const prepare = (files: MemoryFileSystem) => prepareFile(files, nodeRandom, path, bytes);

describe('atomic write', () => {
  it('given no fault, replaces the content, safe at once, and leaves no other file', async () => {
    const files = createMemoryFileSystem({ [path]: 'old' });
    await write(files);
    expect([...files.contents()]).toEqual([[path, 'new content']]);
    expect([...files.afterPowerLoss().contents()]).toEqual([[path, 'new content']]);
    expect(files.calls).toBe(6);
  });

  it('adds a file, and never over one that is there', async () => {
    const files = createMemoryFileSystem({ '/projects/other': 'x' });
    await (await prepare(files)).add();
    expect(files.afterPowerLoss().contents().get(path)).toBe('new content');
    await expect((await prepare(files)).add()).rejects.toMatchObject({ kind: 'exists' });
    expect([...files.contents().keys()].sort()).toEqual([path, '/projects/other']);
  });

  it('adds a file on a disk that knows no second names', async () => {
    const files = createMemoryFileSystem({ '/projects/other': 'x' });
    const prepared = await prepare(files);
    files.failAt(0, { fault: 'EIO' });
    await prepared.add();
    expect([...files.contents().keys()].sort()).toEqual([path, '/projects/other']);
    const second = await prepare(files);
    files.failAt(0, { fault: 'EIO' });
    await expect(second.add()).rejects.toMatchObject({ kind: 'exists' });
  });

  it('given a name as long as disks allow, writes under a temporary one that is not longer', async () => {
    const files = createMemoryFileSystem({ '/projects/other': 'x' });
    await prepareFile(files, nodeRandom, `/projects/${'ü'.repeat(120)}.spikeloom`, bytes);
    const [temporary = ''] = [...files.contents().keys()].filter((name) => name.endsWith('.part'));
    expect(Buffer.byteLength(temporary) - '/projects/'.length).toBeLessThan(255);
  });

  it('given what an interrupted write left behind, removes that and nothing else', async () => {
    const files = createMemoryFileSystem({
      [path]: 'old',
      '/projects/notes.part': 'mine',
      '/projects/.x.part': 'mine',
    });
    const dying = files.otherProcess();
    dying.failAt(3, { fault: 'crash before' });
    await Promise.race([write(dying), dying.gone]);
    expect(files.contents().size).toBe(4);
    await sweepTemporaryFiles(files, '/projects');
    expect([...files.contents().keys()].sort()).toEqual(['/projects/.x.part', path, '/projects/notes.part']);
  });

  it('given a process that is writing at this moment, leaves its file alone', async () => {
    const files = createMemoryFileSystem({ [path]: 'old' });
    const prepared = await prepare(files.otherProcess());
    await sweepTemporaryFiles(files, '/projects');
    await prepared.replace();
    expect([...files.contents()]).toEqual([[path, 'new content']]);
  });
});
