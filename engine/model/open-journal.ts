/** Opening of journals: the state rebuilt from the lines, however they end. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { documentSchema } from './document.ts';
import type { SpikeloomDocument } from './document.ts';
import { record, startState } from './journal.ts';
import type { JournalState } from './journal.ts';
import { parseEntry, parseHeader } from './journal-entries.ts';
import type { RawJournalHeader } from './journal-entries.ts';
import { documentHash } from './model-hash.ts';
import { parseDocument } from './parse-document.ts';

export interface OpenedJournal {
  readonly state: JournalState;
  /** How many of the lines count. When there are more, the host writes the journal anew with these before it appends. */
  readonly keptLines: number;
}

/**
 * The state that the lines of a journal lead to. A torn last line is dropped with a warning; from a damaged line on
 * everything is dropped with a warning that tells how much. Fails with `journal/damaged` without a readable header
 * and with `journal/mismatch` when the document it starts from is not there. `base` is needed when the header has
 * only its hash.
 */
export function openJournal(lines: readonly string[], base?: SpikeloomDocument): Result<OpenedJournal> {
  const written = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const header = parseHeader(written[0] ?? '');
  if (!header.ok)
    return failed(problem('journal/damaged', 'The journal of edits is not readable.'), ...header.problems);
  const start = baseOf(header.value, base);
  if (!start.ok) return start;
  const { format, version, project, baseHash, time } = header.value;
  const head = { format, version, project, baseHash, time };
  const opened = replay(
    startState(header.value.base === undefined ? head : { ...head, base: start.value }, start.value),
    written,
  );
  if (documentSchema.safeParse(opened.state.document).success)
    return ok(opened, lost(opened.keptLines, written.length));
  return failed(problem('journal/damaged', 'The journal of edits leads to something that is not a project.'));
}

function baseOf(header: RawJournalHeader, base: SpikeloomDocument | undefined): Result<SpikeloomDocument> {
  const parsed = header.base === undefined ? undefined : parseDocument(header.base);
  if (parsed?.ok === false)
    return failed(
      problem('journal/damaged', 'The journal of edits starts from a damaged project.'),
      ...parsed.problems,
    );
  const document = parsed?.value.document ?? base;
  if (document !== undefined && documentHash(document) === header.baseHash) return ok(document);
  return failed(
    problem('journal/mismatch', 'The journal of edits does not belong to this state of the project.', {
      hint: 'The project file was changed elsewhere; its history starts anew.',
    }),
  );
}

function replay(start: JournalState, lines: readonly string[]): OpenedJournal {
  let state = start;
  for (let line = 1; line < lines.length; line += 1) {
    const entry = parseEntry(lines[line] as string);
    const next = entry.ok ? record(state, entry.value) : entry;
    if (!next.ok) return { state, keptLines: line };
    state = next.value;
  }
  return { state, keptLines: lines.length };
}

function lost(kept: number, written: number): Problem[] {
  const count = written - kept;
  if (count === 0) return [];
  const message =
    count === 1
      ? 'The last command was not completely written and is lost.'
      : `The journal of edits is damaged; its last ${count} commands are lost.`;
  return [problem('journal/damaged', message, { severity: 'warning' })];
}
