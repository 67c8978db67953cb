/** A host in memory, for tests: files by name, a journal, settings; every part can be made to fail. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { sha256 } from '../../engine/base/sha256.ts';
import type {
  FileReference,
  FileStamp,
  Host,
  HostFiles,
  HostJournal,
  OpenedFile,
  SavedFile,
} from '../../engine/platform/host.ts';

export interface FakeHost extends Host {
  readonly stored: Map<string, Uint8Array<ArrayBuffer>>;
  readonly journals: Map<string, string[]>;
  readonly kept: Map<string, unknown>;
  readonly lines: string[];
  /** Journals that another window writes. */
  readonly takenElsewhere: Set<string>;
  /** Each takes a journal away from this host's page. */
  readonly takers: Set<(id: string) => void>;
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
    takenElsewhere: new Set(),
    takers: new Set(),
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
      setMenu: () => undefined,
      onCommand: () => disposable(() => undefined),
      onOpenFile: () => disposable(() => undefined),
      onClosing: () => disposable(() => undefined),
    },
    openExternal: async (address) =>
      address.startsWith('https://doi.org/')
        ? ok(undefined)
        : failed(problem('host/address', `${address} is not opened.`)),
    update: async () => ({ kind: 'off', reason: 'a fake has no updates' }),
    onConnection: () => disposable(() => undefined),
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
      : ok({ file, bytes, stamp: sha256(bytes) });
  };
  const save = async (file: FileReference, bytes: Uint8Array, expected?: FileStamp): Promise<Result<SavedFile>> => {
    if (host().full) return noRoom();
    const present = host().stored.get(file.key);
    if (expected !== undefined && present !== undefined && ![expected, sha256(bytes)].includes(sha256(present)))
      return failed(problem('file/changed', `${file.name} was changed.`));
    host().stored.set(file.key, new Uint8Array(bytes));
    return ok({ file, stamp: sha256(bytes) });
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
  const owned = new Set<string>();
  const write = async (id: string, lines: readonly string[]): Promise<Result<void>> => {
    if (!owned.has(id)) return failed(problem('journal/taken', 'Another window writes this journal.'));
    if (host().full) return noRoom();
    host().journals.set(id, [...lines]);
    return ok(undefined);
  };
  const present = (id: string): readonly string[] => host().journals.get(id) ?? [];
  return {
    list: async () => ok([...host().journals.keys()].reverse().map((id) => ({ id, changedAt: 0, taken: false }))),
    async claim(id, take) {
      if (host().takenElsewhere.has(id) && !take) return ok(false);
      host().takenElsewhere.delete(id);
      owned.add(id);
      return ok(true);
    },
    async release(id) {
      owned.delete(id);
    },
    read: async (id) => ok([...present(id)]),
    append: (id, added) => write(id, [...present(id), ...added]),
    restart: write,
    onTaken(handler) {
      const taken = (id: string): void => {
        owned.delete(id);
        handler(id);
      };
      host().takers.add(taken);
      return disposable(() => void host().takers.delete(taken));
    },
  };
}

function reference(name: string): FileReference {
  return { key: name, name, folder: '' };
}
