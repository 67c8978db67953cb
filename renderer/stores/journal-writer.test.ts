/** Journal writer against a host that fails, forgets claims, answers late, and lets another window write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import { createJournalWriter } from './journal-writer.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const clock: Clock = { now: () => 0, wallTime: () => 0, wait: turn };

/** What the next request meets: nothing is written, a part is, or all of it and only the answer is lost. */
type Fault = 'before' | 'half' | 'after';

interface TestHost {
  readonly journal: HostJournal;
  readonly disk: string[];
  readonly faults: Fault[];
  claimed: boolean;
  takenElsewhere: boolean;
}

function createTestHost(): TestHost {
  const lost = failed(problem('host/unreachable', 'The program behind this page does not answer.'));
  const host: TestHost = {
    disk: [],
    faults: [],
    claimed: true,
    takenElsewhere: false,
    journal: {
      list: async () => ok([]),
      claim: async () => {
        if (host.faults.shift() !== undefined) return lost;
        host.claimed = !host.takenElsewhere;
        return ok(host.claimed);
      },
      release: async () => undefined,
      read: async () => (host.faults.shift() === undefined ? ok([...host.disk]) : lost),
      append: (_id, lines) => write(lines, host.disk.length),
      restart: (_id, lines) => write(lines, 0),
      onTaken: () => ({ dispose: () => undefined }),
    },
  };
  async function write(lines: readonly string[], from: number): Promise<Result<void>> {
    if (!host.claimed) return failed(problem('journal/taken', 'Another window writes this journal.'));
    const fault = host.faults.shift();
    if (fault === 'before') return lost;
    // A journal is replaced whole or not at all.
    if (from === 0 && fault === 'half' && host.disk.length > 0) return lost;
    host.disk.splice(from, host.disk.length, ...(fault === 'half' ? lines.slice(0, lines.length / 2) : lines));
    await turn();
    return fault === undefined ? ok(undefined) : lost;
  }
  return host;
}

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('append' as const) },
    { weight: 2, arbitrary: fc.constant('flush' as const) },
    { weight: 2, arbitrary: fc.constant('turn' as const) },
    { weight: 1, arbitrary: fc.constant('cut' as const) },
    { weight: 2, arbitrary: fc.constantFrom<Fault[]>('before', 'half', 'after') },
  ),
  { minLength: 5, maxLength: 60 },
);

function begin(host: TestHost) {
  const seen = { lost: 0, lines: ['header'] };
  const writer = createJournalWriter({ id: 'one', lines: ['header'], kept: false }, host.journal, clock, {
    report: () => undefined,
    onLost: () => (seen.lost += 1),
  });
  const append = (): void => {
    const line = `line ${seen.lines.length}`;
    seen.lines.push(line);
    writer.append(line);
  };
  return { writer, seen, append };
}

describe('a journal writer', () => {
  it('keeps every acknowledged line in order whatever fails, and in the end all of them, each once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const host = createTestHost();
        const { writer, seen, append } = begin(host);
        for (const step of script) {
          if (step === 'append') append();
          else if (step === 'flush') writer.flush();
          else if (step === 'turn') await turn();
          else if (step === 'cut') {
            host.claimed = false;
            writer.resume();
          } else host.faults.push(step);
          const safe = seen.lines.length - writer.pending();
          expect(host.disk.slice(0, safe)).toEqual(seen.lines.slice(0, safe));
        }
        host.faults.length = 0;
        await writer.finished();
        expect(host.disk).toEqual(seen.lines);
        expect(seen.lost).toBe(0);
      }),
      { numRuns: 300, seed: 20_260_418 },
    );
  });

  it('never removes what another window wrote, and says that the journal is lost', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(20), async (script, at) => {
        const host = createTestHost();
        const { writer, seen, append } = begin(host);
        await writer.settled();
        for (const [index, step] of script.entries()) {
          if (index === at % script.length) {
            // It claimed while this window had no connection, wrote, and was closed.
            await writer.finished();
            host.claimed = false;
            host.disk.push('foreign');
          }
          if (step === 'append') append();
          else if (step === 'turn') await turn();
        }
        append();
        await writer.finished();
        expect(host.disk.filter((line) => line === 'foreign')).toEqual(['foreign']);
        expect(host.disk.at(-1)).toBe('foreign');
        expect(seen.lost).toBe(1);
      }),
      { numRuns: 100, seed: 20_260_418 },
    );
  });

  it('given a flush while earlier lines are on their way, then all lines are with the host at once', async () => {
    const host = createTestHost();
    const { writer, seen, append } = begin(host);
    await writer.settled();
    for (let count = 0; count < 3; count += 1) append();
    expect(host.disk).toHaveLength(2);
    writer.flush();
    expect(host.disk).toEqual(seen.lines);
    await writer.finished();
    expect(writer.pending()).toBe(0);
    expect(host.disk).toEqual(seen.lines);
  });

  it('given that another window has the journal, then nothing is written and what is not safe is counted', async () => {
    const host = createTestHost();
    const { writer, seen, append } = begin(host);
    await writer.finished();
    [host.claimed, host.takenElsewhere] = [false, true];
    append();
    append();
    await writer.finished();
    expect([seen.lost, writer.pending(), host.disk]).toEqual([1, 2, ['header']]);
  });
});
