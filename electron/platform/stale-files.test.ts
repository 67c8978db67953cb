/** A file that changed behind our back is never written over unseen; what did not really change never stands in the way. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { createProjectFiles } from '../serve/project-files.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeRandom } from './node-seams.ts';
import { stampOf } from './stamped-file.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const noRecent = { list: async () => [], used: async () => undefined };
const sort = { title: 'Project', extensions: ['spikeloom'] };
const name = 'net.spikeloom';
const opened = stampOf(bytesOf('opened'));

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-stale-'));
  path = join(folder, name);
  await writeFile(path, 'opened');
});
afterEach(() => rm(folder, { recursive: true }));

/** The code of the Problem of saving `ours` over what was opened; undefined when it was saved. */
async function save(files: FileSystem = nodeFileSystem, expected: string | undefined = opened, where = folder) {
  const projects = createProjectFiles(files, nodeRandom, where, noRecent);
  const saved = await projects.save({ key: name, name, folder: where }, bytesOf('ours'), expected);
  return saved.problems[0]?.code;
}

const content = (): Promise<string> => readFile(path, 'utf8');

describe('saving over a file', () => {
  it('whose time changed, but not its content: saves', async () => {
    await utimes(path, new Date(), new Date(2100, 0));
    expect(await save()).toBeUndefined();
    expect(await content()).toBe('ours');
  });

  it('whose content changed: asks, and leaves it', async () => {
    await writeFile(path, 'newer');
    expect(await save()).toBe('file/changed');
    expect(await content()).toBe('newer');
    expect(await readdir(folder)).toEqual([name]);
  });

  it('whose content changed, but not its time: asks', async () => {
    await utimes(path, 1, 1);
    await writeFile(path, 'newer!');
    await utimes(path, 1, 1);
    expect(await save()).toBe('file/changed');
  });

  it('that was written again as it was: saves', async () => {
    await rm(path);
    await writeFile(path, 'opened');
    expect(await save()).toBeUndefined();
  });

  it('that was emptied: asks', async () => {
    await writeFile(path, '');
    expect(await save()).toBe('file/changed');
    expect(await content()).toBe('');
  });

  it('that is gone: writes it anew', async () => {
    await rm(path);
    expect(await save()).toBeUndefined();
    expect(await content()).toBe('ours');
  });

  it('that was moved away: writes it anew and leaves the moved one', async () => {
    await rename(path, join(folder, 'moved.spikeloom'));
    expect(await save()).toBeUndefined();
    expect(await readFile(join(folder, 'moved.spikeloom'), 'utf8')).toBe('opened');
  });

  it('over which another one was moved: asks', async () => {
    await writeFile(join(folder, 'other'), 'other');
    await rename(join(folder, 'other'), path);
    expect(await save()).toBe('file/changed');
    expect(await content()).toBe('other');
  });

  it('that became a folder: tells, and leaves the folder', async () => {
    await rm(path);
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'x');
    expect(await save()).toBe('file/write');
    expect(await readdir(folder)).toEqual([name]);
    expect(await readdir(path)).toEqual(['inside']);
  });

  it('that may not be read any more: tells, and leaves it', async () => {
    const files = createMemoryFileSystem({ '/p/net.spikeloom': 'newer' });
    // Making the folder and listing it go well.
    files.failAt(2, { fault: 'EACCES', forever: true });
    expect(await save(files, opened, '/p')).toBe('file/write');
    expect([...files.contents()]).toEqual([['/p/net.spikeloom', 'newer']]);
  });

  it('that became too large to be one of ours: asks', async () => {
    const tooLarge = async (): Promise<never> => Promise.reject(new FileError('tooLarge', 'too large'));
    expect(await save({ ...nodeFileSystem, read: tooLarge })).toBe('file/changed');
    expect(await content()).toBe('opened');
  });

  it('beside one whose name differs in case only: each keeps its content', async () => {
    const projects = createProjectFiles(nodeFileSystem, nodeRandom, folder, noRecent);
    const saved = defined(expectOk(await projects.saveAs('NET.spikeloom', sort, bytesOf('ours'))), 'saved');
    expect(saved.file.name).toBe('NET 2.spikeloom');
    expect(await content()).toBe('opened');
  });

  it('that already has what is saved, after a save whose end was not told: saves', async () => {
    await writeFile(path, 'ours');
    expect(await save()).toBeUndefined();
  });

  it('that changed, when it shall be replaced: replaces it', async () => {
    await writeFile(path, 'newer');
    expect(await save(nodeFileSystem, '')).toBe('file/changed');
    const projects = createProjectFiles(nodeFileSystem, nodeRandom, folder, noRecent);
    expectOk(await projects.save({ key: name, name, folder }, bytesOf('ours'), undefined));
    expect(await content()).toBe('ours');
  });
});

/** Saves while another program writes right before the call of this number. */
async function raced(call: number): Promise<{ code: string | undefined; found: string | undefined; calls: number }> {
  const files = createMemoryFileSystem({ '/p/net.spikeloom': 'opened' });
  const other = files.otherProcess();
  let done = false;
  files.pause = async () => {
    if (files.calls < call || done) return;
    done = true;
    await other.remove('/p/net.spikeloom');
    const file = await other.create('/p/net.spikeloom');
    await file.write(bytesOf('theirs'));
  };
  const code = await save(files, opened, '/p');
  expect([...files.contents().keys()]).toEqual(['/p/net.spikeloom']);
  return { code, found: files.contents().get('/p/net.spikeloom'), calls: files.calls };
}

it('a project that could not be opened again is not written', async () => {
  const projects = createProjectFiles(nodeFileSystem, nodeRandom, folder, noRecent);
  const tooLarge = new Uint8Array((256 << 20) + 1);
  const saves = [
    await projects.save({ key: name, name, folder }, tooLarge, opened),
    await projects.saveAs('other', sort, tooLarge),
  ];
  expect(saves.map((saved) => saved.problems[0]?.code)).toEqual(['file/write', 'file/write']);
  expect(await content()).toBe('opened');
  expect(await readdir(folder)).toEqual([name]);
});

describe('saving while another program writes the file', () => {
  it('is noticed at every moment but the very last call, the rename itself', async () => {
    const whole = (await raced(Infinity)).calls;
    const unseen: number[] = [];
    for (let call = 0; call < whole; call += 1) {
      const { code, found } = await raced(call);
      if (code === 'file/changed') expect(found).toBe('theirs');
      else if (found === 'ours') unseen.push(call);
    }
    // Folder made and listed, first look, file written in four calls, last look, rename: no system replaces a file on a condition.
    expect(unseen).toEqual([8]);
  });
});
