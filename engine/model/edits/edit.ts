/** Edit: any change of a document as data. The only way in which an open document changes. */
import type { z } from '../../base/schema.ts';
import { connectionEdits } from './connection-edits.ts';
import { documentEdits } from './document-edits.ts';
import { elementEdits } from './element-edits.ts';
import { noteEdits } from './note-edits.ts';
import { plotEdits } from './plot-edits.ts';
import { probeEdits } from './probe-edits.ts';

/** Every sort of edit by its type. */
export const editKinds = {
  ...elementEdits,
  ...connectionEdits,
  ...probeEdits,
  ...plotEdits,
  ...noteEdits,
  ...documentEdits,
} as const;

type EditKinds = typeof editKinds;
export type EditType = keyof EditKinds;

/** One change; `type` tells which. */
export type SingleEdit = { [Type in EditType]: z.infer<EditKinds[Type]['schema']> }[EditType];

/** Several changes that are done and undone as one. */
export interface BatchEdit {
  readonly type: 'batch';
  /** What the history shows; without it the label of the first edit. */
  readonly label?: string;
  readonly edits: readonly SingleEdit[];
}

export type Edit = SingleEdit | BatchEdit;

/** Several edits as one; batches inside are flattened. */
export function batch(edits: readonly Edit[], label?: string): BatchEdit {
  const flat = edits.flatMap((edit) => (edit.type === 'batch' ? edit.edits : [edit]));
  return { type: 'batch', edits: flat, ...(label === undefined ? {} : { label }) };
}

/** The edits that an edit consists of. */
export function singleEdits(edit: Edit): readonly SingleEdit[] {
  return edit.type === 'batch' ? edit.edits : [edit];
}

/**
 * Edits of one gesture (a drag, a slider) with equal keys become one entry of the history. Undefined for edits that
 * always stand alone.
 */
export function mergeKey(edit: Edit): string | undefined {
  const keys = singleEdits(edit).map((each) => {
    const kind = editKinds[each.type] as { mergeKey?(edit: SingleEdit): string };
    return kind.mergeKey === undefined ? undefined : `${each.type} ${kind.mergeKey(each)}`;
  });
  return keys.includes(undefined) ? undefined : keys.join('; ');
}
