/** The journal: undo and redo over everything, restarts, gestures, damage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Edit } from './edits/edit.ts';
import {
  createJournal,
  history,
  isChanged,
  record,
  recordEdit,
  recordJump,
  recordRedo,
  recordSaved,
  recordUndo,
} from './journal.ts';
import type { JournalState, Recorded } from './journal.ts';
import { journalLine } from './journal-entries.ts';
import { createEmptyDocument } from './new-document.ts';
import { openJournal } from './open-journal.ts';
import { sampleDocument } from './testing/fake-document.test-support.ts';
import { editFor, intents } from './testing/random-edits.test-support.ts';
import type { Intent } from './testing/random-edits.test-support.ts';

const start = () => createJournal(sampleDocument(), { project: 'p1', time: 0 });
const rename = (name: string): Edit => ({ type: 'document.rename', name });
const move = (x: number): Edit => ({ type: 'element.move', positions: { el_cells: { x, y: 0 } } });

/** A session: states passed through, and the lines a host would have written. */
class Session {
  readonly first: JournalState;
  readonly states: JournalState[];
  readonly lines: string[];
  constructor(first: JournalState = start()) {
    this.first = first;
    this.states = [first];
    this.lines = [journalLine(first.header)];
  }
  now(): JournalState {
    return defined(this.states.at(-1), 'a state');
  }
  take(recorded: Recorded | undefined): this {
    if (recorded?.entry === undefined) return this;
    this.states.push(recorded.state);
    this.lines.push(journalLine(recorded.entry));
    return this;
  }
  edit(edit: Edit, gesture?: string): this {
    return this.take(
      expectOk(
        recordEdit(this.now(), edit, { time: this.lines.length, ...(gesture === undefined ? {} : { gesture }) }),
      ),
    );
  }
  undo = () => this.take(recordUndo(this.now(), 1));
  redo = () => this.take(recordRedo(this.now(), 1));
  names = () => history(this.now()).items.map((item) => item.label);
}

/** A session of random edits, undos, redos and savings. */
function randomSession(sequence: readonly Intent[]): Session {
  const session = new Session();
  for (const intent of sequence) {
    const choice = (intent.numbers[0] as number) % 8;
    if (choice === 0) session.undo();
    else if (choice === 1) session.redo();
    else if (choice === 2) session.take(recordSaved(session.now(), 5));
    else {
      const edit = editFor(session.now().document, intent);
      const recorded =
        edit && recordEdit(session.now(), edit, { time: 5, gesture: choice < 5 ? 'drag' : `g${session.lines.length}` });
      if (recorded?.ok) session.take(recorded.value);
    }
  }
  return session;
}

describe('undo and redo', () => {
  it('go back to the first and forward to the last document, to the byte (J1)', () => {
    fc.assert(
      fc.property(intents(40), (sequence) => {
        const session = randomSession(sequence);
        const [first, last] = [session.first.document, session.now()];
        const done = last.present;
        for (let step = 0; step < done; step += 1) session.undo();
        expect(session.now().document).toEqual(first);
        expect(JSON.stringify(session.now().document)).toBe(JSON.stringify(first));
        expect(canonicalJson(session.now().document)).toBe(canonicalJson(first));
        expect(recordUndo(session.now(), 0)).toBeUndefined();
        for (let step = 0; step < done; step += 1) session.redo();
        expect(JSON.stringify(session.now().document)).toBe(JSON.stringify(last.document));
      }),
      { numRuns: 150 },
    );
  });

  it('jump to any point of the history (J2)', () => {
    const session = new Session().edit(rename('A')).edit(rename('B')).edit(rename('C'));
    const jump = (to: number) => session.take(defined(recordJump(session.now(), to, 0), 'a jump')).now();
    expect(jump(1).document.name).toBe('A');
    expect(jump(3).document.name).toBe('C');
    expect(jump(0).document).toEqual(session.first.document);
    expect(history(session.now())).toEqual({
      items: ['A', 'B', 'C'].map((name, index) => ({
        seq: index + 1,
        label: `Rename the project to ${name}`,
        time: index + 1,
      })),
      present: 0,
    });
    expect(recordJump(session.now(), 0, 0)).toBeUndefined();
    expect(recordJump(session.now(), 99, 0)).toBeUndefined();
  });

  it('forget undone steps at the next edit, while the journal keeps them (J3)', () => {
    const session = new Session().edit(rename('A')).edit(rename('B')).undo().edit(rename('C'));
    expect(session.names()).toEqual(['Rename the project to A', 'Rename the project to C']);
    expect(recordRedo(session.now(), 0)).toBeUndefined();
    expect(session.lines.length).toBe(5);
  });

  it('leave the state alone when an edit is refused or changes nothing (J4)', () => {
    const session = new Session();
    expect(recordEdit(session.now(), { type: 'plot.remove', id: 'pl_gone' }, { time: 0 }).ok).toBe(false);
    expect(expectOk(recordEdit(session.now(), rename('Test'), { time: 0 }))).toEqual({
      state: session.now(),
      entry: undefined,
    });
  });
});

describe('gestures (J5)', () => {
  it('are one step of the history and one undo', () => {
    const session = new Session().edit(rename('A'));
    for (let x = 1; x <= 50; x += 1) session.edit(move(x * 3), 'drag 1');
    session.edit(move(400), 'drag 2');
    expect(session.names()).toEqual(['Rename the project to A', 'Move Cells', 'Move Cells']);
    expect(session.undo().now().document.view.positions['el_cells']).toEqual({ x: 150, y: 0 });
    expect(session.undo().now().document.view.positions['el_cells']).toEqual({ x: 200, y: 0 });
    expect(session.redo().now().document.view.positions['el_cells']).toEqual({ x: 150, y: 0 });
  });

  it('end with an undo or a saving, and leave nothing when they come back to their start', () => {
    const ended = new Session().edit(move(1), 'g').take(undefined);
    ended.take(recordSaved(ended.now(), 0)).edit(move(2), 'g').undo();
    expect(ended.now().document.view.positions['el_cells']).toEqual({ x: 1, y: 0 });
    expect(isChanged(ended.now())).toBe(false);
    const back = new Session().edit(move(1), 'g').edit(move(200), 'g');
    expect(back.names()).toEqual([]);
    expect(isChanged(back.now())).toBe(false);
  });

  it('do not merge without a gesture, nor different edits of one', () => {
    expect(new Session().edit(move(1)).edit(move(2)).names().length).toBe(2);
    expect(new Session().edit(move(1), 'g').edit(rename('B'), 'g').names().length).toBe(2);
  });
});

describe('saving (J6)', () => {
  it('is unchanged at the saved state, however it is reached', () => {
    const session = new Session().edit(rename('A'));
    expect(isChanged(session.now())).toBe(true);
    session.take(recordSaved(session.now(), 0));
    expect(isChanged(session.now())).toBe(false);
    expect(isChanged(session.undo().now())).toBe(true);
    expect(isChanged(session.redo().now())).toBe(false);
    session.undo().edit(rename('B'));
    expect(isChanged(session.now())).toBe(true);
  });
});

describe('restart (J7)', () => {
  it('rebuilds exactly the state, undo and redo included', () => {
    fc.assert(
      fc.property(intents(30), (sequence) => {
        const session = randomSession(sequence);
        const opened = openJournal(session.lines);
        expect(opened.problems).toEqual([]);
        expect(expectOk(opened)).toEqual({ state: session.now(), keptLines: session.lines.length });
      }),
      { numRuns: 100 },
    );
  });

  it('takes the document from the project file when the header has only its hash', () => {
    const base = sampleDocument();
    const session = new Session(createJournal(base, { project: 'p', time: 0, embedBase: false })).edit(rename('A'));
    expect(session.lines[0]).not.toContain('elements');
    expect(expectOk(openJournal(session.lines, base)).state).toEqual(session.now());
    const other = openJournal(session.lines, createEmptyDocument('Other'));
    expect(other.problems.map((found) => found.code)).toEqual(['journal/mismatch']);
    expect(openJournal(session.lines).ok).toBe(false);
  });
});

describe('damage (J8)', () => {
  const session = new Session()
    .edit(rename('Grüße ✓'))
    .edit(move(7), 'g')
    .edit(move(9), 'g')
    .undo()
    .redo()
    .edit({ type: 'element.remove', ids: ['el_cells'] });
  const text = `${session.lines.join('\n')}\n`;

  it('loses at most the last command when the file is cut at any byte', () => {
    const bytes = new TextEncoder().encode(text);
    const ends = session.lines.map(
      (_, line) => new TextEncoder().encode(session.lines.slice(0, line + 1).join('\n')).length,
    );
    for (let cut = defined(ends[0], 'the header'); cut <= bytes.length; cut += 1) {
      const opened = openJournal(new TextDecoder().decode(bytes.slice(0, cut)).split('\n'));
      const whole = ends.filter((end) => end <= cut).length;
      expect(expectOk(opened).keptLines).toBe(whole);
      expect(expectOk(opened).state).toEqual(session.states[whole - 1]);
      const torn = cut > defined(ends[whole - 1], 'an end') + 1;
      expect(opened.problems.map((found) => found.message)).toEqual(
        torn ? ['The last command was not completely written and is lost.'] : [],
      );
    }
  });

  it('keeps what stands before a damaged line and tells what is lost', () => {
    const damaged = session.lines.map((line, index) => (index === 2 ? line.replace('"replace"', '"remplace"') : line));
    const opened = openJournal(damaged);
    expect(expectOk(opened)).toEqual({ state: session.states[1], keptLines: 2 });
    expect(opened.problems).toMatchObject([
      {
        code: 'journal/damaged',
        severity: 'warning',
        message: 'The journal of edits is damaged; its last 5 commands are lost.',
      },
    ]);
  });

  it('refuses entries out of order, twice, or that do not fit', () => {
    const [header, first, second] = session.lines as [string, string, string];
    expect(expectOk(openJournal([header, second])).keptLines).toBe(1);
    expect(expectOk(openJournal([header, first, first])).keptLines).toBe(2);
    expect(expectOk(openJournal([header, JSON.stringify({ kind: 'undo', seq: 1, time: 0 })])).keptLines).toBe(1);
    expect(record(session.first, { kind: 'jump', seq: 1, time: 0, to: 5 }).problems).toMatchObject([
      { code: 'journal/damaged' },
    ]);
  });

  it('refuses journals without header, of newer form, or that lead to no project', () => {
    const [header = '', first = ''] = session.lines;
    const codes = (lines: readonly string[]) => openJournal(lines).problems.map((found) => found.code);
    expect(codes([])).toEqual(['journal/damaged', 'journal/damaged']);
    expect(codes(['{}', first])).toEqual(['journal/damaged', 'journal/damaged']);
    expect(codes([header.replace('"version":1', '"version":2')])).toEqual(['journal/damaged', 'journal/mismatch']);
    expect(codes([header.replace('"Test"', '"Tost"')])).toEqual(['journal/mismatch']);
    expect(codes([header.replace('"format":"spikeloom"', '"format":"other"')])).toEqual([
      'journal/damaged',
      'document/not-spikeloom',
    ]);
    expect(codes([header, first.replaceAll('"Grüße ✓"', '5')])).toEqual(['journal/damaged']);
  });

  it('never throws, whatever letter of a line is changed', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 2 }), (at, inserted) => {
        const opened = openJournal((text.slice(0, at) + inserted + text.slice(at + 1)).split('\n'));
        if (opened.ok) expect(opened.value.keptLines).toBeGreaterThan(0);
        else expect(opened.problems.some((found) => found.severity === 'error')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
