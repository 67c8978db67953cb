/** The goals: how fast each workload has to be against which peer. */

/** A ratio of times between two rows: the peer's over ours. */
export interface Goal {
  readonly workload: string;
  /** Label of the peer's row. */
  readonly peer: string;
  /** Smallest ratio, by the precision of our row. */
  readonly ratio: Readonly<Partial<Record<'f64' | 'f32', number>>>;
  /** What is compared: the run alone, build and run together, or the most memory held. Default `run`. */
  readonly of?: 'run' | 'build and run' | 'memory';
}

const brianOne = 'brian2-cpp.1';

export const goals: readonly Goal[] = [
  { workload: 'W1', peer: `W1.${brianOne}`, ratio: { f64: 1.6, f32: 4 } },
  { workload: 'W1', peer: 'W1.nest.1', ratio: { f64: 40, f32: 100 } },
  { workload: 'W2a', peer: `W2a.${brianOne}`, ratio: { f64: 5, f32: 8 } },
  { workload: 'W2a', peer: 'W2a.nest.1', ratio: { f64: 20, f32: 30 } },
  { workload: 'W2b', peer: `W2b.${brianOne}`, ratio: { f64: 5, f32: 8 } },
  { workload: 'W2b', peer: 'W2b.nest.1', ratio: { f64: 20, f32: 30 } },
  { workload: 'W2c', peer: `W2c.${brianOne}`, ratio: { f64: 1 }, of: 'build and run' },
  { workload: 'W2c', peer: 'W2c.nest.1', ratio: { f64: 1 }, of: 'build and run' },
  { workload: 'W2c', peer: `W2c.${brianOne}`, ratio: { f64: 1 }, of: 'memory' },
  { workload: 'W2c', peer: 'W2c.nest.1', ratio: { f64: 1 }, of: 'memory' },
  { workload: 'W3', peer: 'W3.numpy-f64', ratio: { f64: 0.95 } },
  { workload: 'W3', peer: 'W3.numpy-f32', ratio: { f32: 0.95 } },
  { workload: 'W3', peer: 'W3.reservoirpy', ratio: { f64: 1.1 } },
  { workload: 'W3', peer: 'W3.rockpool-1.0.7-RecRateEuler', ratio: { f64: 1.3 } },
  { workload: 'W4', peer: `W4.${brianOne}`, ratio: { f64: 3.5, f32: 5.5 } },
  { workload: 'W4', peer: 'W4.reservoirpy', ratio: { f64: 22, f32: 33 } },
  { workload: 'W4', peer: 'W4.norse', ratio: { f64: 22, f32: 33 } },
  { workload: 'W5', peer: `W5.${brianOne}`, ratio: { f64: 1.25, f32: 3.3 } },
  { workload: 'W5', peer: 'W5.numba-f64.1', ratio: { f64: 1.25 } },
  { workload: 'W5', peer: 'W5.numba-f32.1', ratio: { f32: 1.8 } },
  { workload: 'W7', peer: 'W7.torch', ratio: { f32: 1 } },
  { workload: 'W7', peer: 'W7.norse', ratio: { f32: 1.3 } },
  { workload: 'W7', peer: 'W7.snntorch', ratio: { f32: 2 } },
  { workload: 'W7', peer: 'W7.jax', ratio: { f32: 0.5 } },
];

/** A greatest value of ours, against another of our rows or as it stands. */
export interface OwnGoal {
  readonly title: string;
  /** The row measured. */
  readonly workload: string;
  /** The row it is divided by; undefined = the figure itself, in milliseconds of build time. */
  readonly against?: string;
  readonly most: number;
}

export const ownGoals: readonly OwnGoal[] = [
  { title: 'W9 probes / headless', workload: 'W9.probes', against: 'W9.headless', most: 1.03 },
  { title: 'W9 page / headless', workload: 'W9.page', against: 'W9.headless', most: 1.1 },
  { title: 'edit a parameter to running (ms)', workload: 'edit.parameter', most: 20 },
  { title: 'edit an equation to running (ms)', workload: 'edit.equation', most: 50 },
];
