import { describe, expect, it } from 'vitest';
import { createFollowClock, type KeptWindow } from './follow-clock.ts';
import { createValue } from './value.test-support.ts';
import { followWindow, panWindow, showRange, zoomWindow } from './window-change.ts';

function setting() {
  const window = createValue<KeptWindow>({ follow: true, spanSeconds: 1, toSeconds: 1 });
  const run = createValue({ running: false, reachedSeconds: 0 });
  const frames: (() => void)[] = [];
  const questions: ((seconds: number) => void)[] = [];
  const clock = createFollowClock({
    window,
    run,
    newest: () => new Promise((resolve) => questions.push(resolve)),
    nextFrame: (callback) => (frames.push(callback), () => undefined),
  });
  const heard: number[] = [];
  const stop = clock.subscribe(() => heard.push(clock.get().range.toSeconds));
  return { window, run, frames, questions, clock, heard, stop };
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe('the follow clock', () => {
  it('keeps the newest record at the right edge while running, asking once at a time', async () => {
    const { run, frames, questions, clock } = setting();
    run.set({ running: true, reachedSeconds: 3 });
    frames.shift()?.();
    frames.shift()?.();
    expect(questions).toHaveLength(1);
    questions.shift()?.(5);
    await settled();
    expect(clock.get()).toEqual({ follow: true, range: { fromSeconds: 4, toSeconds: 5 } });
  });

  it('tells those who listen, and rests when nobody does', async () => {
    const { run, frames, questions, heard, stop } = setting();
    run.set({ running: true, reachedSeconds: 3 });
    frames.shift()?.();
    questions.shift()?.(5);
    await settled();
    expect(heard).toEqual([5]);
    stop();
    frames.length = 0;
    run.set({ running: true, reachedSeconds: 6 });
    expect(frames).toHaveLength(0);
  });

  it('asks for no frames while nothing runs, and stands at the end that was reached', () => {
    const { run, frames, clock } = setting();
    run.set({ running: false, reachedSeconds: 2.5 });
    expect(frames).toHaveLength(0);
    expect(clock.get().range.toSeconds).toBe(2.5);
  });

  it('stands still when it does not follow', () => {
    const { window, run, clock } = setting();
    window.set({ follow: false, spanSeconds: 2, toSeconds: 7 });
    run.set({ running: false, reachedSeconds: 100 });
    expect(clock.get()).toEqual({ follow: false, range: { fromSeconds: 5, toSeconds: 7 } });
  });
});

describe('changes of the window', () => {
  const view = { follow: true, range: { fromSeconds: 8, toSeconds: 10 } };

  it('stop following when panned back and follow again when panned to the newest', () => {
    const back = panWindow(view, -3, 10);
    expect(back).toEqual({ follow: false, spanSeconds: 2, toSeconds: 7 });
    expect(panWindow({ follow: false, range: { fromSeconds: 5, toSeconds: 7 } }, 9, 10)).toEqual({
      follow: true,
      spanSeconds: 2,
      toSeconds: 10,
    });
  });

  it('zoom about the right edge while following', () => {
    expect(zoomWindow(view, 2, 8.5)).toEqual({ follow: true, spanSeconds: 4, toSeconds: 10 });
    expect(zoomWindow({ ...view, follow: false }, 0.5, 8)).toEqual({ follow: false, spanSeconds: 1, toSeconds: 9 });
  });

  it('follow when the stretch shown ends at the newest', () => {
    expect(showRange({ fromSeconds: 2, toSeconds: 10 }, 10).follow).toBe(true);
    expect(showRange({ fromSeconds: 2, toSeconds: 6 }, 10).follow).toBe(false);
    expect(followWindow({ follow: false, range: { fromSeconds: 2, toSeconds: 6 } })).toMatchObject({
      follow: true,
      spanSeconds: 4,
    });
  });
});
