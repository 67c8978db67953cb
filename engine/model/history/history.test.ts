/** Old files: a sample of every format version ever written is kept byte for byte here, and all of them open (D4). */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../base/budget.test-support.ts';
import { expectOk } from '../../base/result.ts';
import { readProject } from '../../formats/project.ts';
import { looksLikeZip, readZip } from '../../formats/zip.ts';
import { currentVersions } from '../document.ts';
import { journalVersion, parseHeader } from '../journal-entries.ts';
import { beforeSteps, steps, stepVersions } from '../migrations/steps.test-support.ts';
import { migrate, type RawRecord } from '../migrations/migrate.ts';
import { migrations } from '../migrations/migrations.ts';
import { openJournal } from '../open-journal.ts';
import { parseDocument } from '../parse-document.ts';
import { anyDocument } from '../testing/any-document.test-support.ts';

const { rounds, check } = budgetOf('migrations');

const here = new URL('.', import.meta.url);
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, here));
const checksums = JSON.parse(bytesOf('samples.json').toString()) as Record<string, string>;
const samples = readdirSync(here).filter((name) => !name.endsWith('.test.ts') && name !== 'samples.json');
const projects = samples.filter((name) => /\.(json|spikeloom)$/.test(name));
const journals = samples.filter((name) => name.endsWith('.jsonl'));

/** Versions that the sample states, whatever else it looks like. */
function statedVersions(name: string): Record<string, number> {
  const bytes = new Uint8Array(bytesOf(name));
  const text = looksLikeZip(bytes)
    ? expectOk(readZip(bytes, { code: 'document/not-json' })).get('document.json')
    : bytes;
  return (JSON.parse(new TextDecoder().decode(text)) as { versions: Record<string, number> }).versions;
}

describe('samples of files ever written', () => {
  it('are kept byte for byte, each with its checksum', () => {
    const found = samples.map((name) => [name, createHash('sha256').update(bytesOf(name)).digest('hex')]);
    expect(Object.fromEntries(found)).toEqual(checksums);
  });

  it.each(projects)('%s opens, not read-only, in the present versions', (name) => {
    const opened = expectOk(readProject(new Uint8Array(bytesOf(name))));
    expect(opened.readOnly).toBe(false);
    expect(opened.document.versions).toEqual(currentVersions);
  });

  it.each(journals)('%s opens whole: document, undo and redo', (name) => {
    const lines = bytesOf(name).toString().trimEnd().split('\n');
    const { state, keptLines } = expectOk(openJournal(lines));
    expect(keptLines).toBe(lines.length);
    expect(state.items.map(({ label }) => label)).toEqual([
      'Rename the project to Grüße ✓',
      'Move Cells',
      'Set tau_mem of Cells to 12 ms',
      'Remove Noise',
    ]);
    expect(state.present).toBe(1);
    expect(state.document.name).toBe('Grüße ✓');
  });

  it('are there for every version of every record sort up to the present one', () => {
    expect(withoutSample(projects.map(statedVersions), currentVersions)).toEqual([]);
    const raised = { ...currentVersions, element: currentVersions.element + 1 };
    expect(withoutSample(projects.map(statedVersions), raised)).toEqual([`element ${raised.element}`]);
  });

  it('are there for every version of journals up to the present one', () => {
    const stated = journals.map((name) => expectOk(parseHeader(bytesOf(name).toString().split('\n')[0] ?? '')).version);
    const wanted = Array.from({ length: journalVersion }, (_, index) => index + 1);
    expect([...new Set(stated)].sort()).toEqual(wanted);
  });
});

/** Versions that no sample was written in. */
function withoutSample(stated: readonly Record<string, number>[], present: Readonly<Record<string, number>>): string[] {
  return Object.entries(present).flatMap(([sort, version]) =>
    Array.from({ length: version }, (_, index) => index + 1)
      .filter((each) => !stated.some((versions) => (versions[sort] ?? 1) === each))
      .map((each) => `${sort} ${each}`),
  );
}

/** Raw records of the version before, by the name of the migration that takes them on. */
const olderRecords: Readonly<Record<string, fc.Arbitrary<RawRecord>>> = {};

describe('migrations', () => {
  it('that were released have arbitrary records of the version before', () => {
    expect(migrations.map(({ name }) => name).filter((name) => !Object.hasOwn(olderRecords, name))).toEqual([]);
  });

  for (const migration of migrations) {
    it(`${migration.name}: ${rounds} older records are taken on, purely`, { timeout: 0 }, () => {
      fc.assert(
        fc.property(olderRecords[migration.name] as fc.Arbitrary<RawRecord>, (record) => {
          const before = JSON.stringify(record);
          const after = JSON.stringify(migration.migrate(record));
          expect(JSON.stringify(record)).toBe(before);
          expect(JSON.stringify(migration.migrate(record))).toBe(after);
        }),
        check,
      );
    });
  }

  it(
    `take ${rounds} documents of older versions to what they were made from, and touch nothing else`,
    { timeout: 0 },
    () => {
      fc.assert(
        fc.property(anyDocument, (document) => {
          const old = beforeSteps(document);
          const text = JSON.stringify(old);
          const opened = expectOk(parseDocument(old, { versions: stepVersions, migrations: steps }));
          expect(opened.readOnly).toBe(false);
          expect(opened.document).toEqual({ ...document, versions: stepVersions });
          expect(Object.keys(opened.document.elements)).toEqual(Object.keys(document.elements));
          expect(JSON.stringify(old)).toBe(text);
          // Going through twice, or from what is already new, changes nothing more.
          const again = { ...migrate(old, steps), versions: stepVersions };
          expect(migrate(again, steps)).toEqual(again);
        }),
        check,
      );
    },
  );
});
