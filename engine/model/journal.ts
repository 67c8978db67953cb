/** Journal: the append-only log of commands as a state machine: unlimited undo and redo, visible history. Rules J1–J8 of SPEC.md. */
import { assert, defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { SpikeloomDocument } from './document.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { mergeKey } from './edits/edit.ts';
import type { Edit } from './edits/edit.ts';
import { applyPatches, differences } from './edits/patches.ts';
import type { Patch } from './edits/patches.ts';
import { journalVersion } from './journal-entries.ts';
import type { EditEntry, JournalEntry, JournalHeader } from './journal-entries.ts';
import { documentHash } from './model-hash.ts';

/** One step of the history: an edit, or all edits of a gesture. */
export interface HistoryItem {
  /** `seq` of its last entry in the journal; names the state after it. */
  readonly seq: number;
  readonly label: string;
  /** Milliseconds since 1970, of its last entry. */
  readonly time: number;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  readonly gesture: string | undefined;
  readonly mergeKey: string | undefined;
}

/** Where the journal stands. Immutable. */
export interface JournalState {
  readonly header: JournalHeader;
  /** The document now. */
  readonly document: SpikeloomDocument;
  /** What can be undone, then what can be redone. */
  readonly items: readonly HistoryItem[];
  /** How many items are done. */
  readonly present: number;
  readonly nextSeq: number;
  /** `seq` of the state that was last saved (0 = the beginning). */
  readonly savedSeq: number;
  /** The next edit starts an item of its own, whatever its gesture. */
  readonly sealed: boolean;
}

/** A new state with the entry that has to be appended to the journal for it. */
export interface Recorded {
  readonly state: JournalState;
  /** Undefined when nothing changed: then there is nothing to write. */
  readonly entry: JournalEntry | undefined;
}

export interface JournalOptions {
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Whether the header carries the document itself (default) or only its hash. */
  readonly embedBase?: boolean;
}

/** The journal of a document that was just made or opened. Its first line is `journalLine(state.header)`. */
export function createJournal(base: SpikeloomDocument, options: JournalOptions): JournalState {
  const { project, time, embedBase = true } = options;
  const head = {
    format: 'spikeloom-journal',
    version: journalVersion,
    project,
    baseHash: documentHash(base),
    time,
  } as const;
  return startState(embedBase ? { ...head, base } : head, base);
}

/** The state before the first entry. */
export function startState(header: JournalHeader, base: SpikeloomDocument): JournalState {
  return { header, document: base, items: [], present: 0, nextSeq: 1, savedSeq: 0, sealed: true };
}

export interface EditTiming {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** One id per drag or slider movement; edits that share it merge. */
  readonly gesture?: string;
}

/** Does an edit. Fails as `applyEdit` does; the state is then as before. */
export function recordEdit(state: JournalState, edit: Edit, timing: EditTiming): Result<Recorded> {
  const applied = applyEdit(state.document, edit);
  if (!applied.ok) return applied;
  const { document, patches, inverse, label } = applied.value;
  if (patches.length === 0) return ok({ state, entry: undefined }, applied.problems);
  const key = mergeKey(edit);
  const entry: EditEntry = {
    kind: 'edit',
    seq: state.nextSeq,
    time: timing.time,
    label,
    edit,
    patches: [...patches],
    inverse: [...inverse],
    ...(timing.gesture === undefined ? {} : { gesture: timing.gesture }),
    ...(key === undefined ? {} : { mergeKey: key }),
  };
  return ok({ state: withEdit(state, entry, document), entry }, applied.problems);
}

/** Undoes the last step; undefined when there is none. */
export function recordUndo(state: JournalState, time: number): Recorded | undefined {
  return state.present === 0 ? undefined : recorded(state, { kind: 'undo', seq: state.nextSeq, time });
}

/** Does the next undone step again; undefined when there is none. */
export function recordRedo(state: JournalState, time: number): Recorded | undefined {
  return state.present === state.items.length ? undefined : recorded(state, { kind: 'redo', seq: state.nextSeq, time });
}

/** Goes to the state after the history item `to` (its `seq`; 0 = the beginning); undefined when that is no item or the present. */
export function recordJump(state: JournalState, to: number, time: number): Recorded | undefined {
  const target = positionOf(state, to);
  if (target === undefined || target === state.present) return undefined;
  return recorded(state, { kind: 'jump', seq: state.nextSeq, time, to });
}

/** Notes that the document as it is now was saved. */
export function recordSaved(state: JournalState, time: number): Recorded {
  return recorded(state, { kind: 'saved', seq: state.nextSeq, time });
}

function recorded(state: JournalState, entry: JournalEntry): Recorded {
  const next = record(state, entry);
  assert(next.ok, 'a command made from the state does not fit it');
  return { state: next.value, entry };
}

/** The state after an entry of the journal. Fails with `journal/damaged` when the entry does not fit the state. */
export function record(state: JournalState, entry: JournalEntry): Result<JournalState> {
  if (entry.seq !== state.nextSeq) return misfit(entry);
  const next = successor(state, entry);
  return next === undefined ? misfit(entry) : ok(next);
}

function misfit(entry: JournalEntry): Result<never> {
  return failed(problem('journal/damaged', `Entry ${entry.seq} of the journal does not fit the one before it.`));
}

function successor(state: JournalState, entry: JournalEntry): JournalState | undefined {
  switch (entry.kind) {
    case 'edit': {
      const document = applyPatches(state.document, entry.patches);
      return document && leadsBack(document, entry, state.document) ? withEdit(state, entry, document) : undefined;
    }
    case 'undo':
      return goTo(state, state.present - 1);
    case 'redo':
      return goTo(state, state.present + 1);
    case 'jump':
      return goTo(state, positionOf(state, entry.to));
    case 'saved':
      return { ...state, nextSeq: state.nextSeq + 1, savedSeq: presentSeq(state), sealed: true };
  }
}

/** Whether the inverse undoes the entry exactly; entries come from files, and undo must never meet a wrong one. */
function leadsBack(after: SpikeloomDocument, entry: EditEntry, before: SpikeloomDocument): boolean {
  const back = applyPatches(after, entry.inverse);
  return back !== undefined && differences(back, before).length === 0;
}

/** `seq` of the item before which nothing is undone; 0 at the beginning. */
function presentSeq(state: JournalState): number {
  return state.items[state.present - 1]?.seq ?? 0;
}

function positionOf(state: JournalState, seq: number): number | undefined {
  if (seq === 0) return 0;
  const index = state.items.findIndex((item) => item.seq === seq);
  return index === -1 ? undefined : index + 1;
}

function goTo(state: JournalState, target: number | undefined): JournalState | undefined {
  if (target === undefined || target < 0 || target > state.items.length) return undefined;
  let document: SpikeloomDocument | undefined = state.document;
  for (let at = state.present; at !== target && document !== undefined; at += at < target ? 1 : -1) {
    const item = defined(state.items[at < target ? at : at - 1], 'a history item');
    document = applyPatches(document, at < target ? item.patches : item.inverse);
  }
  return document && { ...state, document, present: target, nextSeq: state.nextSeq + 1, sealed: true };
}

/** The state with an edit done; what was undone before is no longer part of the history, but stays in the journal. */
function withEdit(state: JournalState, entry: EditEntry, document: SpikeloomDocument): JournalState {
  const done = state.items.slice(0, state.present);
  const last = done.at(-1);
  const items =
    last !== undefined && merges(state, last, entry) ? merged(state, done, entry, document) : [...done, itemOf(entry)];
  return { ...state, document, items, present: items.length, nextSeq: state.nextSeq + 1, sealed: false };
}

function itemOf(entry: EditEntry): HistoryItem {
  const { seq, label, time, patches, inverse, gesture, mergeKey: key } = entry;
  return { seq, label, time, patches, inverse, gesture, mergeKey: key };
}

function merges(state: JournalState, last: HistoryItem, entry: EditEntry): boolean {
  if (state.sealed || entry.gesture === undefined || entry.mergeKey === undefined) return false;
  return last.gesture === entry.gesture && last.mergeKey === entry.mergeKey;
}

/** The gesture so far as one item; none at all when it came back to where it began. */
function merged(
  state: JournalState,
  done: readonly HistoryItem[],
  entry: EditEntry,
  document: SpikeloomDocument,
): HistoryItem[] {
  const last = defined(done.at(-1), 'the item to merge with');
  const before = defined(applyPatches(state.document, last.inverse), 'an inverse fits the state it was made for');
  const patches = differences(before, document);
  const earlier = done.slice(0, -1);
  if (patches.length === 0) return earlier;
  return [...earlier, { ...itemOf(entry), patches, inverse: differences(document, before) }];
}

/** What the history panel shows. */
export interface History {
  readonly items: readonly { readonly seq: number; readonly label: string; readonly time: number }[];
  /** How many of the items are done; the rest can be redone. */
  readonly present: number;
}

/** The visible history: done steps, then undone ones. */
export function history(state: JournalState): History {
  return { items: state.items.map(({ seq, label, time }) => ({ seq, label, time })), present: state.present };
}

/** Whether the document differs from what was last saved (or opened). */
export function isChanged(state: JournalState): boolean {
  return presentSeq(state) !== state.savedSeq;
}
