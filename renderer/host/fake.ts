/** A host in memory, for tests: files by name, a journal, settings; every part can be made to fail. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { FileReference, Host, OpenedFile } from '../../engine/platform/host.ts';

export interface FakeHost extends Host {
  readonly stored: Map<string, Uint8Array<ArrayBuffer>>;
  readonly journals: Map<string, string[]>;
  readonly kept: Map<string, unknown>;
  readonly lines: string[];
  title: string;
  /** Name of the file that the next `open` or `saveAs` chooses; undefined = the person cancels. */
  choose: string | undefined;
  /** Writing fails while true. */
  full: boolean;
}

export function createFakeHost(): FakeHost {
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  const journals = new Map<string, string[]>();
  const kept = new Map<string, unknown>();
  const lines: string[] = [];
  const noRoom = () => failed(problem('file/write', 'The file could not be written.', { cause: 'no space left' }));
  const host: FakeHost = {
    kind: 'fake',
    stored, journals, kept, lines,
    title: '',
    choose: undefined,
    full: false,
    files: {
      async open() {
        return host.choose === undefined ? ok(undefined) : host.files.read(reference(host.choose));
      },
      async read(file) {
        const bytes = stored.get(file.key);
        return bytes === undefined ? failed(problem('file/not-found', `${file.name} does not exist.`)) : ok({ file, bytes } satisfies OpenedFile);
      },
      async save(file, bytes) {
        if (host.full) return noRoom();
        stored.set(file.key, new Uint8Array(bytes));
        return ok(file);
      },
      async saveAs(_suggestedName, _sort, bytes) {
        return host.choose === undefined ? ok(undefined) : host.files.save(reference(host.choose), bytes);
      },
      recent: async () => [...stored.keys()].map(reference),
    },
    journal: {
      read: async (id) => ok([...(journals.get(id) ?? [])]),
      async append(id, added) {
        if (host.full) return noRoom();
        journals.set(id, [...(journals.get(id) ?? []), ...added]);
        return ok(undefined);
      },
      async restart(id, fresh) {
        if (host.full) return noRoom();
        journals.set(id, [...fresh]);
        return ok(undefined);
      },
    },
    settings: {
      get: async (name) => kept.get(name),
      async set(name, value) {
        kept.set(name, value);
      },
    },
    window: {
      setTitle(title) {
        host.title = title;
      },
      onClosing: () => disposable(() => undefined),
    },
    log: (level, message) => void lines.push(`${level} ${message}`),
  };
  return host;
}

function reference(name: string): FileReference {
  return { key: name, name, folder: '' };
}
