/** Follow clock: the window of time as shown now. While a run goes on its right edge moves with the newest record, once per frame. */
import type { TimeView } from './plot-services.ts';
import type { Readable } from './readable.ts';
import { following } from './time-range.ts';

/** The window as the session keeps it. */
export interface KeptWindow {
  readonly follow: boolean;
  readonly spanSeconds: number;
  readonly toSeconds: number;
}

export interface FollowSources {
  readonly window: Readable<KeptWindow>;
  /** State of the run and the simulated time it has reached. */
  readonly run: Readable<{ readonly running: boolean; readonly reachedSeconds: number }>;
  /** Time of the newest record, asked of the history; rejects while there is none. */
  newest(): Promise<number>;
  /** Schedules one callback for the next frame and returns how to call it off. */
  nextFrame(callback: () => void): () => void;
}

/** Runs while anybody listens. */
export interface FollowClock extends Readable<TimeView> {
  /** Time of the newest record as last heard. */
  newestSeconds(): number;
}

export function createFollowClock(sources: FollowSources): FollowClock {
  const listeners = new Set<() => void>();
  let newest = sources.run.get().reachedSeconds;
  let view = viewOf(sources.window.get(), newest);
  let asking = false;
  let stops: (() => void)[] = [];
  let callOff: (() => void) | undefined;

  const get = (): TimeView => {
    const { running, reachedSeconds } = sources.run.get();
    if (!running) newest = reachedSeconds;
    const next = viewOf(sources.window.get(), newest);
    if (!sameView(next, view)) view = next;
    return view;
  };
  const publish = (): void => {
    const before = view;
    if (get() === before) return;
    for (const listener of [...listeners]) listener();
  };
  const ask = (): void => {
    asking = true;
    const heard = sources.newest().catch(() => sources.run.get().reachedSeconds);
    void heard.then((seconds) => {
      newest = seconds;
      asking = false;
      publish();
    });
  };
  const tick = (): void => {
    if (!sources.run.get().running || listeners.size === 0) return;
    callOff ??= sources.nextFrame(() => {
      callOff = undefined;
      if (!asking) ask();
      tick();
    });
  };
  const runChanged = (): void => {
    tick();
    publish();
  };
  return {
    get,
    newestSeconds: () => newest,
    subscribe(listener) {
      if (listeners.size === 0) stops = [sources.window.subscribe(publish), sources.run.subscribe(runChanged)];
      listeners.add(listener);
      tick();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        for (const stop of stops) stop();
        callOff?.();
        callOff = undefined;
      };
    },
  };
}

function viewOf(window: KeptWindow, newest: number): TimeView {
  if (window.follow) return { follow: true, range: following(window.spanSeconds, newest) };
  const { toSeconds, spanSeconds } = window;
  return { follow: false, range: { fromSeconds: toSeconds - spanSeconds, toSeconds } };
}

function sameView(left: TimeView, right: TimeView): boolean {
  const { fromSeconds, toSeconds } = right.range;
  return left.follow === right.follow && left.range.fromSeconds === fromSeconds && left.range.toSeconds === toSeconds;
}
