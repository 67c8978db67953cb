/** Journal claims: which page may write which journal. Two windows on one project: one writes, the other is told. */
import { problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { Failed } from '../../engine/base/result.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import type { JournalStore } from './journal-store.ts';

/** What one page may do with the journals. */
export type PageJournals = Omit<HostJournal, 'onTaken'>;

export interface ConnectedPage {
  readonly journal: PageJournals;
  /** The page is gone: it writes nothing any more. */
  dispose(): void;
}

export interface JournalClaims {
  /** A page begins. `onTaken` hears of each journal that another page took over. */
  connect(onTaken: (id: string) => void): ConnectedPage;
}

/** Claims on the journals of `store`. */
export function createJournalClaims(store: JournalStore): JournalClaims {
  const owners = new Map<string, { taken(id: string): void }>();

  return {
    connect(onTaken) {
      const page = { taken: onTaken };
      const owns = (id: string): boolean => owners.get(id) === page;
      return {
        journal: {
          async list() {
            const found = await store.list();
            if (!found.ok) return found;
            const taken = (id: string): boolean => owners.has(id) && !owns(id);
            return ok(found.value.map(({ id, changedAt }) => ({ id, changedAt, taken: taken(id) })));
          },
          async claim(id, take) {
            const owner = owners.get(id);
            if (owner !== undefined && owner !== page && !take) return ok(false);
            owners.set(id, page);
            if (owner !== undefined && owner !== page) owner.taken(id);
            return ok(true);
          },
          async release(id) {
            if (owns(id)) owners.delete(id);
          },
          read: (id) => store.read(id),
          append: async (id, lines) => (owns(id) ? store.append(id, lines) : notOwned()),
          restart: async (id, lines) => (owns(id) ? store.restart(id, lines) : notOwned()),
        },
        dispose() {
          for (const id of [...owners.keys()]) if (owns(id)) owners.delete(id);
        },
      };
    },
  };
}

function notOwned(): Failed {
  return failed(
    problem('journal/taken', 'Another window writes the journal of this project.', {
      hint: 'Go on in that window, or take the project over here.',
    }),
  );
}
