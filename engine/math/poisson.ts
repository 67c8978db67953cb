/** Poisson random numbers as a pure function of (key, step, index) and the mean. */
import { hash32 } from '../base/hash.ts';
import { streamKey, uniformAt } from '../base/random.ts';
import { exp } from './elementary.ts';
import { polynomial, type Lanes } from './lanes/lanes.ts';
import { numbers } from './lanes/numbers.ts';
import { logarithm } from './logarithm.ts';

/** Below this mean the counts are searched one after the other. */
export const searchedBelow = 10;
/** Difference between the keys of one draw and the next (odd, so that all differ). */
export const drawDistance = 0x85ebca6b;
/** Counts that a search may reach, far beyond what a mean below 10 gives. */
export const searchLimit = 200;

/** The key of the uniforms that the counts of stream `key` are made of. */
export function poissonKey(key: number): number {
  return streamKey(key, hash32('poisson'));
}

const keys = new Map<number, number>();

/**
 * Number of events with the given mean, of stream `key` at `step` and `index`. Exact for every mean to the resolution of the uniforms
 * (2^−52): sequential search below a mean of 10, else Hörmann's transformed rejection PTRS (Insurance: Mathematics and
 * Economics 12, 1993). Draw d of one number is the uniform at (step, index) of key + d·drawDistance. 0 for a mean ≤ 0, NaN for NaN.
 */
export function poissonAt(key: number, step: number, index: number, mean: number): number {
  const derived = keys.get(key) ?? poissonKey(key);
  keys.set(key, derived);
  if (!(mean > 0) || mean === Infinity) return mean === mean ? Math.max(mean, 0) : mean;
  const draw = (number: number): number => uniformAt((derived + Math.imul(number, drawDistance)) >>> 0, step, index);
  if (mean < searchedBelow) return searchCount(mean, draw(0));
  for (let number = 0; ; number += 2) {
    const attempt = attemptCount(numbers, mean, draw(number), draw(number + 1));
    if (attempt.accepted) return attempt.count;
  }
}

/** The smallest count whose cumulated probability reaches u. */
function searchCount(mean: number, u: number): number {
  let probability = exp(-mean);
  let sum = probability;
  let count = 0;
  while (sum < u && count < searchLimit) {
    count += 1;
    probability = (probability * mean) / count;
    sum += probability;
  }
  return count;
}

/** One attempt of PTRS with two uniforms, for mean ≥ 10. */
export function attemptCount<V, M, I>(
  l: Lanes<V, M, I>,
  mean: V,
  u: V,
  v: V,
): { readonly count: V; readonly accepted: M } {
  const c = (value: number): V => l.constant(value);
  const b = l.add(c(0.931), l.multiply(c(2.53), l.squareRoot(mean)));
  const a = l.add(c(-0.059), l.multiply(c(0.02483), b));
  const inverseAlpha = l.add(c(1.1239), l.divide(c(1.1328), l.subtract(b, c(3.4))));
  const limit = l.subtract(c(0.9277), l.divide(c(3.6224), l.subtract(b, c(2))));
  const centred = l.subtract(u, c(0.5));
  const edge = l.subtract(c(0.5), l.absolute(centred));
  const width = l.add(l.divide(l.add(a, a), edge), b);
  const count = l.floor(l.add(l.multiply(width, centred), l.add(mean, c(0.43))));
  const inside = l.and(l.lessEqual(c(0.07), edge), l.lessEqual(v, limit));
  const outside = l.or(l.less(count, c(0)), l.and(l.less(edge, c(0.013)), l.less(edge, v)));
  const scale = l.add(l.divide(a, l.multiply(edge, edge)), b);
  const left = logarithm(l, l.divide(l.multiply(v, inverseAlpha), scale));
  const possible = l.larger(count, c(0));
  const right = l.subtract(
    l.subtract(l.multiply(possible, logarithm(l, mean)), mean),
    logarithmOfFactorial(l, possible),
  );
  return { count, accepted: l.or(inside, l.and(l.not(outside), l.lessEqual(left, right))) };
}

/** log k! by Stirling's series for (k + 8)!, divided by the eight factors; k ≥ 0. */
function logarithmOfFactorial<V, M, I>(l: Lanes<V, M, I>, k: V): V {
  let factors = l.add(k, l.constant(1));
  for (let factor = 2; factor <= 8; factor += 1) factors = l.multiply(factors, l.add(k, l.constant(factor)));
  const n = l.add(k, l.constant(8));
  const inverse = l.divide(l.constant(1), n);
  const series = polynomial(l, l.multiply(inverse, inverse), [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188]);
  const lead = l.subtract(l.multiply(l.add(n, l.constant(0.5)), logarithm(l, n)), n);
  const whole = l.add(l.add(lead, l.constant(0.9189385332046728)), l.multiply(inverse, series));
  return l.subtract(whole, logarithm(l, factors));
}
