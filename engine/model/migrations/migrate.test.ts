/** Migrations: order, reach, and every released version still opening. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { currentVersions } from '../document.ts';
import { parseDocument, parseDocumentText } from '../parse-document.ts';
import { migrate } from './migrate.ts';
import type { Migration, RawRecord } from './migrate.ts';
import { migrations } from './migrations.ts';

const history = new URL('../history/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, history), 'utf8');

const rename =
  (from: string, to: string) =>
  (record: RawRecord): RawRecord => {
    const { [from]: value, ...rest } = record;
    return value === undefined ? record : { ...rest, [to]: value };
  };

/** Twice changed elements, one changed view, a document whose groups were called otherwise. */
const steps: readonly Migration[] = [
  { name: 'element/3-label-to-name', sort: 'element', to: 3, migrate: rename('label', 'name') },
  { name: 'element/2-title-to-label', sort: 'element', to: 2, migrate: rename('title', 'label') },
  { name: 'view/2-panels-to-plots', sort: 'view', to: 2, migrate: rename('panels', 'plots') },
  { name: 'document/2-nodes-to-elements', sort: 'document', to: 2, migrate: rename('nodes', 'elements') },
];
const versions = { ...currentVersions, document: 2, element: 3, view: 2 };

function old(sample: string): RawRecord {
  const { elements, view, ...rest } = JSON.parse(sample) as { elements: Record<string, RawRecord>; view: RawRecord };
  const nodes = Object.fromEntries(
    Object.entries(elements).map(([id, record]) => [id, rename('name', 'title')(record)]),
  );
  return { ...rest, nodes, view: rename('plots', 'panels')(view) };
}

describe('migrations (D4)', () => {
  it('go the whole first, then each record step by step', () => {
    const sample = read('document-v1.json');
    const opened = expectOk(parseDocument(old(sample), { versions, migrations: steps }));
    const expected = expectOk(parseDocumentText(sample)).document;
    expect(opened).toEqual({ document: { ...expected, versions }, readOnly: false, problems: [] });
  });

  it('apply only the steps that a record lacks', () => {
    const raw = { versions: { element: 2 }, elements: { a: { label: 'A', title: 'stays' }, b: 7 } };
    expect(migrate(raw, steps)).toEqual({
      versions: { element: 2 },
      elements: { a: { name: 'A', title: 'stays' }, b: 7 },
    });
  });

  it('leave their input untouched and change nothing when none is due', () => {
    const raw = Object.freeze({ versions: { ...versions }, elements: Object.freeze({}) });
    expect(migrate(raw, steps)).toEqual(raw);
  });

  it('lead without a gap from version 1 to the current version of every sort', () => {
    for (const [sort, version] of Object.entries(currentVersions)) {
      const reached = migrations.filter((step) => step.sort === sort).map((step) => step.to);
      expect(reached, sort).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 2));
    }
  });

  it('open a project of every released version', () => {
    const samples = readdirSync(history).filter((name) => name.endsWith('.json'));
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) {
      const opened = expectOk(parseDocumentText(read(sample)));
      expect(opened.readOnly, sample).toBe(false);
      expect(opened.document.versions).toEqual(currentVersions);
    }
  });
});
