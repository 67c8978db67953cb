/** Journal writer: brings the lines of the journal to the host in order, and keeps trying when the host cannot write. */
import type { Problem } from '../../engine/base/problem.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';

export interface JournalWriter {
  /** Another journal from now on; what it holds already is replaced by the lines unless they are `kept`. */
  open(id: string, lines: readonly string[], kept: boolean): void;
  append(line: string): void;
  /** Resolves when everything handed over so far is safe, or could not be written. */
  settled(): Promise<void>;
}

export interface JournalWatch {
  /** After each attempt: how many lines are not safe yet, and why when the attempt failed. */
  report(pending: number, problems: readonly Problem[]): void;
}

/** Time between attempts after a failure, milliseconds. */
const retryAfter = 2000;

export function createJournalWriter(journal: HostJournal, clock: Clock, watch: JournalWatch): JournalWriter {
  let id = '';
  let all: string[] = [];
  /** How many of `all` are safe; undefined when the journal has to be written anew. */
  let safe: number | undefined = 0;
  let turn: Promise<void> | undefined;

  /** One attempt; false when it failed. */
  async function attempt(): Promise<boolean> {
    const [wanted, from, count] = [all, safe, all.length];
    const result =
      from === undefined
        ? await journal.restart(id, wanted.slice(0, count))
        : await journal.append(id, wanted.slice(from, count));
    if (wanted !== all) return true;
    // After a failed append it is not known how much of it was written: the whole is written anew.
    safe = result.ok ? count : undefined;
    watch.report(all.length - (safe ?? 0), result.problems);
    return result.ok;
  }

  async function write(): Promise<void> {
    let going = true;
    while (going && safe !== all.length) going = await attempt();
    // In the same turn as the last look at the lines: whoever appends from now on begins anew.
    turn = undefined;
    if (!going) void clock.wait(retryAfter).then(begin);
  }

  function begin(): void {
    if (turn === undefined && safe !== all.length) turn = write();
  }

  return {
    open(nextId, lines, kept) {
      id = nextId;
      all = [...lines];
      safe = kept ? all.length : undefined;
      begin();
    },
    append(line) {
      all.push(line);
      begin();
    },
    settled: async () => {
      while (turn !== undefined) await turn;
    },
  };
}
