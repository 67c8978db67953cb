/** Fault walk over the atomic write: whatever call fails, the old content or the new one is there, never a mixture. */
import { describe, expect, it } from 'vitest';
import { sweepTemporaryFiles, writeAtomically } from './atomic-write.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeRandom } from './node-seams.ts';

const path = '/projects/net.spikeloom';
const write = (files: ReturnType<typeof createMemoryFileSystem>): Promise<void> =>
  writeAtomically(files, nodeRandom, path, new TextEncoder().encode('new content'));

async function callsOfWholeWrite(): Promise<number> {
  const files = createMemoryFileSystem({ [path]: 'old' });
  await write(files);
  return files.calls;
}

describe('atomic write', () => {
  it('given no fault, replaces the content and leaves no other file', async () => {
    const files = createMemoryFileSystem({ [path]: 'old' });
    await write(files);
    expect([...files.contents()]).toEqual([[path, 'new content']]);
    expect([...files.afterPowerLoss().contents()]).toEqual([[path, 'new content']]);
  });

  it.each([
    ['once', { forever: false, short: false }],
    ['once, in the middle of a write', { forever: false, short: true }],
    ['for ever', { forever: true, short: false }],
    ['for ever, in the middle of a write', { forever: true, short: true }],
  ])('given a fault at any call, %s, keeps the old content or has the new', async (_name, options) => {
    const total = await callsOfWholeWrite();
    for (let call = 0; call < total; call += 1) {
      const files = createMemoryFileSystem({ [path]: 'old' });
      files.failAt(call, options);
      const acknowledged = await write(files).then(
        () => true,
        () => false,
      );
      expect(acknowledged).toBe(false);
      expect(['old', 'new content']).toContain(files.contents().get(path));
      expect(['old', 'new content']).toContain(files.afterPowerLoss().contents().get(path));
    }
    expect(total).toBe(6);
  });

  it('given what an interrupted write left behind, removes that and nothing else', async () => {
    const files = createMemoryFileSystem({
      '/projects/.net.spikeloom.0123456789abcdef.part': 'x',
      '/projects/notes.part': 'mine',
      [path]: 'old',
    });
    await sweepTemporaryFiles(files, '/projects');
    expect([...files.contents().keys()].sort()).toEqual([path, '/projects/notes.part']);
  });
});
