/** Everything that is kept in files, as work that may be interrupted anywhere, with what must be found afterwards. */
import { assert } from '../../engine/base/assert.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { createProjectFiles } from '../serve/project-files.ts';
import { createJournalStore } from './journal-store.ts';
import { nodeRandom } from './node-seams.ts';
import { readProjectAt, writeProjectAt } from './project-storage.ts';
import type { ProjectForm } from './project-storage.ts';
import { createRecentFiles } from './recent-files.ts';
import { createSettingsStore } from './settings-store.ts';
import { stampOf } from './stamped-file.ts';

/** One attempt at the work. */
export interface Attempt {
  /** Works on; may be interrupted for ever. Rejects when a failure is not told as it should be. */
  act(files: FileSystem): Promise<void>;
  /** What a new start finds must fit what was acknowledged; rejects when it does not. May be interrupted, too. */
  check(files: FileSystem): Promise<void>;
}

export interface DurableWork {
  readonly name: string;
  readonly initial: Readonly<Record<string, string>>;
  begin(): Attempt;
}

/** Whether it was acknowledged; the Problem of a failure must be one of a file. */
function acknowledged(
  result: Result<unknown>,
  codes: readonly Problem['code'][] = ['file/write', 'file/read'],
): boolean {
  const [found] = result.problems;
  assert(result.ok || (found !== undefined && codes.includes(found.code)), `told as ${found?.code ?? 'nothing'}`);
  return result.ok;
}

const noRecent = { list: async () => [], used: async () => undefined };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = { key: 'net.spikeloom', name: 'net.spikeloom', folder: '/projects' };
const sort = { title: 'Project', extensions: ['spikeloom'] };

const savesOver: DurableWork = {
  name: 'saves over an older file, three times',
  initial: { '/projects/net.spikeloom': 'generation 0' },
  begin() {
    /** Contents that may be there: the last acknowledged one, and those after it. */
    let possible = ['generation 0'];
    return {
      async act(files) {
        const projects = createProjectFiles(files, nodeRandom, '/projects', noRecent);
        let stamp = stampOf(bytesOf('generation 0'));
        for (const content of ['generation 1', 'generation 2', 'generation 3']) {
          possible.push(content);
          const saved = await projects.save(file, bytesOf(content), stamp);
          // After a failure that came late the file may have the new content already: that is told, nothing is lost.
          if (!acknowledged(saved, ['file/write', 'file/changed'])) continue;
          possible = [content];
          stamp = expectOk(saved).stamp;
        }
      },
      async check(files) {
        const projects = createProjectFiles(files, nodeRandom, '/projects', noRecent);
        await projects.recent();
        const found = new TextDecoder().decode(expectOk(await projects.read(file)).bytes);
        assert(possible.includes(found), `found “${found}”, not one of ${possible.join(', ')}`);
      },
    };
  },
};

const savesNew: DurableWork = {
  name: 'saves two new projects under one name',
  initial: { '/projects/other.spikeloom': 'other' },
  begin() {
    const saved = new Map<string, string>();
    return {
      async act(files) {
        const projects = createProjectFiles(files, nodeRandom, '/projects', noRecent);
        for (const content of ['first', 'second']) {
          const added = await projects.saveAs('net', sort, bytesOf(content));
          if (acknowledged(added)) saved.set(expectOk(added)?.file.name ?? '', content);
        }
      },
      async check(files) {
        const projects = createProjectFiles(files, nodeRandom, '/projects', noRecent);
        await projects.recent();
        for (const name of await files.list('/projects')) {
          const { bytes } = expectOk(await projects.read({ ...file, key: name }));
          const found = new TextDecoder().decode(bytes);
          assert(['first', 'second', 'other'].includes(found), `${name} holds “${found}”`);
          assert(!saved.has(name) || saved.get(name) === found, `${name} holds “${found}”`);
          saved.delete(name);
        }
        assert(saved.size === 0, `${[...saved.keys()].join()} is gone`);
      },
    };
  },
};

/** The same name for different numbers, as another program may have written them. */
function projectWith(name: string, values: number): SpikeloomDocument {
  const record = encodeArray(new Float64Array(100).fill(values), [100]);
  const own = `own-${name}`;
  return { ...createEmptyDocument(name), arrays: { w: { ...record, id: 'w' }, [own]: { ...record, id: own } } };
}

const projects = { first: projectWith('first', 1), second: projectWith('second', 2), third: projectWith('third', 3) };

function savesProject(form: ProjectForm, path: string): DurableWork {
  return {
    name: `saves a project as ${form}, over an older one`,
    initial: { '/projects/notes': 'x' },
    begin() {
      let possible: (SpikeloomDocument | undefined)[] = [undefined];
      return {
        async act(files) {
          for (const document of Object.values(projects)) {
            possible.push(document);
            if (acknowledged(await writeProjectAt(files, nodeRandom, path, form, document))) possible = [document];
          }
        },
        async check(files) {
          const opened = await readProjectAt(files, path);
          const nothing = opened.problems.some(({ code }) =>
            ['file/not-found', 'document/not-spikeloom'].includes(code),
          );
          const found = nothing ? 'undefined' : JSON.stringify(expectOk(opened).document);
          const name = nothing ? 'nothing' : expectOk(opened).document.name;
          const fits = possible.some((one) => (one === undefined ? nothing : JSON.stringify(one) === found));
          assert(fits, `found ${name}, not one of ${possible.map((one) => one?.name ?? 'nothing').join(', ')}`);
          // The next save removes what is left over.
          possible.push(projects.third);
          expectOk(await writeProjectAt(files, nodeRandom, path, form, projects.third));
          possible = [projects.third];
        },
      };
    },
  };
}

/** What a journal may hold, as far as acknowledgements tell. */
class JournalModel {
  /** Before appends that failed. */
  bases: string[][] = [['{"old":1}']];
  /** Appends that failed since; the beginning of one of them may be there. */
  failed: string[][] = [];

  appended(lines: string[], done: boolean): void {
    if (done) this.bases = this.bases.map((base) => [...base, ...lines]);
    this.failed = done ? [] : [...this.failed, lines];
  }

  restarted(lines: string[], done: boolean): void {
    this.bases = done ? [lines] : [...this.possible(), lines];
    this.failed = [];
  }

  possible(): string[][] {
    const tails = this.failed.flatMap((lines) => lines.map((_, index) => lines.slice(0, index + 1)));
    return this.bases.flatMap((base) => [base, ...tails.map((tail) => [...base, ...tail])]);
  }
}

const writesJournal: DurableWork = {
  name: 'appends to a journal and starts it over',
  initial: { '/journals/a.jsonl': '{"old":1}\n' },
  begin() {
    const model = new JournalModel();
    return {
      async act(files) {
        const store = createJournalStore(files, nodeRandom, '/journals');
        const append = async (...lines: string[]): Promise<void> => {
          const before = model.failed;
          model.appended(lines, false);
          const done = acknowledged(await store.append('a', lines));
          model.failed = before;
          model.appended(lines, done);
        };
        const restart = async (...lines: string[]): Promise<void> => {
          const before = { bases: model.bases, failed: model.failed };
          model.restarted(lines, false);
          const done = acknowledged(await store.restart('a', lines));
          Object.assign(model, before);
          model.restarted(lines, done);
        };
        for (let attempt = 0; attempt < 3 && !acknowledged(await store.claim('a', false)); attempt += 1);
        if (!(await store.claim('a', false)).ok) return;
        await append('{"edit":1}');
        await append('{"edit":2}', '{"edit":3}');
        await restart('{"new":1}');
        await append('{"edit":4}');
        await append('{"edit":5}', `{"edit":"${'6'.repeat(40)}"}`);
        await store.close();
      },
      async check(files) {
        const store = createJournalStore(files, nodeRandom, '/journals');
        assert(expectOk(await store.claim('a', false)), 'the lock of a process that is gone holds');
        const found = expectOk(await store.read('a'));
        const fits = model.possible().some((lines) => JSON.stringify(lines) === JSON.stringify(found));
        assert(
          fits,
          `found ${found.join()}, not one of ${model
            .possible()
            .map((lines) => lines.join())
            .join(' | ')}`,
        );
        // The next session keeps those and goes on.
        const next = '{"next":1}';
        Object.assign(model, { bases: [found], failed: [[next]] });
        expectOk(await store.append('a', [next]));
        assert(
          expectOk(await store.read('a')).join() === [...found, next].join(),
          'the next append spoils the journal',
        );
        model.appended([next], true);
        await store.close();
      },
    };
  },
};

const setsSettings: DurableWork = {
  name: 'sets settings and notes recent files',
  initial: { '/state/settings.json': '{"theme":"dark","kept":1}' },
  begin() {
    const possible: Record<string, unknown[]> = { theme: ['dark'], kept: [1] };
    return {
      async act(files) {
        const settings = createSettingsStore(files, nodeRandom, '/state/settings.json');
        for (const theme of ['light', 'system']) {
          possible['theme']?.push(theme);
          try {
            await settings.set('theme', theme);
            possible['theme'] = [theme];
          } catch (error) {
            assert(error instanceof FileError, `rejected with ${String(error)}`);
          }
        }
        // Never rejects.
        await createRecentFiles(settings).used(file);
      },
      async check(files) {
        const settings = createSettingsStore(files, nodeRandom, '/state/settings.json');
        for (const [name, values] of Object.entries(possible)) {
          const found = await settings.get(name);
          assert(values.includes(found), `${name} is ${String(found)}, not one of ${values.join(', ')}`);
        }
        const recent = await createRecentFiles(settings).list();
        assert(recent.length === 0 || recent[0]?.key === file.key, 'the recent files are mixed up');
        await settings.set('started', true);
      },
    };
  },
};

/** All work that writes. */
export const durableWork: readonly DurableWork[] = [
  savesOver,
  savesNew,
  savesProject('spikeloom', '/projects/net.spikeloom'),
  savesProject('json', '/projects/net.json'),
  savesProject('folder', '/projects/net'),
  writesJournal,
  setsSettings,
];

/** Does the work as a program without care would: writes into the file itself. */
export const carelessWork: DurableWork = {
  ...savesOver,
  name: 'writes into the file itself',
  begin() {
    const attempt = savesOver.begin();
    return {
      async act(files) {
        await files.remove('/projects/net.spikeloom');
        const opened = await files.create('/projects/net.spikeloom');
        await opened.write(bytesOf('generation 1'));
        await opened.sync();
        await opened.close();
      },
      check: attempt.check,
    };
  },
};
