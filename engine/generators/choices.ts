/** Choices at random among few or many: shuffles, and numbers chosen with given weights. */
import type { UniformSource } from '../base/random.ts';

/** A whole number below `count`, each equally likely. */
export function chooseBelow(count: number, uniform: UniformSource): number {
  return Math.floor(uniform.next() * count);
}

/** The numbers in random order, every order equally likely (Fisher and Yates). In place. */
export function shuffle<T extends Float64Array | Int32Array>(values: T, uniform: UniformSource): T {
  for (let place = values.length - 1; place > 0; place -= 1) {
    const other = chooseBelow(place + 1, uniform);
    const kept = values[place] as number;
    values[place] = values[other] as number;
    values[other] = kept;
  }
  return values;
}

/** 0 … count − 1 in random order. */
export function shuffledNumbers(count: number, uniform: UniformSource): Int32Array {
  return shuffle(
    Int32Array.from({ length: count }, (_, index) => index),
    uniform,
  );
}

/** One place of `weights` with a probability in proportion to its weight; `total` is their sum, which must not be 0. */
export function chooseWeighted(weights: ArrayLike<number>, total: number, uniform: UniformSource): number {
  let left = uniform.next() * total;
  let last = 0;
  for (let place = 0; place < weights.length; place += 1) {
    const weight = weights[place] as number;
    if (weight <= 0) continue;
    last = place;
    left -= weight;
    if (left < 0) return place;
  }
  return last;
}

/**
 * `count` places, each chosen in proportion to the weights that are left: with `repeated`, all of them every time; without,
 * those not chosen yet (there must be as many places whose weight is not 0).
 */
export function chooseSeveral(
  weights: Float64Array,
  count: number,
  repeated: boolean,
  uniform: UniformSource,
): readonly number[] {
  const left = weights.slice();
  const chosen: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const place = chooseWeighted(left, sumOf(left), uniform);
    chosen.push(place);
    if (!repeated) left[place] = 0;
  }
  return chosen;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
