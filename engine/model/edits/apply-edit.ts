/** Application of edits: the new document with the patches there and back. */
import { produce } from 'immer';
import { problem } from '../../base/problem.ts';
import type { Problem } from '../../base/problem.ts';
import { failed, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { z } from '../../base/schema.ts';
import type { SpikeloomDocument } from '../document.ts';
import { schemaProblems } from '../schema-problems.ts';
import { editKinds, singleEdits } from './edit.ts';
import type { Edit, SingleEdit } from './edit.ts';
import { differences } from './patches.ts';
import type { Patch } from './patches.ts';
import { withoutUnusedArrays } from './unused-arrays.ts';

/** What an edit did. */
export interface AppliedEdit {
  /** The same object as before when the edit changed nothing. */
  readonly document: SpikeloomDocument;
  /** From the old document to the new one; [] when the edit changed nothing. */
  readonly patches: readonly Patch[];
  /** Back again: the old document exactly, order of records included. */
  readonly inverse: readonly Patch[];
  /** What the history shows: `Move Reservoir`. */
  readonly label: string;
}

/** The table as seen with an edit of any type in hand. */
interface AnyEditKind {
  readonly schema: z.ZodType<SingleEdit>;
  change(draft: SpikeloomDocument, edit: SingleEdit): Problem | undefined;
  label(document: SpikeloomDocument, edit: SingleEdit): string;
}

function kindOf(edit: SingleEdit): AnyEditKind | undefined {
  return Object.hasOwn(editKinds, edit.type) ? (editKinds[edit.type] as unknown as AnyEditKind) : undefined;
}

/**
 * The document after the edit. Fails with `edit/invalid` (wrong form), `edit/impossible` (refers to what is not there,
 * adds what is there) or `document/invalid` (a damaged array); then nothing of the edit is done.
 */
export function applyEdit(document: SpikeloomDocument, edit: Edit): Result<AppliedEdit> {
  const checked = checkedEdits(edit);
  if (!checked.ok) return checked;
  let defect: Problem | undefined;
  const changed = produce(document, (draft) => {
    for (const { kind, edit: each } of checked.value) {
      defect ??= kind.change(draft, each);
    }
  });
  if (defect !== undefined) return failed(defect);
  const next = withoutUnusedArrays(document, changed);
  const patches = differences(document, next);
  const label = labelOf(document, edit, checked.value);
  if (patches.length === 0) return ok({ document, patches, inverse: [], label });
  return ok({ document: next, patches, inverse: differences(next, document), label });
}

interface CheckedEdit {
  readonly kind: AnyEditKind;
  readonly edit: SingleEdit;
}

function checkedEdits(edit: Edit): Result<CheckedEdit[]> {
  const checked: CheckedEdit[] = [];
  for (const each of singleEdits(edit)) {
    const kind = kindOf(each);
    if (kind === undefined) return failed(problem('edit/invalid', `There is no edit called ${each.type}.`));
    const parsed = kind.schema.safeParse(each);
    if (!parsed.success) {
      const reasons = schemaProblems(each, parsed.error.issues).map((found) =>
        found.message.replace('The project, ', ''),
      );
      return failed(problem('edit/invalid', `An edit of type ${each.type} is wrong. ${reasons.join(' ')}`));
    }
    checked.push({ kind, edit: parsed.data });
  }
  return ok(checked);
}

function labelOf(document: SpikeloomDocument, edit: Edit, checked: readonly CheckedEdit[]): string {
  if (edit.type === 'batch' && edit.label !== undefined) return edit.label;
  const [first] = checked;
  if (first === undefined) return 'Nothing';
  const label = first.kind.label(document, first.edit);
  return checked.length === 1 ? label : `${label} and ${checked.length - 1} more`;
}
