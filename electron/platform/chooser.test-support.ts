/** Choices by chance that come back with the same seed. */
import { createUniformSource, streamKey } from '../../engine/base/random.ts';
import type { Choose } from './memory-disk.test-support.ts';

/** Choices of `round` of a test with this seed. */
export function createChoose(seed: number, round: number): Choose {
  const source = createUniformSource(streamKey(seed, round));
  return (count) => Math.floor(source.next() * count);
}
