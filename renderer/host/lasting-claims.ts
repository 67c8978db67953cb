/** Lasting claims: the journals a page writes stay claimed when the program has forgotten the page and it begins a new session. */
import { disposable } from '../../engine/base/disposable.ts';
import type { HostJournal } from '../../engine/platform/host.ts';

export interface LastingClaims {
  /** The journal to use; it notes what is claimed. */
  readonly journal: HostJournal;
  /** Claims again what this page had, through the journal of the new session. What another window has by now counts as taken. */
  renew(journal: Pick<HostJournal, 'claim'>): Promise<void>;
}

export function createLastingClaims(journal: HostJournal): LastingClaims {
  const claimed = new Set<string>();
  const takenHandlers = new Set<(id: string) => void>();

  function taken(id: string): void {
    claimed.delete(id);
    for (const handler of [...takenHandlers]) handler(id);
  }
  journal.onTaken(taken);

  return {
    journal: {
      ...journal,
      async claim(id, take) {
        const result = await journal.claim(id, take);
        if (result.ok && result.value) claimed.add(id);
        return result;
      },
      release(id) {
        claimed.delete(id);
        return journal.release(id);
      },
      onTaken(handler) {
        takenHandlers.add(handler);
        return disposable(() => takenHandlers.delete(handler));
      },
    },
    async renew(renewed) {
      for (const id of [...claimed]) {
        const result = await renewed.claim(id, false);
        if (result.ok && !result.value) taken(id);
      }
    },
  };
}
