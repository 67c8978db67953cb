/** Two or three windows of one or more processes on one journal, in every order by chance: one history, and no acknowledged line lost. */
import { describe, expect, it } from 'vitest';
import { assert } from '../../engine/base/assert.ts';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { createChoose } from './chooser.test-support.ts';
import { createJournalClaims } from './journal-claims.ts';
import type { ConnectedPage, JournalClaims } from './journal-claims.ts';
import { createJournalStore } from './journal-store.ts';
import type { Choose } from './memory-disk.test-support.ts';
import { createMemoryFileSystem } from './memory-file-system.test-support.ts';
import type { MemoryFileSystem } from './memory-file-system.test-support.ts';
import { nodeClock, nodeRandom } from './node-seams.ts';
import { createTurns } from './turns.test-support.ts';

const { rounds, seed, again } = budgetOf('window-interleavings');
const stepsOfWindow = 12;

type View = (files: MemoryFileSystem) => FileSystem;
const asItIs: View = (files) => files;

/** What all windows together were told. Lines are `INDEX:WINDOW:COUNT`, so that mixed histories show. */
class Ledger {
  certain: readonly string[] = [];
  /** Lines that were handed over. */
  readonly attempted = new Set<string>();

  /** What was read with a claim in hand must hold all that is certain; more only when it was handed over. */
  compare(found: readonly string[]): void {
    assert(
      found.every((line, index) => line.startsWith(`${index}:`)),
      `histories are mixed: ${found.join(' ')}`,
    );
    assert(
      found.every((line) => this.attempted.has(line)),
      `nobody wrote all of ${found.join(' ')}`,
    );
    const restarted = found[0] !== this.certain[0] && found[0] !== undefined && this.restarts.has(found[0]);
    const kept = this.certain.every((line, index) => line === found[index]);
    assert(kept || restarted, `acknowledged ${this.certain.join(' ')}, found ${found.join(' ')}`);
  }

  /** First lines of histories that began anew and were not acknowledged. */
  readonly restarts = new Set<string>();
}

/** One process with its journals. */
interface Process {
  readonly files: MemoryFileSystem;
  readonly claims: JournalClaims;
}

function startProcess(files: MemoryFileSystem, view: View, wait: () => Promise<void>): Process {
  files.pause = wait;
  const clock = { ...nodeClock, wait };
  return { files, claims: createJournalClaims(createJournalStore(view(files), nodeRandom, '/journals', clock)) };
}

class Window {
  readonly #process: Process;
  readonly #ledger: Ledger;
  readonly #name: number;
  readonly #page: ConnectedPage;
  #count = 0;
  #taken = 0;
  /** The lines of the journal, as long as this window has the claim. */
  #known: readonly string[] | undefined;

  constructor(process: Process, ledger: Ledger, name: number) {
    [this.#process, this.#ledger, this.#name] = [process, ledger, name];
    this.#page = process.claims.connect(() => {
      this.#taken += 1;
      this.#known = undefined;
    });
  }

  /** Acts until it has done its steps or its process is gone. */
  async live(choose: Choose): Promise<void> {
    for (let step = 0; step < stepsOfWindow; step += 1) {
      const action = this.#known === undefined ? this.#claim(choose(2) === 0) : this.#act(choose(20), choose);
      await Promise.race([action, this.#process.files.gone]);
    }
    this.#page.dispose();
  }

  async #act(action: number, choose: Choose): Promise<void> {
    if (action === 0) this.#process.files.failAt(choose(12), { fault: 'crash amid' });
    if (action === 1) return this.#release();
    if (action < 4) return this.#restart();
    return this.#append();
  }

  #line(index: number): string {
    const line = `${index}:${this.#name}:${(this.#count += 1)}`;
    this.#ledger.attempted.add(line);
    return line;
  }

  async #claim(take: boolean): Promise<void> {
    const claimed = await this.#page.journal.claim('a', take);
    if (!claimed.ok || !claimed.value) return;
    const takenBefore = this.#taken;
    const lines = await this.#page.journal.read('a');
    // Taken while it was read: the next append would be refused.
    if (takenBefore === this.#taken && lines.ok) this.#known = lines.value;
  }

  async #release(): Promise<void> {
    this.#known = undefined;
    await this.#page.journal.release('a');
  }

  async #append(): Promise<void> {
    const known = this.#known ?? [];
    const line = this.#line(known.length);
    const takenBefore = this.#taken;
    const appended = await this.#page.journal.append('a', [line]);
    if (!this.#isDone(appended, takenBefore)) return;
    this.#ledger.compare([...known, line]);
    this.#ledger.certain = [...known, line];
    this.#known = this.#ledger.certain;
  }

  async #restart(): Promise<void> {
    const line = this.#line(0);
    this.#ledger.restarts.add(line);
    const takenBefore = this.#taken;
    const restarted = await this.#page.journal.restart('a', [line]);
    if (!this.#isDone(restarted, takenBefore)) return;
    this.#ledger.restarts.delete(line);
    this.#ledger.certain = [line];
    this.#known = this.#ledger.certain;
  }

  /** A refused window was told that it lost the journal; one that failed otherwise gives it up. */
  #isDone(result: Result<void>, takenBefore: number): boolean {
    if (result.ok) return true;
    const refused = result.problems[0]?.code === 'journal/taken';
    assert(!refused || this.#taken > takenBefore || this.#known === undefined, 'the window was not told');
    this.#known = undefined;
    return false;
  }
}

/** One interleaving: up to three windows, some in one process; at the end another process looks. */
async function interleave(round: number, view: View): Promise<void> {
  const choose = createChoose(seed, round);
  const turns = createTurns(choose);
  const disk = createMemoryFileSystem({ '/journals/other.jsonl': '' });
  const ledger = new Ledger();
  const processes = [startProcess(disk, view, turns.wait)];
  const windows = Array.from({ length: 2 + choose(2) }, (_, name) => {
    if (name > 0 && choose(3) > 0) processes.push(startProcess(disk.otherProcess(), view, turns.wait));
    return new Window(processes.at(-1) as Process, ledger, name);
  });
  await turns.runUntil(Promise.all(windows.map((window) => window.live(choose))));
  await turns.runUntil(Promise.all(processes.map(({ claims, files }) => Promise.race([claims.close(), files.gone]))));
  const last = createJournalClaims(createJournalStore(view(disk.otherProcess()), nodeRandom, '/journals'));
  const page = last.connect(() => undefined);
  assert(expectOk(await page.journal.claim('a', true)), 'the journal cannot be taken over');
  ledger.compare(expectOk(await page.journal.read('a')));
}

describe('windows on one project', () => {
  it('write one history in turns, lose no acknowledged line, and are told when another one takes over', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await interleave(round, asItIs).catch((error: unknown) => {
        throw new Error(`interleaving ${round}, ${again}`, { cause: error });
      });
    }
  });

  it('lose lines where a process goes by the lock as it once was', async () => {
    const blind: View = (files) => {
      let own: Uint8Array<ArrayBuffer> | undefined;
      const read: FileSystem['read'] = async (path, maximumBytes) => {
        const bytes = await files.read(path, maximumBytes);
        if (!path.endsWith('.lock')) return bytes;
        if (new TextDecoder().decode(bytes).startsWith(`${files.processes.own} `)) own = bytes;
        return own ?? bytes;
      };
      return { ...files, read };
    };
    const outcomes = [];
    for (let round = 0; round < 100; round += 1) outcomes.push(await Promise.allSettled([interleave(round, blind)]));
    expect(outcomes.flat().filter(({ status }) => status === 'rejected').length).toBeGreaterThan(5);
  });
});
