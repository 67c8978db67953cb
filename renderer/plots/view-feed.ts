/** View feed: asks the history for what a plot shows; one question in flight, at most one per frame (or as calm as wished), none while hidden. */
import type { Disposable } from '../../engine/base/disposable.ts';

export interface ViewFeed extends Disposable {
  /** Something changed (window, size, probes, or time went on): ask again at the next frame. */
  invalidate(): void;
  setVisible(visible: boolean): void;
}

export interface FeedOptions<View> {
  /** The question for the present state; undefined when there is nothing to ask. */
  ask(): Promise<View> | undefined;
  /** The answer to the last question. */
  show(view: View): void;
  failed?(reason: unknown): void;
  /** Schedules one callback for the next frame and returns how to call it off. */
  nextFrame?(callback: () => void): () => void;
}

export function createViewFeed<View>(options: FeedOptions<View>): ViewFeed {
  const nextFrame = options.nextFrame ?? animationFrame;
  let wanted = false;
  let inFlight = false;
  let visible = true;
  let ended = false;
  let callOff: (() => void) | undefined;

  const schedule = (): void => {
    if (!wanted || inFlight || !visible || ended || callOff !== undefined) return;
    callOff = nextFrame(() => {
      callOff = undefined;
      ask();
    });
  };
  const ask = (): void => {
    wanted = false;
    const answer = options.ask();
    if (answer === undefined) return;
    inFlight = true;
    answer
      .then(
        (view) => !ended && options.show(view),
        (reason: unknown) => !ended && options.failed?.(reason),
      )
      .finally(() => {
        inFlight = false;
        schedule();
      });
  };
  return {
    invalidate() {
      wanted = true;
      schedule();
    },
    setVisible(now) {
      visible = now;
      schedule();
    },
    dispose() {
      ended = true;
      callOff?.();
    },
  };
}

/** Frames that come at least so many milliseconds apart: for pictures that hardly change from frame to frame. */
export function calmFrames(
  milliseconds: number,
  nextFrame: (callback: (now: number) => void) => () => void = animationFrame,
): (callback: () => void) => () => void {
  let last = -Infinity;
  return (callback) => {
    let callOff: () => void;
    const wait = (): void => {
      callOff = nextFrame((now) => {
        if (now - last < milliseconds) return wait();
        last = now;
        callback();
      });
    };
    wait();
    return () => callOff();
  };
}

function animationFrame(callback: (now: number) => void): () => void {
  const handle = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(handle);
}
