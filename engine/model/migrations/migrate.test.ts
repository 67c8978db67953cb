/** Migrations: order, reach, gaps. That every released version opens: history/history.test.ts. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { currentVersions } from '../document.ts';
import { parseDocument, parseDocumentText } from '../parse-document.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { beforeSteps, steps, stepVersions } from './steps.test-support.ts';

describe('migrations (D4)', () => {
  it('go the whole first, then each record step by step', () => {
    const sample = readFileSync(new URL('../history/document-v1.json', import.meta.url), 'utf8');
    const expected = expectOk(parseDocumentText(sample)).document;
    const old = beforeSteps(expected);
    const opened = expectOk(parseDocument(old, { versions: stepVersions, migrations: steps }));
    expect(opened).toEqual({ document: { ...expected, versions: stepVersions }, readOnly: false, problems: [] });
  });

  it('apply only the steps that a record lacks', () => {
    const raw = { versions: { element: 2 }, elements: { a: { label: 'A', title: 'stays' }, b: 7 } };
    expect(migrate(raw, steps)).toEqual({
      versions: { element: 2 },
      elements: { a: { name: 'A', title: 'stays' }, b: 7 },
    });
  });

  it('leave their input untouched and change nothing when none is due', () => {
    const raw = Object.freeze({ versions: { ...stepVersions }, elements: Object.freeze({}) });
    expect(migrate(raw, steps)).toEqual(raw);
  });

  it('lead without a gap from version 1 to the current version of every sort', () => {
    for (const [sort, version] of Object.entries(currentVersions)) {
      const reached = migrations.filter((step) => step.sort === sort).map((step) => step.to);
      expect(reached, sort).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 2));
    }
  });
});
