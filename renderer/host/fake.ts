/** A host in memory, for tests: files by name, a journal, settings; every part can be made to fail. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import type { FileReference, Host, HostFiles, HostJournal, OpenedFile } from '../../engine/platform/host.ts';

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
  const kept = new Map<string, unknown>();
  const lines: string[] = [];
  const host: FakeHost = {
    kind: 'fake',
    stored: new Map(),
    journals: new Map(),
    kept,
    lines,
    title: '',
    choose: undefined,
    full: false,
    files: fakeFiles(() => host),
    journal: fakeJournal(() => host),
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

const noRoom = () => failed(problem('file/write', 'The file could not be written.', { cause: 'no space left' }));

function fakeFiles(host: () => FakeHost): HostFiles {
  const read = async (file: FileReference): Promise<Result<OpenedFile>> => {
    const bytes = host().stored.get(file.key);
    return bytes === undefined
      ? failed(problem('file/not-found', `${file.name} does not exist.`))
      : ok({ file, bytes });
  };
  const save = async (file: FileReference, bytes: Uint8Array): Promise<Result<FileReference>> => {
    if (host().full) return noRoom();
    host().stored.set(file.key, new Uint8Array(bytes));
    return ok(file);
  };
  return {
    read,
    save,
    async open() {
      const { choose } = host();
      return choose === undefined ? ok(undefined) : read(reference(choose));
    },
    async saveAs(_suggestedName, _sort, bytes) {
      const { choose } = host();
      return choose === undefined ? ok(undefined) : save(reference(choose), bytes);
    },
    recent: async () => [...host().stored.keys()].map(reference),
  };
}

function fakeJournal(host: () => FakeHost): HostJournal {
  const write = async (id: string, lines: readonly string[]): Promise<Result<void>> => {
    if (host().full) return noRoom();
    host().journals.set(id, [...lines]);
    return ok(undefined);
  };
  const present = (id: string): readonly string[] => host().journals.get(id) ?? [];
  return {
    read: async (id) => ok([...present(id)]),
    append: (id, added) => write(id, [...present(id), ...added]),
    restart: write,
  };
}

function reference(name: string): FileReference {
  return { key: name, name, folder: '' };
}
