/** What every sort of edit has: its form, its effect, its label, and how edits of a gesture merge. */
import { problem } from '../../base/problem.ts';
import type { Problem } from '../../base/problem.ts';
import type { z } from '../../base/schema.ts';
import { arrayDefect, arrayName } from '../arrays.ts';
import type { ArrayRecord, SpikeloomDocument } from '../document.ts';
import { findRecord } from '../records.ts';

/** The schema of an edit: an object with its `type`. */
type EditSchema = z.ZodType<{ readonly type: string }>;

export interface EditKind<Schema extends EditSchema> {
  readonly schema: Schema;
  /** Changes the draft of the document in place; lists are replaced, never changed inside. A Problem undoes the whole edit. */
  change(draft: SpikeloomDocument, edit: z.infer<Schema>): Problem | undefined;
  /** What the history shows, in people's words; `document` is the one before the edit. */
  label(document: SpikeloomDocument, edit: z.infer<Schema>): string;
  /** Two edits of one gesture with equal keys are one entry of the history. Without it an edit never merges. */
  mergeKey?(edit: z.infer<Schema>): string;
}

/** Gives a kind its types. */
export function editKind<Schema extends EditSchema>(kind: EditKind<Schema>): EditKind<Schema> {
  return kind;
}

/** The Problem of an edit that refers to what is not there; `what` is `element`. */
export function notThere(what: string, id: string): Problem {
  return problem('edit/impossible', `The ${what} that this edit changes is not in the project any more.`, {
    at: { element: id },
  });
}

/** The Problem of an edit that adds what is there. */
export function alreadyThere(what: string, id: string): Problem {
  return problem('edit/impossible', `The ${what} that this edit adds is already in the project.`, {
    at: { element: id },
  });
}

/** The first id that the records lack, as a Problem. */
export function firstMissing(
  records: Readonly<Record<string, unknown>>,
  ids: readonly string[],
  what: string,
): Problem | undefined {
  const missing = ids.find((id) => !Object.hasOwn(records, id));
  return missing === undefined ? undefined : notThere(what, missing);
}

/** Adds the arrays that an edit brings; an array that is there already stays. */
export function addArrays(draft: SpikeloomDocument, arrays: readonly ArrayRecord[] = []): Problem | undefined {
  for (const array of arrays) {
    const defect = arrayDefect(array);
    if (defect !== undefined)
      return problem('document/invalid', `The array ${arrayName(array)} is damaged: ${defect}.`);
    const present = findRecord(draft.arrays, array.id);
    if (present !== undefined && present.base64 !== array.base64) return alreadyThere('array', array.id);
    draft.arrays[array.id] ??= array;
  }
  return undefined;
}
