/** Standard normal random numbers as a pure function of (key, step, index). */
import { hash32 } from '../base/hash.ts';
import { streamKey, uniformAt } from '../base/random.ts';
import { polynomial, wholeShift, type Lanes } from './lanes/lanes.ts';
import { numbers } from './lanes/numbers.ts';
import { logarithmOfNormal } from './logarithm.ts';

const purpose = hash32('normal');
let lastKey = -1;
let lastDerived = 0;

/** The key of the uniforms that the normals of stream `key` are made of. */
export function normalKey(key: number): number {
  if (key !== lastKey) {
    lastKey = key;
    lastDerived = streamKey(key, purpose);
  }
  return lastDerived;
}

/**
 * Standard normal number of stream `key` at `step` and `index`, after Box and Muller (Ann. Math. Stat. 29, 1958): with u and v the
 * uniforms at indices 2i and 2i + 1 of a stream derived from `key`, √(−2 log u)·cos 2πv at index 2i and √(−2 log u)·sin 2πv at 2i + 1.
 * Uniforms and normals drawn from one key are independent.
 */
export function normalAt(key: number, step: number, index: number): number {
  const derived = normalKey(key);
  const first = uniformAt(derived, step, (index & -2) >>> 0);
  const second = uniformAt(derived, step, (index | 1) >>> 0);
  return normalOfUniforms(numbers, first, second, (index & 1) === 0 ? 0.25 : 0);
}

/** Fills `into` with the standard normals of stream `key` at step 0 and the indices from `first`, an even number: `normalAt`, the two of a pair at once. */
export function fillNormals(key: number, into: Float64Array, first: number): void {
  const derived = normalKey(key);
  for (let place = 0; place < into.length; place += 2) {
    const radius = radiusOf(numbers, uniformAt(derived, 0, first + place));
    const turns = uniformAt(derived, 0, first + place + 1);
    into[place] = radius * sineOfTurns(numbers, turns + 0.25);
    // Beyond the end of an odd length nothing is written.
    into[place + 1] = radius * sineOfTurns(numbers, turns);
  }
}

/** √(−2 log u)·sin 2π(v + shift), with a shift of 1/4 for the cosine. */
export function normalOfUniforms<V, M, I>(l: Lanes<V, M, I>, u: V, v: V, shift: V): V {
  return l.multiply(radiusOf(l, u), sineOfTurns(l, l.add(v, shift)));
}

function radiusOf<V, M, I>(l: Lanes<V, M, I>, u: V): V {
  return l.squareRoot(l.multiply(logarithmOfNormal(l, u), l.constant(-2)));
}

/** (−1)^k·(2π)^(2k + 1)/(2k + 1)!, k = 0…10. */
const sineOfTurnsSeries = [
  6.283185307179586, -41.34170224039976, 81.60524927607506, -76.70585975306139, 42.058693944897655, -15.09464257682299,
  3.819952584848282, -0.7181223017785006, 0.10422916220813984, -0.012031585942120627, 0.0011309237482517963,
];

/** sin 2πt for 0 ≤ t < 2 to 2^−51 of 1. */
function sineOfTurns<V, M, I>(l: Lanes<V, M, I>, t: V): V {
  const shifted = l.add(l.add(t, t), l.constant(wholeShift));
  const half = l.multiply(l.subtract(shifted, l.constant(wholeShift)), l.constant(0.5));
  const r = l.subtract(t, half);
  const sine = l.multiply(r, polynomial(l, l.multiply(r, r), sineOfTurnsSeries));
  return l.negateIfOdd(sine, l.integerIn(shifted));
}
