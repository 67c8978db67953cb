/** Standard normal random numbers as a pure function of (key, step, index). */
import { hash32 } from '../base/hash.ts';
import { streamKey, uniformAt } from '../base/random.ts';
import { cos, log } from './elementary.ts';

const purpose = hash32('normal');
let lastKey = -1;
let lastDerived = 0;

/**
 * Standard normal number of stream `key` at `step` and `index` (0 ≤ index < 2^31), after Box and Muller (Ann. Math.
 * Stat. 29, 1958): √(−2 log u)·cos(2πv) with u and v the uniforms at indices 2i and 2i + 1 of a stream derived from `key`,
 * so that uniforms and normals drawn from one key are independent.
 */
export function normalAt(key: number, step: number, index: number): number {
  if (key !== lastKey) {
    lastKey = key;
    lastDerived = streamKey(key, purpose);
  }
  const radius = Math.sqrt(-2 * log(uniformAt(lastDerived, step, 2 * index)));
  return radius * cos(6.283185307179586 * uniformAt(lastDerived, step, 2 * index + 1));
}
