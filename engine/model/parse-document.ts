/** From foreign data to a document: limits, format, versions, migrations, schema, inner consistency. Rules D1–D9 of SPEC.md. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Failed, Result } from '../base/result.ts';
import type { z } from '../base/schema.ts';
import { currentVersions, versionsSchema } from './document.ts';
import type { SpikeloomDocument } from './document.ts';
import { foreignDefect } from './foreign-limits.ts';
import { inconsistencies } from './consistency.ts';
import { parseRecords } from './parse-records.ts';
import { scanJson } from './scan-json.ts';
import { schemaProblems } from './schema-problems.ts';
import { isRawRecord, migrate, versionsOf } from './migrations/migrate.ts';
import type { Migration, RawRecord } from './migrations/migrate.ts';
import { migrations as releasedMigrations } from './migrations/migrations.ts';

/** A document as it was opened. */
export interface OpenedDocument {
  readonly document: SpikeloomDocument;
  /** Written by a newer version: it may be looked at and run, but saving would lose what this version does not know. */
  readonly readOnly: boolean;
  /** Made from the file of another program, which no saving may replace. */
  readonly foreign?: boolean;
  /** Warnings found on the way; the same as those of the Result. */
  readonly problems: readonly Problem[];
}

/** Versions and migrations that are in force; tests replace them. */
export interface ParseOptions {
  readonly versions?: Readonly<Record<string, number>>;
  readonly migrations?: readonly Migration[];
}

/** The project in the text of a file. Fails with `document/not-json`, or as `parseDocument` does. */
export function parseDocumentText(text: string, options: ParseOptions = {}): Result<OpenedDocument> {
  const defect = scanJson(text);
  if (defect !== undefined) return failed(defect);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed(
      problem('document/not-json', 'The file is damaged or is no Spikeloom project: it is not readable as JSON.', {
        cause: String(error),
      }),
    );
  }
  return parseDocument(json, options);
}

/**
 * The project in parsed JSON data. Fails with `document/not-spikeloom`, `document/invalid` (one per defect) or, when a
 * newer project does not fit, `document/newer`. Never returns a part of a project.
 */
export function parseDocument(json: unknown, options: ParseOptions = {}): Result<OpenedDocument> {
  const defect = foreignDefect(json);
  if (defect !== undefined) return failed(defect);
  if (!isRawRecord(json) || json['format'] !== 'spikeloom') {
    return failed(
      problem('document/not-spikeloom', 'This file is not a Spikeloom project.', {
        hint: 'Open a file whose name ends in .spikeloom.',
      }),
    );
  }
  const stated = versionsSchema.safeParse(json['versions'] ?? {});
  if (!stated.success) return failed(...schemaProblems(json, issuesBelow('versions', stated.error.issues)));
  return parseVersion(json, options);
}

function issuesBelow(key: string, issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
}

function parseVersion(json: RawRecord, options: ParseOptions): Result<OpenedDocument> {
  const versions = options.versions ?? currentVersions;
  const newer = newerSorts(json, versions);
  const migrated = migrate(json, options.migrations ?? releasedMigrations);
  const raw = newer.length > 0 ? migrated : { ...migrated, versions: { ...versions } };
  const parsed = parseRecords(raw);
  if (parsed.success) return checked(parsed.document, newer);
  const problems = schemaProblems(raw, parsed.issues);
  return newer.length > 0 ? tooNew(newer, problems) : failed(...problems);
}

function checked(document: SpikeloomDocument, newer: readonly string[]): Result<OpenedDocument> {
  const found = inconsistencies(document);
  if (found.some((each) => each.severity === 'error')) return failed(...found);
  const warnings = newer.length > 0 ? [newerWarning(newer), ...found] : found;
  return ok({ document, readOnly: newer.length > 0, problems: warnings }, warnings);
}

/** Record sorts of the raw document that are newer than this version knows, or that it does not know at all. */
function newerSorts(raw: RawRecord, known: Readonly<Record<string, number>>): string[] {
  return Object.entries(versionsOf(raw)).flatMap(([sort, version]) => (version > (known[sort] ?? 0) ? [sort] : []));
}

function newerWarning(sorts: readonly string[]): Problem {
  return problem(
    'document/newer',
    `This project was written by a newer version of Spikeloom (newer: ${sorts.slice(0, 8).join(', ')}). It is open read-only.`,
    {
      severity: 'warning',
      hint: 'Update Spikeloom to change and save it.',
    },
  );
}

function tooNew(sorts: readonly string[], problems: readonly Problem[]): Failed {
  return failed(
    problem(
      'document/newer',
      `This project was written by a newer version of Spikeloom (newer: ${sorts.slice(0, 8).join(', ')}) and has parts that this version cannot read.`,
      {
        hint: 'Update Spikeloom to open it.',
      },
    ),
    ...problems,
  );
}
