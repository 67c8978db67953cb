/** Counter-based random numbers: a pure function of (seed, stream, step, index), the same on every host and for any number of threads. */

/**
 * Philox 2×32 with 10 rounds. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC'11. Returns the two output words packed by the caller's `out` (length ≥ 2).
 */
export function philox2x32(counterLow: number, counterHigh: number, key: number, out: Uint32Array): void {
  let low = counterLow | 0;
  let high = counterHigh | 0;
  let roundKey = key | 0;
  for (let round = 0; round < 10; round += 1) {
    const productHigh = multiplyHigh(0xd256d193, low);
    const productLow = Math.imul(0xd256d193, low);
    low = productHigh ^ roundKey ^ high;
    high = productLow;
    roundKey = (roundKey + 0x9e3779b9) | 0;
  }
  out[0] = low;
  out[1] = high;
}

/** High 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  // No sum here reaches 2³²: whole numbers of 32 bits hold them, with the wrong sign at most.
  const middle = (Math.imul(leftHigh, rightLow) + (Math.imul(leftLow, rightLow) >>> 16)) | 0;
  const lower = (Math.imul(leftLow, rightHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(leftHigh, rightHigh) + (middle >>> 16) + (lower >>> 16)) >>> 0;
}

const words = new Uint32Array(2);

/** Key of a random stream: one per run seed and purpose (`element id/purpose`). */
export function streamKey(seed: number, purposeHash: number): number {
  philox2x32(seed >>> 0, Math.floor(seed / 0x100000000) >>> 0, purposeHash, words);
  return (words[0] as number) >>> 0;
}

/** Uniform on (0, 1): 52 random bits plus half a unit, so that neither 0 nor 1 occurs. */
export function uniformAt(key: number, step: number, index: number): number {
  philox2x32(index >>> 0, step >>> 0, key, words);
  const high = (words[0] as number) >>> 6;
  const low = (words[1] as number) >>> 6;
  return (high * 0x4000000 + low + 0.5) / 0x10000000000000;
}

/** Fills `into` with the uniforms of stream `key` at step 0 and the indices from `first`. */
export function fillUniforms(key: number, into: Float64Array, first: number): void {
  for (let place = 0; place < into.length; place += 1) into[place] = uniformAt(key, 0, first + place);
}

/** Uniform on (0, 1) that is an f32: 23 random bits plus half a unit. */
export function uniformSingleAt(key: number, step: number, index: number): number {
  philox2x32(index >>> 0, step >>> 0, key, words);
  return (((words[0] as number) >>> 9) + 0.5) / 0x800000;
}

/** A sequence of uniforms from one stream, for building weights and topologies. */
export interface UniformSource {
  /** Uniform on (0, 1). */
  next(): number;
}

/** Draws one after the other from stream `key`. */
export function createUniformSource(key: number): UniformSource {
  let drawn = 0;
  return {
    next() {
      const value = uniformAt(key, Math.floor(drawn / 0x100000000), drawn % 0x100000000);
      drawn += 1;
      return value;
    },
  };
}
