/** A promise of reliability: what is held, by which tests, with which figure. */

/** A test that keeps a promise. */
export interface KeepingTest {
  readonly file: string;
  /** Title of the test or of the group it stands in, as written in the file. */
  readonly title: string;
}

export interface ReliabilityPromise {
  /** Number in the list of promises: `P9`. */
  readonly id: string;
  readonly promise: string;
  /** What is done to keep it honest, and what came out. */
  readonly figure: string;
  readonly tests: readonly KeepingTest[];
  /** What stays open. */
  readonly open?: string;
}
