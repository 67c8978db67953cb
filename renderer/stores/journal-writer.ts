/** Journal writer: brings the lines of one journal to the host in order, keeps trying, and never writes over another window's. */
import type { Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';

export interface JournalWriter {
  readonly id: string;
  append(line: string): void;
  /** Hands over at once what still waits for the answer to earlier lines: the window may be gone in a moment. */
  flush(): void;
  /** Looks at once whether the journal is still there and ours: the connection to the host was lost meanwhile. */
  resume(): void;
  /** Another window has the journal: nothing is written from now on. */
  stop(): void;
  /** How many lines are not known to be safe. */
  pending(): number;
  /** The last attempt failed: what is on disk is not known. */
  failing(): boolean;
  /** All lines, safe or not. */
  lines(): readonly string[];
  /** Resolves when everything handed over so far is safe, or could not be written. */
  settled(): Promise<void>;
  /** Resolves when everything is safe, however long that takes, or the writer was stopped. */
  finished(): Promise<void>;
}

export interface WrittenJournal {
  readonly id: string;
  /** All lines, the header first. */
  readonly lines: readonly string[];
  /** Whether the host has exactly these lines; otherwise the journal is replaced by them. */
  readonly kept: boolean;
}

export interface JournalWatch {
  /** After each attempt: how many lines are not safe yet, and why when the attempt failed. */
  report(pending: number, problems: readonly Problem[]): void;
  /** Another window has the journal, or has written into it. */
  onLost(): void;
}

/** Time between attempts after a failure, milliseconds. */
const retryAfter = 500;

export function createJournalWriter(
  { id, lines, kept }: WrittenJournal,
  journal: HostJournal,
  clock: Clock,
  watch: JournalWatch,
): JournalWriter {
  return new Writer({ id, lines: [...lines], journal, clock, watch }, kept);
}

interface Parts {
  readonly id: string;
  readonly lines: string[];
  readonly journal: HostJournal;
  readonly clock: Clock;
  readonly watch: JournalWatch;
}

class Writer implements JournalWriter {
  readonly id: string;
  readonly #parts: Parts;
  readonly #lines: string[];
  /** How many lines are safe, and how many the host was given. */
  #safe: number;
  #given: number;
  /** `unsure`: what is on disk has to be looked at; `replace`: the journal is to be written anew. */
  #mode: 'append' | 'unsure' | 'replace';
  #stopped = false;
  /** Nothing was written since the journal was looked at. */
  #looked = false;
  #turn: Promise<void> | undefined;
  /** Appends of `flush` whose answers are still to come. */
  #flushed: Promise<Result<void>>[] = [];
  #finishing: (() => void)[] = [];

  constructor(parts: Parts, kept: boolean) {
    this.id = parts.id;
    this.#parts = parts;
    this.#lines = parts.lines;
    this.#safe = kept ? parts.lines.length : 0;
    this.#given = this.#safe;
    this.#mode = kept ? 'append' : 'replace';
    this.#begin();
  }

  append(line: string): void {
    this.#lines.push(line);
    this.#begin();
  }

  flush(): void {
    this.#begin();
    if (this.#stopped || this.#mode === 'unsure' || this.#given === this.#lines.length) return;
    this.#flushed.push(this.#parts.journal.append(this.id, this.#lines.slice(this.#given)));
    this.#given = this.#lines.length;
  }

  resume(): void {
    if (this.#mode === 'append') this.#mode = 'unsure';
    this.#begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#finish();
  }

  pending(): number {
    return this.#lines.length - this.#safe;
  }

  failing(): boolean {
    return this.#mode === 'unsure';
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  async settled(): Promise<void> {
    while (this.#turn !== undefined) await this.#turn;
  }

  finished(): Promise<void> {
    if (this.#stopped || !this.#wanting()) return Promise.resolve();
    return new Promise((resolve) => this.#finishing.push(resolve));
  }

  #wanting(): boolean {
    return !this.#stopped && (this.#mode !== 'append' || this.#safe !== this.#lines.length);
  }

  #begin(): void {
    if (this.#turn === undefined && this.#wanting()) this.#turn = this.#write();
  }

  async #write(): Promise<void> {
    let going = true;
    while (going && this.#wanting()) going = await this.#attempt();
    // In the same turn as the last look at the lines: whoever appends from now on begins anew.
    this.#turn = undefined;
    if (!this.#wanting()) this.#finish();
    else void this.#parts.clock.wait(retryAfter).then(() => this.#begin());
  }

  #finish(): void {
    for (const finish of this.#finishing.splice(0)) finish();
  }

  /** One step towards having everything safe; false when it failed. */
  async #attempt(): Promise<boolean> {
    const result = this.#mode === 'unsure' ? await this.#look() : await this.#send();
    if (this.#stopped) return false;
    if (!result.ok) this.#mode = 'unsure';
    // A claim ends with its connection; whether another window has it now is seen by looking.
    if (!result.ok && !this.#looked && result.problems[0]?.code === 'journal/taken') return true;
    this.#parts.watch.report(this.pending(), result.problems);
    return result.ok;
  }

  async #send(): Promise<Result<void>> {
    const { journal } = this.#parts;
    const replacing = this.#mode === 'replace';
    const [from, count] = [replacing ? 0 : this.#safe, this.#lines.length];
    this.#given = count;
    const lines = this.#lines.slice(from, count);
    let result = replacing ? await journal.restart(this.id, lines) : await journal.append(this.id, lines);
    for (let next = this.#flushed.shift(); next !== undefined; next = this.#flushed.shift()) {
      const flushed = await next;
      if (result.ok) result = flushed;
    }
    if (!result.ok) return result;
    this.#mode = 'append';
    this.#safe = this.#given;
    this.#looked = false;
    return result;
  }

  /** Claims the journal again and compares it with the lines: it is continued where it ends, or is not ours any more. */
  async #look(): Promise<Result<unknown>> {
    const { journal } = this.#parts;
    const claimed = await journal.claim(this.id, false);
    if (!claimed.ok) return claimed;
    const found = claimed.value ? await journal.read(this.id) : undefined;
    if (found?.ok === false) return found;
    if (this.#stopped) return claimed;
    if (found === undefined || !isWithin(found.value, this.#lines)) {
      this.stop();
      this.#parts.watch.onLost();
      return claimed;
    }
    this.#looked = true;
    const whole = found.value.every((line, index) => line === this.#lines[index]);
    this.#mode = whole ? 'append' : 'replace';
    this.#safe = whole ? found.value.length : 0;
    this.#given = this.#safe;
    return claimed;
  }
}

/** Whether all lines of `part` are among `lines`, in their order. */
function isWithin(part: readonly string[], lines: readonly string[]): boolean {
  let at = 0;
  for (const line of part) {
    while (at < lines.length && lines[at] !== line) at += 1;
    if (at === lines.length) return false;
    at += 1;
  }
  return true;
}
