/** Run meter: real-time factor, steps per second and spike rates over the last second. */
import type { Program } from '../build/program.ts';

/** Speed is measured over this much wall time, rates over as much simulated time. */
const windowMilliseconds = 1000;
/** Marks closer than this tell nothing new. */
const markMilliseconds = 20;

interface Mark {
  readonly wall: number;
  readonly step: number;
  readonly spikes: ReadonlyMap<string, number>;
}

export interface RunMeter {
  /** Spikes of an element since the last call. */
  countSpikes(element: string, count: number): void;
  /** Notes where the run stands at wall time `now` (milliseconds). */
  mark(now: number, step: number): void;
  /** Forgets the past: the run was paused, reset or changed. */
  restart(now: number, step: number): void;
  stepsPerSecond(): number;
  /** Mean rate of each spiking element over the last second of simulated time, Hz per cell; of a batch that of all members. */
  rates(): Record<string, number>;
}

/** A meter for the program. */
export function createRunMeter(program: Program): RunMeter {
  let marks: Mark[] = [];
  const { members = 1 } = program;
  const totals = new Map<string, number>();
  const spiking = program.elements.filter(({ spikes }) => spikes !== undefined);
  const windowSteps = windowMilliseconds / 1000 / program.timeStepSeconds;

  /** Whether a later mark serves both windows as well, so that `mark` may go. */
  function outdated(next: Mark | undefined, now: Mark): boolean {
    return next !== undefined && now.wall - next.wall >= windowMilliseconds && now.step - next.step >= windowSteps;
  }

  /** The last mark and the one that the window reaches back to, if steps were executed between them. */
  function ends(inside: (mark: Mark, last: Mark) => boolean): readonly [Mark, Mark] | undefined {
    const last = marks.at(-1);
    if (last === undefined) return undefined;
    const first = marks[Math.max(0, marks.findIndex((mark) => inside(mark, last)) - 1)];
    return first === undefined || last.step === first.step ? undefined : [first, last];
  }

  return {
    countSpikes: (element, count) => void totals.set(element, (totals.get(element) ?? 0) + count),
    mark(now, step) {
      const fresh = { wall: now, step, spikes: new Map(totals) };
      // The last mark follows the run; it stays behind only when it is far enough from the one before.
      if (marks.length > 1 && (marks.at(-1) as Mark).wall - (marks.at(-2) as Mark).wall < markMilliseconds) marks.pop();
      marks.push(fresh);
      while (outdated(marks[1], fresh)) marks.shift();
    },
    restart(now, step) {
      marks = [{ wall: now, step, spikes: new Map(totals) }];
    },
    stepsPerSecond() {
      const range = ends((mark, last) => last.wall - mark.wall < windowMilliseconds);
      if (range === undefined) return 0;
      const [first, last] = range;
      return last.wall === first.wall ? 0 : ((last.step - first.step) / (last.wall - first.wall)) * 1000;
    },
    rates() {
      const range = ends((mark, last) => last.step - mark.step < windowSteps);
      if (range === undefined) return {};
      const [first, last] = range;
      const seconds = (last.step - first.step) * program.timeStepSeconds;
      const rate = (id: string, size: number): number =>
        ((last.spikes.get(id) ?? 0) - (first.spikes.get(id) ?? 0)) / seconds / Math.max(1, members * size);
      return Object.fromEntries(spiking.map(({ id, size }) => [id, rate(id, size)]));
    },
  };
}
