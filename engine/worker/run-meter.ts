/** Run meter: real-time factor, steps per second and spike rates over the last second. */
import type { Program } from '../build/program.ts';

/** Measurements of wall milliseconds are kept this long. */
const windowMilliseconds = 1000;

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
  /** Mean rate of each spiking element over the window, Hz per cell. */
  rates(): Record<string, number>;
}

/** A meter for the program. */
export function createRunMeter(program: Program): RunMeter {
  let marks: Mark[] = [];
  const totals = new Map<string, number>();
  const spiking = program.elements.filter(({ spikes }) => spikes !== undefined);
  const ends = (): readonly [Mark, Mark] | undefined => {
    const [first] = marks;
    const last = marks[marks.length - 1];
    return first === undefined || last === undefined || last.step === first.step ? undefined : [first, last];
  };
  return {
    countSpikes: (element, count) => void totals.set(element, (totals.get(element) ?? 0) + count),
    mark(now, step) {
      marks.push({ wall: now, step, spikes: new Map(totals) });
      while (marks.length > 2 && now - (marks[0] as Mark).wall > windowMilliseconds) marks.shift();
    },
    restart(now, step) {
      marks = [{ wall: now, step, spikes: new Map(totals) }];
    },
    stepsPerSecond() {
      const range = ends();
      if (range === undefined) return 0;
      const [first, last] = range;
      return last.wall === first.wall ? 0 : ((last.step - first.step) / (last.wall - first.wall)) * 1000;
    },
    rates() {
      const range = ends();
      if (range === undefined) return {};
      const [first, last] = range;
      const seconds = (last.step - first.step) * program.timeStepSeconds;
      const rate = (id: string, size: number): number => ((last.spikes.get(id) ?? 0) - (first.spikes.get(id) ?? 0)) / seconds / Math.max(1, size);
      return Object.fromEntries(spiking.map(({ id, size }) => [id, rate(id, size)]));
    },
  };
}
