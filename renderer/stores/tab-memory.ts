/** What this window remembers of itself while it is loaded again; a new window remembers nothing. */
export interface TabNote {
  readonly journalId: string;
  /** The window was left in order: everything was handed over. */
  readonly left: boolean;
}

export interface TabMemory {
  read(): TabNote | undefined;
  /** Kept when it returns. */
  write(note: TabNote): void;
}

/** Memory that ends with the page. */
export function createFleetingTabMemory(): TabMemory {
  let kept: TabNote | undefined;
  return { read: () => kept, write: (note) => void (kept = note) };
}
