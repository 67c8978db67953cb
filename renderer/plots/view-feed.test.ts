import { describe, expect, it } from 'vitest';
import { calmFrames, createViewFeed } from './view-feed.ts';

interface Setting {
  readonly frames: (() => void)[];
  readonly answers: ((view: number) => void)[];
  readonly shown: number[];
}

function newSetting(): Setting & { feed: ReturnType<typeof createViewFeed> } {
  const setting: Setting = { frames: [], answers: [], shown: [] };
  const feed = createViewFeed<number>({
    ask: () => new Promise((resolve) => setting.answers.push(resolve)),
    show: (view) => setting.shown.push(view),
    nextFrame: (callback) => {
      setting.frames.push(callback);
      return () => setting.frames.splice(setting.frames.indexOf(callback), 1);
    },
  });
  return { ...setting, feed };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe('a view feed', () => {
  it('asks once per frame however often it is invalidated', () => {
    const { feed, frames, answers } = newSetting();
    for (let time = 0; time < 100; time++) feed.invalidate();
    expect(frames).toHaveLength(1);
    frames.shift()?.();
    expect(answers).toHaveLength(1);
  });

  it('never has two questions in flight, and asks again after the answer when something changed meanwhile', async () => {
    const { feed, frames, answers, shown } = newSetting();
    feed.invalidate();
    frames.shift()?.();
    feed.invalidate();
    expect(frames).toHaveLength(0);
    answers.shift()?.(7);
    await settled();
    expect(shown).toEqual([7]);
    expect(frames).toHaveLength(1);
  });

  it('is quiet while hidden and catches up when shown', () => {
    const { feed, frames } = newSetting();
    feed.setVisible(false);
    feed.invalidate();
    expect(frames).toHaveLength(0);
    feed.setVisible(true);
    expect(frames).toHaveLength(1);
  });

  it('drops an answer that comes after its end', async () => {
    const { feed, frames, answers, shown } = newSetting();
    feed.invalidate();
    frames.shift()?.();
    feed.dispose();
    answers.shift()?.(1);
    await settled();
    expect(shown).toEqual([]);
  });
});

describe('calm frames', () => {
  it('leave out frames that come too soon, and can be called off', () => {
    const frames: ((now: number) => void)[] = [];
    const nextFrame = calmFrames(100, (callback) => {
      frames.push(callback);
      return () => frames.splice(frames.indexOf(callback), 1);
    });
    let now = 0;
    const called: number[] = [];
    const frameAt = (milliseconds: number): void => {
      now = milliseconds;
      frames.shift()?.(now);
    };
    nextFrame(() => called.push(now));
    frameAt(10);
    expect(called).toEqual([10]);
    nextFrame(() => called.push(now));
    for (const time of [26, 60, 109, 110]) frameAt(time);
    expect(called).toEqual([10, 110]);
    const callOff = nextFrame(() => called.push(now));
    frameAt(126);
    callOff();
    expect(frames).toHaveLength(0);
  });
});
