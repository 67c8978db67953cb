/** The lines of a journal: a header, then one entry per command, each a JSON text without line breaks. */
import { problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { z } from '../base/schema.ts';
import type { SpikeloomDocument } from './document.ts';
import { patchSchema } from './edits/patches.ts';
import { foreignDefect } from './foreign-limits.ts';
import { scanJson } from './scan-json.ts';

/** Version of the form of journals. */
export const journalVersion = 1;

const headerSchema = z.strictObject({
  format: z.literal('spikeloom-journal'),
  version: z.number().int().positive(),
  /** Names the session or project that the journal belongs to. */
  project: z.string().max(200),
  /** Hash of the document that the first entry changes. */
  baseHash: z.string().max(64),
  /** That document itself; without it the project file supplies it. */
  base: z.unknown().optional(),
  /** Milliseconds since 1970. */
  time: z.number(),
});

/** The first line. */
export interface JournalHeader {
  readonly format: 'spikeloom-journal';
  readonly version: number;
  readonly project: string;
  readonly baseHash: string;
  readonly base?: SpikeloomDocument;
  readonly time: number;
}

/** The header as read: its document is still foreign. */
export type RawJournalHeader = z.infer<typeof headerSchema>;

const seq = z.number().int().positive();
const time = z.number();
const patches = z.array(patchSchema);

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('edit'),
    seq,
    time,
    label: z.string(),
    /** The edit as the gesture made it: for macros and reports. The patches are what counts. */
    edit: z.unknown(),
    patches,
    inverse: patches,
    /** Edits of the same gesture and merge key are one entry of the history. */
    gesture: z.string().optional(),
    mergeKey: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('undo'), seq, time }),
  z.strictObject({ kind: z.literal('redo'), seq, time }),
  /** To the state after the history entry whose `seq` is `to`; 0 = the beginning. */
  z.strictObject({ kind: z.literal('jump'), seq, time, to: z.number().int().nonnegative() }),
  z.strictObject({ kind: z.literal('saved'), seq, time }),
]);

/** One command as it stands in the journal. `seq` counts from 1 without gaps. */
export type JournalEntry = Readonly<z.infer<typeof entrySchema>>;
export type EditEntry = Extract<JournalEntry, { kind: 'edit' }>;

/** The line of a header or entry, without line break. */
export function journalLine(content: JournalHeader | JournalEntry): string {
  return JSON.stringify(content);
}

/** The entry in a line, or `journal/damaged`. */
export function parseEntry(line: string): Result<JournalEntry> {
  const json = parseLine(line);
  if (!json.ok) return json;
  const entry = entrySchema.safeParse(json.value);
  return entry.success ? ok(entry.data) : failed(problem('journal/damaged', 'A line of the journal is no entry.'));
}

/** The header in the first line, or `journal/damaged`, or `journal/mismatch` for a newer form. */
export function parseHeader(line: string): Result<RawJournalHeader> {
  const json = parseLine(line);
  if (!json.ok) return json;
  const header = headerSchema.safeParse(json.value);
  if (!header.success) return failed(problem('journal/damaged', 'The first line of the journal is no header.'));
  if (header.data.version <= journalVersion) return ok(header.data);
  return failed(
    problem('journal/mismatch', 'The journal of edits was written by a newer version of Spikeloom.', {
      hint: 'Update Spikeloom to get the history back; the project file itself is untouched.',
    }),
  );
}

function parseLine(line: string): Result<unknown> {
  const defect = scanJson(line);
  if (defect !== undefined) return failed(defect);
  try {
    const json: unknown = JSON.parse(line);
    const foreign = foreignDefect(json);
    return foreign === undefined ? ok(json) : failed(foreign);
  } catch (error) {
    return failed(problem('journal/damaged', 'A line of the journal is not readable.', { cause: String(error) }));
  }
}
