/** New journals: of a new project, of a copy, and of work that must not get lost with its window. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import { createJournal, recordEdit } from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import { openJournal } from '../../engine/model/open-journal.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { writeRecord, type ProjectRecord, type ReadProject } from './kept-projects.ts';

export interface CopyParts {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** A project whose history begins now, with a journal of its own. */
export async function freshProject(parts: CopyParts, document: SpikeloomDocument): Promise<ReadProject> {
  const journalId = await newJournal(parts);
  const state = createJournal(document, { project: journalId, time: parts.clock.wallTime() });
  return { journalId, state, lines: [journalLine(state.header)], keptLines: false };
}

/** The project of these journal lines with its history, under a name that says it is a copy; undefined when they are damaged. */
export async function copyProject(parts: CopyParts, lines: readonly string[]): Promise<ReadProject | undefined> {
  const opened = openJournal(lines);
  if (!opened.ok) return undefined;
  const { state, keptLines } = opened.value;
  const name = `${state.document.name === '' ? 'Untitled' : state.document.name} (copy)`.slice(0, 200);
  const renamed = recordEdit(state, { type: 'document.rename', name }, { time: parts.clock.wallTime() });
  const entry = renamed.ok ? renamed.value.entry : undefined;
  return {
    journalId: await newJournal(parts),
    state: renamed.ok ? renamed.value.state : state,
    lines: [...lines.slice(0, keptLines), ...(entry === undefined ? [] : [journalLine(entry)])],
    keptLines: false,
  };
}

/** Writes lines that another window's journal does not have into one of their own, to be found among the kept projects. */
export async function keepApart(parts: CopyParts, lines: readonly string[], record: ProjectRecord): Promise<boolean> {
  const { host, clock } = parts;
  const journalId = await newJournal(parts);
  const written = await host.journal.restart(journalId, lines);
  if (!written.ok) return false;
  await writeRecord(host, journalId, { ...record, open: false, openedAt: clock.wallTime() });
  await host.journal.release(journalId).catch(() => undefined);
  return true;
}

/** A journal id that this window alone has. */
async function newJournal({ host, random }: CopyParts): Promise<string> {
  for (;;) {
    const journalId = createIdentifier('jn', random.bytes);
    const claimed = await host.journal.claim(journalId, false);
    if (!claimed.ok || claimed.value) return journalId;
  }
}
