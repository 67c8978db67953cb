/** What this window remembers of itself while it is loaded again, in the storage that the browser keeps per window. */

interface TabNote {
  readonly journalId: string;
  readonly left: boolean;
}

const key = 'spikeloom window';

/** Notes that the next page in the same window reads. */
export function createPageTabMemory() {
  return {
    read: (): TabNote | undefined => parse(sessionStorage.getItem(key)),
    write(note: TabNote): void {
      try {
        sessionStorage.setItem(key, JSON.stringify(note));
      } catch {
        // Without it the host tells how the window ended.
      }
    },
  };
}

function parse(text: string | null): TabNote | undefined {
  if (text === null) return undefined;
  try {
    const note = JSON.parse(text) as Partial<TabNote> | null;
    return typeof note?.journalId === 'string' ? { journalId: note.journalId, left: note.left === true } : undefined;
  } catch {
    return undefined;
  }
}
