/** Journals of a page that nothing answers for, in the browser's own storage. */
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import { createPageClaims } from './journal-claim.ts';

const prefix = 'spikeloom journal ';

export function createPageJournals(): HostJournal {
  const claims = createPageClaims();
  const linesOf = (id: string): readonly string[] =>
    (localStorage.getItem(prefix + id) ?? '').split('\n').filter((line) => line !== '');
  const write = (id: string, lines: readonly string[]): Result<void> =>
    claims.owns(id) ? store(id, lines) : failed(problem('journal/taken', 'Another window writes this journal.'));
  return {
    async list() {
      const taken = await claims.taken();
      const ids = Object.keys(localStorage).flatMap((key) =>
        key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
      );
      const summaries = ids.map((id) => ({
        id,
        changedAt: lastTime(linesOf(id)),
        taken: taken.has(id) && !claims.owns(id),
      }));
      return ok(summaries.sort((left, right) => right.changedAt - left.changedAt));
    },
    claim: async (id, take) => ok(await claims.claim(id, take)),
    release: async (id) => claims.release(id),
    onTaken: (handler) => claims.onTaken(handler),
    read: async (id) => ok(linesOf(id)),
    append: async (id, lines) => write(id, [...linesOf(id), ...lines]),
    restart: async (id, lines) => write(id, lines),
  };
}

/** Time of the last command, milliseconds since 1970; every line of a journal has one. */
function lastTime(lines: readonly string[]): number {
  const time = /"time":(\d+)/.exec(lines.at(-1) ?? '')?.[1];
  return Number(time ?? 0);
}

function store(id: string, lines: readonly string[]): Result<void> {
  const text = lines.map((line) => `${line}\n`).join('');
  try {
    localStorage.setItem(prefix + id, text);
    return ok(undefined);
  } catch {
    return storeWithRoom(id, text);
  }
}

/** Makes room by what nobody misses: journals without a single edit. */
function storeWithRoom(id: string, text: string): Result<void> {
  try {
    for (const key of Object.keys(localStorage)) {
      const empty = key.startsWith(prefix) && localStorage.getItem(key)?.trimEnd().includes('\n') === false;
      if (empty && key !== prefix + id) localStorage.removeItem(key);
    }
    localStorage.setItem(prefix + id, text);
    return ok(undefined);
  } catch (error) {
    return failed(
      problem('file/write', 'The storage of this browser is full.', {
        hint: 'Save the project to a file.',
        cause: String(error),
      }),
    );
  }
}
