/** The multi-spike tempotron in its simplified form: weights follow how eligible their inputs are and how often cells spike (Gütig 2016, Science 351:aab4113; Rockpool 1.0.7 train_mst_simple). */
import { createMatrix, type Matrix } from '../math/matrix.ts';

/** Time constants of a layer with exponential synapses, in seconds, one of each per cell. */
export interface PotentialConstants {
  readonly tauMem: Float64Array;
  readonly tauSyn: Float64Array;
}

/**
 * Response of the membranes to an input spike of weight 1 A at time 0, resting at 0 V, membrane resistance 1 Ω:
 * τs/(τs − τm) · (e^(−t/τs) − e^(−t/τm)), and its limit t/τ · e^(−t/τ) where both are the same; rows by times (seconds).
 */
export function potentialKernel(times: Float64Array, { tauMem, tauSyn }: PotentialConstants): Matrix {
  const cells = tauMem.length;
  const values = new Float64Array(times.length * cells);
  times.forEach((time, row) => {
    for (let cell = 0; cell < cells; cell += 1)
      values[row * cells + cell] = response(time, tauMem[cell] as number, tauSyn[cell] as number);
  });
  return createMatrix(times.length, cells, values);
}

function response(time: number, mem: number, syn: number): number {
  if (mem === syn) return (time / syn) * Math.exp(-time / syn);
  return (syn / (syn - mem)) * (Math.exp(-time / syn) - Math.exp(-time / mem));
}

export interface TempotronRules {
  /** Size of a change, in amperes. */
  readonly lambda: number;
  /** Part of the inputs that is changed. */
  readonly eligibilityRatio: number;
  readonly momentum: number;
  /**
   * As Rockpool 1.0.7 does it: eligibilities are summed over all cells, and of M inputs those changed are the M − 1 − k
   * most eligible with k = ⌊ratio · M⌋. Else each cell has eligibilities of its own and k inputs are changed.
   */
  readonly asReleased: boolean;
}

/** What the layer did in a batch. */
export interface TempotronBatch {
  readonly constants: PotentialConstants;
  readonly restingPotentials: Float64Array;
  readonly inputCount: number;
  /** Input events that count: times in seconds, and their channels. */
  readonly events: { readonly times: ArrayLike<number>; readonly channels: ArrayLike<number> };
  /** Recorded membranes [times, cells] with their times. */
  readonly potentials: ArrayLike<number>;
  readonly potentialTimes: Float64Array;
  readonly outputCounts: ArrayLike<number>;
  readonly targetCounts: ArrayLike<number>;
}

/** The change of the weights [inputs, cells] by a batch; `before` is that of the batch before, undefined for the first. */
export function tempotronChange(
  batch: TempotronBatch,
  rules: TempotronRules,
  before: Float64Array | undefined,
): Float64Array {
  const cells = batch.restingPotentials.length;
  const { inputCount } = batch;
  const eligibilities = eligibilitiesOf(batch);
  const change = new Float64Array(inputCount * cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const wanted = Math.sign((batch.targetCounts[cell] as number) - (batch.outputCounts[cell] as number));
    const own = (input: number): number => eligibilities[input * cells + cell] as number;
    const pooled = (input: number): number => rowSum(eligibilities, input, cells);
    for (const input of chosenInputs(inputCount, rules, rules.asReleased ? pooled : own))
      change[input * cells + cell] = wanted * rules.lambda;
  }
  return before === undefined ? change : change.map((value, place) => value + rules.momentum * (before[place] ?? 0));
}

function rowSum(values: Float64Array, row: number, width: number): number {
  let sum = 0;
  for (let place = row * width; place < (row + 1) * width; place += 1) sum += values[place] as number;
  return sum;
}

/** The inputs that are changed: the most eligible ones; of equal ones the later. */
function chosenInputs(count: number, rules: TempotronRules, eligibility: (input: number) => number): readonly number[] {
  const k = Math.trunc(rules.eligibilityRatio * count);
  const chosen = Math.max(0, rules.asReleased ? count - 1 - k : k);
  const of = Float64Array.from({ length: count }, (_, input) => eligibility(input));
  const ascending = Array.from({ length: count }, (_, input) => input).sort(
    (left, right) => (of[left] as number) - (of[right] as number),
  );
  return ascending.slice(count - chosen);
}

/** Per input and cell: the sum over its events, and over all records from then on, of kernel · distance from rest. */
function eligibilitiesOf(batch: TempotronBatch): Float64Array {
  const { constants, restingPotentials, inputCount, events, potentials, potentialTimes } = batch;
  const cells = restingPotentials.length;
  const found = new Float64Array(inputCount * cells);
  for (let event = 0; event < events.times.length; event += 1) {
    const since = events.times[event] as number;
    const place = (events.channels[event] as number) * cells;
    const first = potentialTimes.findIndex((time) => time >= since);
    if (first < 0) continue;
    const kernel = potentialKernel(
      potentialTimes.subarray(first).map((time) => time - since),
      constants,
    );
    for (let at = 0; at < kernel.values.length; at += 1) {
      const cell = at % cells;
      const distance = (potentials[first * cells + at] as number) - (restingPotentials[cell] as number);
      found[place + cell] = (found[place + cell] as number) + (kernel.values[at] as number) * distance;
    }
  }
  return found;
}
