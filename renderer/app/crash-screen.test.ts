import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { readProject } from '../../engine/formats/project.ts';
import { expectOk } from '../../engine/base/result.ts';
import { createFakeHost } from '../host/fake.ts';
import { showCrash, type CrashParts } from './crash-screen.ts';
import { rescueDocument } from './rescue.ts';

function shown(changes: Partial<CrashParts> = {}) {
  const root = document.createElement('div');
  root.append('what was there before');
  document.body.replaceChildren(root);
  const parts: CrashParts = {
    root,
    unkept: 0,
    rescue: vi.fn(async () => undefined),
    end: vi.fn(),
    log: vi.fn(),
    reload: vi.fn(),
    copy: vi.fn(async () => undefined),
    ...changes,
  };
  showCrash({ error: new TypeError('x is not drawable'), place: 'at Canvas' }, parts);
  const press = (words: string): void =>
    [...root.querySelectorAll('button')].find((button) => button.textContent === words)?.click();
  const said = (): string => root.querySelector('[role="status"]')?.textContent ?? '';
  return { root, parts, press, said };
}

afterEach(() => document.body.replaceChildren());

describe('the crash screen', () => {
  it('names the reason, logs it with its place, and ends the engine', () => {
    const { root, parts } = shown();
    expect(root.querySelector('[role="alert"]')?.textContent).toBe('x is not drawable');
    expect(root.textContent).not.toContain('what was there before');
    expect(root.querySelector('pre')?.textContent).toContain('at Canvas');
    expect(parts.end).toHaveBeenCalledOnce();
    expect(vi.mocked(parts.log).mock.calls[0]?.[0]).toContain('x is not drawable');
  });

  it('saves, copies and loads again when asked, and says what came of it', async () => {
    const { parts, press, said } = shown();
    press('Save the project as a file');
    await vi.waitFor(() => expect(said()).toContain('as a file'));
    press('Copy the details');
    await vi.waitFor(() => expect(said()).toContain('clipboard'));
    expect(vi.mocked(parts.copy).mock.calls[0]?.[0]).toContain('x is not drawable');
    press('Load again');
    expect(parts.reload).toHaveBeenCalledOnce();
  });

  it('stands even when everything beside it fails, and says so', async () => {
    const broken = (): never => {
      throw new Error('broken as well');
    };
    const { root, press, said } = shown({ log: broken, end: broken, rescue: async () => broken() });
    expect(root.querySelector('h1')).not.toBeNull();
    press('Save the project as a file');
    await vi.waitFor(() => expect(said()).toContain('broken as well'));
  });

  it('promises no more than is true', () => {
    expect(shown().root.textContent).toContain('every edit is in the journal');
    const late = shown({ unkept: 3 }).root.textContent;
    expect(late).toContain('the last 3 edits are not in it yet');
    expect(late).not.toContain('every edit is');
    expect([...shown({ rescue: undefined }).root.querySelectorAll('button')].length).toBe(2);
  });
});

describe('the rescue of a document', () => {
  const open = { ...createEmptyDocument('Work'), name: 'Work: 1/2' };

  it('is a project that opens again', async () => {
    const files: [string, Uint8Array][] = [];
    await rescueDocument(open, createFakeHost(), (...file) => void files.push(file));
    const [name, bytes] = files[0] ?? ['', new Uint8Array()];
    expect(name).toBe('Work  1 2.spikeloom');
    expect(expectOk(readProject(new Uint8Array(bytes))).document).toEqual(open);
  });

  it('is bare text when it cannot be written as a project', async () => {
    const files: [string, Uint8Array][] = [];
    const broken = { ...open, arrays: { a: null } } as unknown as typeof open;
    await rescueDocument(broken, createFakeHost(), (...file) => void files.push(file));
    expect(files[0]?.[0]).toBe('Work  1 2.json');
    expect(JSON.parse(new TextDecoder().decode(files[0]?.[1]))).toEqual(broken);
  });

  it('asks in the desktop window, and is a download when the window does not answer', async () => {
    const asked: string[] = [];
    const fake = createFakeHost();
    const saveAs = async (name: string): Promise<never> => {
      asked.push(name);
      throw new Error('gone');
    };
    const files: string[] = [];
    await rescueDocument(open, { ...fake, kind: 'electron', files: { ...fake.files, saveAs } }, (name) =>
      files.push(name),
    );
    expect([asked, files]).toEqual([['Work  1 2.spikeloom'], ['Work  1 2.spikeloom']]);
  });
});
