/** Undo and redo against a model: any sequence of edits, gestures, undos, redos, jumps and savings does what a plain list of documents does (J1–J7). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { budgetOf } from '../base/budget.test-support.ts';
import { expectOk } from '../base/result.ts';
import type { SpikeloomDocument } from './document.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { mergeKey, type Edit } from './edits/edit.ts';
import { createJournal, isChanged, recordEdit, recordJump, recordRedo, recordSaved, recordUndo } from './journal.ts';
import type { JournalState, Recorded } from './journal.ts';
import { journalLine } from './journal-entries.ts';
import { openJournal } from './open-journal.ts';
import { sampleDocument } from './testing/fake-document.test-support.ts';
import { anyIntent, editFor, type Intent } from './testing/random-edits.test-support.ts';

const { rounds, check } = budgetOf('undo-sequences');
const commandsEach = 30;

type Command =
  | { readonly do: 'edit'; readonly intent: Intent; readonly gesture: string | undefined }
  | { readonly do: 'undo' | 'redo' | 'save' | 'reopen' }
  | { readonly do: 'jump'; readonly to: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      intent: anyIntent,
      gesture: fc.constantFrom(undefined, undefined, 'drag', 'slide'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('save' as const, 'reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), to: fc.nat(40) }) },
);

/** A document as bytes: order of records included. */
const text = (document: SpikeloomDocument): string => JSON.stringify(document);

/** A step of the history as people understand it: how it can merge, and the document after it. */
interface Step {
  readonly merge: string | undefined;
  readonly after: SpikeloomDocument;
}

/** What the journal should be: a list of documents and a finger on one of them. */
class Expected {
  steps: Step[] = [];
  present = 0;
  /** The place in the history that was saved last. */
  saved: Step | 'start' = 'start';
  private sealed = true;
  readonly start: SpikeloomDocument;
  constructor(start: SpikeloomDocument) {
    this.start = start;
  }
  step(): Step | 'start' {
    return this.steps[this.present - 1] ?? 'start';
  }
  document(): SpikeloomDocument {
    return this.steps[this.present - 1]?.after ?? this.start;
  }
  edit(edit: Edit, gesture: string | undefined): boolean {
    const applied = applyEdit(this.document(), edit);
    if (!applied.ok || applied.value.patches.length === 0) return false;
    const key = mergeKey(edit);
    const merge = gesture === undefined || key === undefined ? undefined : `${gesture} ${key}`;
    this.append({ merge, after: applied.value.document });
    return true;
  }
  append(step: Step): void {
    const done = this.steps.slice(0, this.present);
    const merges = !this.sealed && step.merge !== undefined && done.at(-1)?.merge === step.merge;
    if (merges) done.pop();
    const isBack = merges && text(done.at(-1)?.after ?? this.start) === text(step.after);
    this.steps = isBack ? done : [...done, step];
    this.present = this.steps.length;
    this.sealed = false;
  }
  go(target: number): boolean {
    if (target < 0 || target > this.steps.length) return false;
    this.present = target;
    this.sealed = true;
    return true;
  }
  save(): void {
    this.saved = this.step();
    this.sealed = true;
  }
}

/** The journal beside the model. */
class Session {
  state: JournalState;
  readonly lines: string[];
  readonly expected: Expected;
  constructor(start: SpikeloomDocument) {
    this.state = createJournal(start, { project: 'p', time: 0 });
    this.lines = [journalLine(this.state.header)];
    this.expected = new Expected(start);
  }
  /** Takes what was recorded; tells whether there was anything. */
  take(recorded: Recorded | undefined): boolean {
    if (recorded?.entry === undefined) return false;
    this.state = recorded.state;
    this.lines.push(journalLine(recorded.entry));
    return true;
  }
  run(each: Command): void {
    const { expected, state } = this;
    switch (each.do) {
      case 'edit':
        return this.edit(each.intent, each.gesture);
      case 'undo':
        return expect(this.take(recordUndo(state, 1))).toBe(expected.go(expected.present - 1));
      case 'redo':
        return expect(this.take(recordRedo(state, 1))).toBe(expected.go(expected.present + 1));
      case 'jump':
        return this.jump(each.to % (expected.steps.length + 1));
      case 'save':
        this.take(recordSaved(state, 1));
        return expected.save();
      case 'reopen':
        return this.reopen();
    }
  }
  edit(intent: Intent, gesture: string | undefined): void {
    const edit = editFor(this.state.document, intent);
    if (edit === undefined) return;
    const recorded = recordEdit(this.state, edit, { time: 1, ...(gesture === undefined ? {} : { gesture }) });
    expect(recorded.ok && this.take(recorded.value)).toBe(this.expected.edit(edit, gesture));
  }
  jump(target: number): void {
    const seq = target === 0 ? 0 : defined(this.state.items[target - 1], 'a step').seq;
    const moved = this.take(recordJump(this.state, seq, 1));
    expect(moved).toBe(target !== this.expected.present);
    if (moved) this.expected.go(target);
  }
  /** The program is started anew: everything comes from the lines. */
  reopen(): void {
    const opened = expectOk(openJournal(this.lines));
    expect(opened.keptLines).toBe(this.lines.length);
    expect(opened.state).toEqual(this.state);
    this.state = opened.state;
  }
  compare(): void {
    const { expected, state } = this;
    expect(text(state.document)).toBe(text(expected.document()));
    expect([state.items.length, state.present]).toEqual([expected.steps.length, expected.present]);
    expect(isChanged(state)).toBe(expected.step() !== expected.saved);
  }
}

it(
  `${rounds} sequences of ${commandsEach} commands do what a list of documents does, and go back and forth to the byte`,
  { timeout: 0 },
  () => {
    let undone = 0;
    fc.assert(
      fc.property(fc.array(command, { minLength: commandsEach, maxLength: commandsEach }), (commands) => {
        const session = new Session(sampleDocument());
        for (const each of commands) {
          session.run(each);
          session.compare();
        }
        const { steps, start } = session.expected;
        session.reopen();
        while (session.state.present > 0) {
          session.run({ do: 'undo' });
          session.compare();
          undone += 1;
        }
        expect(text(session.state.document)).toBe(text(start));
        for (const { after } of steps) {
          session.run({ do: 'redo' });
          expect(text(session.state.document)).toBe(text(after));
        }
        expect(recordRedo(session.state, 1)).toBeUndefined();
        session.reopen();
      }),
      check,
    );
    expect(undone, 'the sequences do something').toBeGreaterThan(rounds);
  },
);
