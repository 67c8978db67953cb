/** Journal claims: which page of this process may write which journal. Two windows on one project: one writes, the other is told. */
import { failed, mapResult, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import { takenProblem } from './journal-store.ts';
import type { JournalStore } from './journal-store.ts';

/** What one page may do with the journals. */
export type PageJournals = Omit<HostJournal, 'onTaken'>;

export interface ConnectedPage {
  readonly journal: PageJournals;
  /** The page cannot be reached, but may come back: until then any other may have its journals. */
  away(isAway: boolean): void;
  /** The page is gone: what it asked for before is done, nothing after. */
  dispose(): void;
}

export interface JournalClaims {
  /** A page begins. `onTaken` hears of each journal that another page or process took over. */
  connect(onTaken: (id: string) => void): ConnectedPage;
  /** Resolves when what was asked for is done and the journals are released. */
  close(): Promise<void>;
}

interface Page {
  taken(id: string): void;
  gone: boolean;
  away: boolean;
}

/** Claims on the journals of `store`. */
export function createJournalClaims(store: JournalStore): JournalClaims {
  const owners = new Map<string, Page>();
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(id: string, operation: () => Promise<T>): Promise<T> {
    const result = (turns.get(id) ?? Promise.resolve()).catch(() => undefined).then(operation);
    turns.set(id, result);
    return result;
  }

  /** A page writes: when another process took the journal over meanwhile, the page hears of it. */
  function write(page: Page, id: string, operation: () => Promise<Result<void>>): Promise<Result<void>> {
    if (page.gone) return Promise.resolve(failed(takenProblem()));
    return inTurn(id, async () => {
      if (owners.get(id) !== page) return failed(takenProblem());
      const written = await operation();
      if (!written.ok && written.problems.some(({ code }) => code === 'journal/taken')) {
        owners.delete(id);
        page.taken(id);
      }
      return written;
    });
  }

  async function claim(page: Page, id: string, take: boolean): Promise<Result<boolean>> {
    const owner = owners.get(id);
    if (page.gone || (owner !== undefined && owner !== page && !take && !owner.away)) return ok(false);
    const claimed = await store.claim(id, take);
    if (!claimed.ok || !claimed.value) return claimed;
    owners.set(id, page);
    if (owner !== undefined && owner !== page) owner.taken(id);
    return claimed;
  }

  async function list(page: Page): ReturnType<PageJournals['list']> {
    const elsewhere = (id: string): boolean => owners.has(id) && owners.get(id) !== page;
    return mapResult(await store.list(), (journals) =>
      journals.map((journal) => ({ ...journal, taken: journal.taken || elsewhere(journal.id) })),
    );
  }

  return {
    connect(onTaken) {
      const page: Page = { taken: onTaken, gone: false, away: false };
      return {
        journal: {
          list: () => list(page),
          claim: (id, take) => inTurn(id, () => claim(page, id, take)),
          release: (id) => inTurn(id, () => release(owners, store, page, id)),
          read: (id) => store.read(id),
          append: (id, lines) => write(page, id, () => store.append(id, lines)),
          restart: (id, lines) => write(page, id, () => store.restart(id, lines)),
        },
        away: (isAway) => void (page.away = isAway),
        dispose() {
          page.gone = true;
          for (const id of turns.keys()) void inTurn(id, () => release(owners, store, page, id));
        },
      };
    },
    async close() {
      await Promise.allSettled(turns.values());
      await store.close();
    },
  };
}

async function release(owners: Map<string, Page>, store: JournalStore, page: Page, id: string): Promise<void> {
  if (owners.get(id) !== page) return;
  owners.delete(id);
  await store.release(id);
}
