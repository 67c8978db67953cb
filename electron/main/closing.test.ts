/** Closing rules: no way out loses work unasked, and none keeps the window against the person's will. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClosingState } from '../../engine/platform/host.ts';
import { answerMilliseconds, createClosing, nextClosing } from './closing.ts';
import type { ClosingEvent, ClosingStep, LeavingChoice } from './closing.ts';

const clean: ClosingState = { name: 'Net', unsaved: false, pending: false };
const unsaved: ClosingState = { ...clean, unsaved: true };
const pending: ClosingState = { ...clean, pending: true };

describe('rules', () => {
  const rows: readonly (readonly [ClosingStep, ClosingEvent, ClosingStep, string | undefined])[] = [
    ['open', { kind: 'close' }, 'asked', 'ask'],
    ['asked', { kind: 'answered', state: clean }, 'closed', 'destroy'],
    ['asked', { kind: 'answered', state: unsaved }, 'choosing', 'offerSave'],
    ['asked', { kind: 'answered', state: pending }, 'choosing', 'offerSave'],
    ['asked', { kind: 'silence' }, 'warned', 'warn'],
    ['asked', { kind: 'close' }, 'asked', undefined],
    ['warned', { kind: 'decided', close: true }, 'closed', 'destroy'],
    ['warned', { kind: 'decided', close: false }, 'open', undefined],
    ['warned', { kind: 'answered', state: unsaved }, 'warned', undefined],
    ['choosing', { kind: 'chosen', choice: 'save' }, 'saving', 'save'],
    ['choosing', { kind: 'chosen', choice: 'discard' }, 'closed', 'destroy'],
    ['choosing', { kind: 'chosen', choice: 'cancel' }, 'open', undefined],
    ['choosing', { kind: 'close' }, 'choosing', undefined],
    ['saving', { kind: 'saved', saved: true }, 'closed', 'destroy'],
    ['saving', { kind: 'saved', saved: false }, 'open', undefined],
    ['asked', { kind: 'pageGone' }, 'closed', 'destroy'],
    ['warned', { kind: 'pageGone' }, 'closed', 'destroy'],
    ['choosing', { kind: 'pageGone' }, 'open', undefined],
    ['saving', { kind: 'pageGone' }, 'open', undefined],
  ];
  it.each(rows)('%s, %j → %s', (step, event, next, action) => {
    expect(nextClosing(step, event)).toEqual(action === undefined ? { step: next } : { step: next, action });
  });

  it('events that come at no time they are waited for change nothing', () => {
    const steps: ClosingStep[] = ['open', 'asked', 'warned', 'choosing', 'saving', 'closed'];
    const events: ClosingEvent[] = [
      { kind: 'answered', state: unsaved },
      { kind: 'silence' },
      { kind: 'decided', close: true },
      { kind: 'chosen', choice: 'discard' },
      { kind: 'saved', saved: true },
    ];
    const waitedFor = new Set(rows.map(([step, { kind }]) => `${step} ${kind}`));
    for (const step of steps)
      for (const event of events)
        if (!waitedFor.has(`${step} ${event.kind}`)) expect(nextClosing(step, event)).toEqual({ step });
  });

  it('unsaved work is never closed over but by the word of the person', () => {
    const silent = rows.filter(([, event, next]) => next === 'closed' && event.kind === 'answered');
    expect(silent.map(([, event]) => event)).toEqual([{ kind: 'answered', state: clean }]);
  });
});

describe('a window that closes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function closing(choice: LeavingChoice = 'cancel', wait = true) {
    const done: string[] = [];
    const run = createClosing({
      ask: () => void done.push('ask'),
      save: () => void done.push('save'),
      async warn() {
        done.push('warn');
        return !wait;
      },
      async offerSave({ name }) {
        done.push(`offer ${name}`);
        return choice;
      },
      destroy: () => void done.push('destroy'),
    });
    return { run, done };
  }

  it('with nothing to save closes at once', async () => {
    const { run, done } = closing();
    run.tell({ kind: 'close' });
    run.tell({ kind: 'answered', state: clean });
    await vi.advanceTimersByTimeAsync(10 * answerMilliseconds);
    expect(done).toEqual(['ask', 'destroy']);
  });

  it('saves when the person says so, and stays when that fails', async () => {
    const { run, done } = closing('save');
    run.tell({ kind: 'close' });
    run.tell({ kind: 'answered', state: unsaved });
    await vi.advanceTimersByTimeAsync(0);
    run.tell({ kind: 'saved', saved: false });
    run.tell({ kind: 'close' });
    run.tell({ kind: 'answered', state: unsaved });
    await vi.advanceTimersByTimeAsync(0);
    run.tell({ kind: 'saved', saved: true });
    expect(done).toEqual(['ask', 'offer Net', 'save', 'ask', 'offer Net', 'save', 'destroy']);
  });

  it('stays after Cancel and asks again the next time', async () => {
    const { run, done } = closing('cancel');
    for (const _ of [1, 2]) {
      run.tell({ kind: 'close' });
      run.tell({ kind: 'answered', state: unsaved });
      await vi.advanceTimersByTimeAsync(10 * answerMilliseconds);
    }
    expect(done).toEqual(['ask', 'offer Net', 'ask', 'offer Net']);
  });

  it('whose page does not answer in two seconds asks whether to wait, not sooner', async () => {
    const { run, done } = closing('cancel', false);
    run.tell({ kind: 'close' });
    await vi.advanceTimersByTimeAsync(answerMilliseconds - 1);
    expect(done).toEqual(['ask']);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['ask', 'warn', 'destroy']);
  });

  it('that waits stays open, and a late answer closes nothing', async () => {
    const { run, done } = closing('discard', true);
    run.tell({ kind: 'close' });
    await vi.advanceTimersByTimeAsync(answerMilliseconds);
    run.tell({ kind: 'answered', state: clean });
    await vi.advanceTimersByTimeAsync(10 * answerMilliseconds);
    expect(done).toEqual(['ask', 'warn']);
  });
});
