/** A host in memory, for tests: files by name, a journal, settings; every part can be made to fail. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { sha256 } from '../../engine/base/sha256.ts';
import { changedFile } from '../../engine/platform/changed-file.ts';
import type {
  FileReference,
  FileStamp,
  Host,
  HostFiles,
  HostJournal,
  JournalSummary,
  OpenedFile,
  SavedFile,
} from '../../engine/platform/host.ts';

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
  /** Another window on the same files, journals and settings. */
  another(): FakeHost;
  /** The connection is lost, or the window was killed: nothing answers and its claims end. */
  cut(): void;
  /** The connection is there again. */
  mend(): void;
}

/** What all windows share. */
interface World {
  readonly stored: Map<string, Uint8Array<ArrayBuffer>>;
  readonly journals: Map<string, string[]>;
  readonly changedAt: Map<string, number>;
  readonly kept: Map<string, unknown>;
  /** Which window has a journal. */
  readonly owners: Map<string, Page>;
  now: number;
}

/** One window as the host sees it. */
interface Page {
  connected: boolean;
  readonly takers: Set<(id: string) => void>;
  readonly watchers: Set<(connected: boolean, ended: boolean) => void>;
}

export function createFakeHost(): FakeHost {
  return createWindow({
    stored: new Map(),
    journals: new Map(),
    changedAt: new Map(),
    kept: new Map(),
    owners: new Map(),
    now: 0,
  });
}

function createWindow(world: World): FakeHost {
  const { kept } = world;
  const page: Page = { connected: true, takers: new Set(), watchers: new Set() };
  const lines: string[] = [];
  const host: FakeHost = {
    kind: 'fake',
    stored: world.stored,
    journals: world.journals,
    kept,
    lines,
    title: '',
    choose: undefined,
    full: false,
    another: () => createWindow(world),
    cut() {
      setConnected(page, false);
      for (const [id, owner] of [...world.owners]) if (owner === page) world.owners.delete(id);
    },
    mend: () => setConnected(page, true),
    files: fakeFiles(() => host),
    journal: fakeJournal(() => host, world, page),
    settings: {
      async get(name) {
        if (!page.connected) throw new Error('the connection is lost');
        return kept.get(name);
      },
      async set(name, value) {
        if (!page.connected) throw new Error('the connection is lost');
        kept.set(name, structuredClone(value));
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
    onConnection(handler) {
      page.watchers.add(handler);
      return disposable(() => void page.watchers.delete(handler));
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
      : ok({ file, bytes, stamp: sha256(bytes) });
  };
  const save = async (file: FileReference, bytes: Uint8Array, expected?: FileStamp): Promise<Result<SavedFile>> => {
    if (host().full) return noRoom();
    const present = host().stored.get(file.key);
    if (expected !== undefined && present !== undefined && ![expected, sha256(bytes)].includes(sha256(present)))
      return failed(changedFile(file.name));
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

function fakeJournal(host: () => FakeHost, { journals, changedAt, owners, ...world }: World, page: Page): HostJournal {
  const present = (id: string): readonly string[] => journals.get(id) ?? [];
  const answer = async <T>(work: () => Result<T>): Promise<Result<T>> => (page.connected ? work() : unreachable());
  const write = (id: string, lines: readonly string[]): Result<void> => {
    if (owners.get(id) !== page) return failed(problem('journal/taken', 'Another window writes this journal.'));
    if (host().full) return noRoom();
    journals.set(id, [...lines]);
    changedAt.set(id, (world.now += 1));
    return ok(undefined);
  };
  const claim = (id: string, take: boolean): boolean => {
    const owner = owners.get(id);
    if (owner !== undefined && owner !== page && !take) return false;
    owners.set(id, page);
    if (owner !== undefined && owner !== page) for (const tell of [...owner.takers]) tell(id);
    return true;
  };
  const summary = (id: string): JournalSummary => {
    const owner = owners.get(id);
    return { id, changedAt: changedAt.get(id) ?? 0, taken: owner !== undefined && owner !== page };
  };
  const latestFirst = (left: JournalSummary, right: JournalSummary): number => right.changedAt - left.changedAt;
  return {
    list: () => answer(() => ok([...journals.keys()].map(summary).sort(latestFirst))),
    claim: (id, take) => answer(() => ok(claim(id, take))),
    async release(id) {
      if (owners.get(id) === page) owners.delete(id);
    },
    read: (id) => answer(() => ok([...present(id)])),
    append: (id, added) => answer(() => write(id, [...present(id), ...added])),
    restart: (id, lines) => answer(() => write(id, lines)),
    onTaken(handler) {
      page.takers.add(handler);
      return disposable(() => void page.takers.delete(handler));
    },
  };
}

function setConnected(page: Page, connected: boolean): void {
  page.connected = connected;
  for (const tell of [...page.watchers]) tell(connected, !connected);
}

const unreachable = () => failed(problem('host/unreachable', 'The program behind this page does not answer.'));

function reference(name: string): FileReference {
  return { key: name, name, folder: '' };
}
