/** The schema held against a raw document record by record: a document full of mistakes takes no more memory than a good one. */
import type { z } from '../base/schema.ts';
import {
  arraySchema,
  connectionSchema,
  documentSchema,
  elementSchema,
  positionSchema,
  probeSchema,
  type SpikeloomDocument,
} from './document.ts';
import { isRawRecord, type RawRecord } from './migrations/migrate.ts';
import { reportedIssues } from './schema-problems.ts';

type Issue = z.core.$ZodIssue;

/** A document, or what the schema finds wrong: all of it, or more than `reportedIssues`. */
export type ParsedRecords =
  | { readonly success: true; readonly document: SpikeloomDocument }
  | { readonly success: false; readonly issues: readonly Issue[] };

/** Tables of records; the rest of a document is small. */
const tables = {
  elements: elementSchema,
  connections: connectionSchema,
  probes: probeSchema,
  arrays: arraySchema,
} as const;

/** Parses the raw document strictly: unknown parts are refused. Equal to parsing it by `documentSchema` at once. */
export function parseRecords(raw: RawRecord): ParsedRecords {
  const issues: Issue[] = [];
  const parsed: Record<string, RawRecord> = {};
  const shell: Record<string, unknown> = { ...raw };
  for (const [name, schema] of Object.entries(tables)) {
    if (!isRawRecord(raw[name])) continue;
    parsed[name] = parseTable(raw[name], schema, [name], issues);
    shell[name] = {};
  }
  const view = raw['view'];
  let positions: RawRecord | undefined;
  if (isRawRecord(view) && isRawRecord(view['positions'])) {
    positions = parseTable(view['positions'], positionSchema, ['view', 'positions'], issues);
    shell['view'] = { ...view, positions: {} };
  }
  const whole = documentSchema.safeParse(shell);
  if (!whole.success) issues.unshift(...whole.error.issues);
  if (!whole.success || issues.length > 0) return { success: false, issues };
  const document = { ...whole.data, ...parsed, view: { ...whole.data.view, positions } };
  return { success: true, document: document as SpikeloomDocument };
}

/** The records that fit; issues of the others, until there are more than anybody reads. */
function parseTable(table: RawRecord, schema: z.ZodType, path: readonly string[], issues: Issue[]): RawRecord {
  const records: [string, unknown][] = [];
  for (const [id, record] of Object.entries(table)) {
    if (issues.length > reportedIssues) break;
    const parsed = schema.safeParse(record);
    if (parsed.success) records.push([id, parsed.data]);
    else issues.push(...parsed.error.issues.map((issue) => ({ ...issue, path: [...path, id, ...issue.path] })));
  }
  return Object.fromEntries(records);
}
