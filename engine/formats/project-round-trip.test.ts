/** Save and load is the identity: any document comes back the same from every form it has on disk. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetOf } from '../base/budget.test-support.ts';
import { expectOk } from '../base/result.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { anyDocument } from '../model/testing/any-document.test-support.ts';
import { projectFromFiles, projectToFiles, projectToJson, readProject, writeProject } from './project.ts';

const { rounds, check } = budgetOf('documents');

const forms: Readonly<Record<string, (document: SpikeloomDocument) => ReturnType<typeof readProject>>> = {
  archive: (document) => readProject(writeProject(document)),
  'JSON text': (document) => readProject(new TextEncoder().encode(projectToJson(document))),
  'files of the folder': (document) => projectFromFiles(projectToFiles(document)),
};

it(
  `${rounds} documents come back unchanged from archive, JSON text and the files of the folder`,
  { timeout: 0 },
  () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = JSON.stringify(document);
        for (const [form, through] of Object.entries(forms)) {
          const opened = expectOk(through(document));
          expect(opened.readOnly, form).toBe(false);
          expect(opened.document, form).toStrictEqual(document);
          expect(JSON.stringify(opened.document), form).toBe(text);
        }
      }),
      check,
    );
  },
);

it('a document written again has the same bytes', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const bytes = writeProject(document);
      const again = writeProject(expectOk(readProject(bytes)).document);
      expect(Buffer.compare(bytes, again)).toBe(0);
    }),
    { ...check, numRuns: Math.ceil(rounds / 10) },
  );
});
