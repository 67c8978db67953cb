/** Migrations: older projects step by step into the present form, before the schema sees them. */
import type { currentVersions } from '../document.ts';

/** Raw data of a record, of any age, not validated. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** A record sort that has a version of its own. */
export type RecordSort = keyof typeof currentVersions;

/**
 * One step of one record sort from version `to − 1` to version `to`. Pure; leaves untouched what it does not know. A step of sort
 * `document` gets the whole raw document, any other sort each of its records.
 */
export interface Migration {
  /** `element/2-rename-tau`: sort, version and what it does. */
  readonly name: string;
  readonly sort: RecordSort;
  readonly to: number;
  migrate(record: RawRecord): RawRecord;
}

/** Order in which sorts are migrated: the whole first, then its records. */
const sortOrder: readonly RecordSort[] = ['document', 'element', 'connection', 'probe', 'view'];

/** Where the records of a sort live in the raw document. */
const groupOfSort = { element: 'elements', connection: 'connections', probe: 'probes' } as const;

/** Whether the value is a group of named values, as records are. */
export function isRawRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Versions of a raw document as they stand in it; a sort that is not told is of version 1. */
export function versionsOf(raw: RawRecord): Readonly<Record<string, number>> {
  const versions = isRawRecord(raw['versions']) ? raw['versions'] : {};
  const numbers = Object.entries(versions).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return Object.fromEntries(numbers);
}

/** The raw document after every migration that its versions lack. The version table itself stays as it is. */
export function migrate(raw: RawRecord, migrations: readonly Migration[]): RawRecord {
  const versions = versionsOf(raw);
  const due = sortOrder.flatMap((sort) =>
    migrations
      .filter((migration) => migration.sort === sort && migration.to > (versions[sort] ?? 1))
      .sort((left, right) => left.to - right.to),
  );
  return due.reduce(applyMigration, raw);
}

function applyMigration(raw: RawRecord, migration: Migration): RawRecord {
  const { sort } = migration;
  if (sort === 'document') return migration.migrate(raw);
  if (sort === 'view') return isRawRecord(raw['view']) ? { ...raw, view: migration.migrate(raw['view']) } : raw;
  const records = raw[groupOfSort[sort]];
  if (!isRawRecord(records)) return raw;
  const migrated = Object.entries(records).map(([id, record]) => [
    id,
    isRawRecord(record) ? migration.migrate(record) : record,
  ]);
  return { ...raw, [groupOfSort[sort]]: Object.fromEntries(migrated) };
}
