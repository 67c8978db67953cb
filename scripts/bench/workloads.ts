/** The workloads: which project of assets/examples each runs. */

export interface Workload {
  readonly id: string;
  /** Name of the project's file in assets/examples. */
  readonly example: string;
  readonly title: string;
  /** Simulated milliseconds. */
  readonly milliseconds: number;
  /** Repeats, of which the best counts. */
  readonly repeats: number;
}

/** Large ones are repeated less. */
export const workloads: readonly Workload[] = [
  {
    id: 'W1',
    example: 'vogels-abbott',
    title: 'Vogels–Abbott, 4,000 conductance-based cells',
    milliseconds: 1000,
    repeats: 5,
  },
  { id: 'W2a', example: 'brunel', title: 'Brunel, 10,000 cells, 100 inputs each', milliseconds: 1000, repeats: 3 },
  {
    id: 'W2b',
    example: 'brunel-dense',
    title: 'Brunel, 12,500 cells, 1,250 inputs each',
    milliseconds: 1000,
    repeats: 3,
  },
  {
    id: 'W2c',
    example: 'brunel-large',
    title: 'Brunel, 100,000 cells, 100 inputs each',
    milliseconds: 1000,
    repeats: 3,
  },
  {
    id: 'W3',
    example: 'rate-reservoir',
    title: '1,000 tanh units, dense, 20,000 steps',
    milliseconds: 20000,
    repeats: 3,
  },
  {
    id: 'W4',
    example: 'lif-reservoir',
    title: '1,000 LIF cells, dense, 10,000 steps',
    milliseconds: 10000,
    repeats: 5,
  },
  {
    id: 'W5',
    example: 'adex-cells',
    title: '10,000 uncoupled AdEx cells, 10,000 steps',
    milliseconds: 1000,
    repeats: 5,
  },
];
