/** Journal claim: a journal belongs to one window at a time, so that two never write into the same history. */

/** How long a window that was just closed or loaded again may take to let go, milliseconds. */
const patience = 1200;

/** A claim lasts as long as this page lives; false when another window has the journal. */
export function createPageClaims(): (journalId: string) => Promise<boolean> {
  const held = new Set<string>();
  return (journalId) => {
    if (held.has(journalId)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const keep = (): Promise<never> => {
        held.add(journalId);
        resolve(true);
        // Held until the page is gone.
        return new Promise(() => undefined);
      };
      navigator.locks
        .request(`spikeloom journal ${journalId}`, { signal: AbortSignal.timeout(patience) }, keep)
        .catch(() => resolve(false));
    });
  };
}
