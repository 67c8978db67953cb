/** Journal claims of pages that nothing answers for: the browser's own locks say which window writes a journal. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';

export interface PageClaims {
  /** A claim lasts until it is released or this page is gone; false when another window has the journal. */
  claim(journalId: string, take: boolean): Promise<boolean>;
  release(journalId: string): void;
  owns(journalId: string): boolean;
  /** Journals that any window has. */
  taken(): Promise<ReadonlySet<string>>;
  /** Calls the handler when another window took a journal that this one had. */
  onTaken(handler: (journalId: string) => void): Disposable;
}

const prefix = 'spikeloom journal ';

export function createPageClaims(): PageClaims {
  /** What this page has, with the function that lets go. */
  const held = new Map<string, () => void>();
  const handlers = new Set<(journalId: string) => void>();

  function stolen(journalId: string): void {
    if (held.delete(journalId)) for (const handler of [...handlers]) handler(journalId);
  }

  function request(journalId: string, take: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const keep = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise((letGo) => held.set(journalId, letGo));
      };
      const how: LockOptions = take ? { steal: true } : { ifAvailable: true };
      // It rejects when another window takes the lock.
      navigator.locks.request(prefix + journalId, how, keep).catch(() => stolen(journalId));
    });
  }

  return {
    claim: async (journalId, take) => held.has(journalId) || request(journalId, take),
    release(journalId) {
      held.get(journalId)?.();
      held.delete(journalId);
    },
    owns: (journalId) => held.has(journalId),
    async taken() {
      const { held: all = [] } = await navigator.locks.query();
      return new Set(all.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
    },
    onTaken(handler) {
      handlers.add(handler);
      return disposable(() => handlers.delete(handler));
    },
  };
}
