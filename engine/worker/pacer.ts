/** Pacer: how many steps are due, so that simulated time keeps pace with wall time without hurrying after a stall. */

/** A run that fell behind by more than this starts to count anew. */
const mostLagMilliseconds = 250;

export interface Pacer {
  /** Simulated seconds per wall second; null = as fast as possible. */
  setSpeed(speed: number | null, now: number, step: number): void;
  /** Counts from here: after start, pause or reset. */
  restart(now: number, step: number): void;
  /** Steps due at wall time `now` (milliseconds), given `step` were executed; Infinity when unpaced. */
  due(now: number, step: number): number;
}

/** A pacer for steps of the given length. */
export function createPacer(timeStepSeconds: number, initialSpeed: number | null): Pacer {
  let speed = initialSpeed;
  let [startWall, startStep] = [0, 0];
  return {
    setSpeed(next, now, step) {
      speed = next;
      startWall = now;
      startStep = step;
    },
    restart(now, step) {
      startWall = now;
      startStep = step;
    },
    due(now, step) {
      if (speed === null) return Number.POSITIVE_INFINITY;
      const stepsPerMillisecond = speed / 1000 / timeStepSeconds;
      const wanted = startStep + (now - startWall) * stepsPerMillisecond;
      if (wanted - step > Math.max(2, mostLagMilliseconds * stepsPerMillisecond)) {
        startWall = now;
        startStep = step;
        return Math.max(1, Math.floor(stepsPerMillisecond));
      }
      return Math.floor(wanted - step);
    },
  };
}
