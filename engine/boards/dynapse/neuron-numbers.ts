/** Numbers of neurons and cores on the board (Rockpool 1.0.7, DynapseControl). */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { coresPerChip, coreWidth } from './limits.ts';

/**
 * Neurons of a rectangle of `width` columns whose upper left corner is `first`, in rows of the core, each full, so that there
 * may be more than `count`. Problem `model/parameter-range` where it leaves the core.
 */
export function neuronRectangle(first: number, count: number, width: number): Result<Int32Array> {
  const rows = Math.ceil(count / width);
  const left = first % coreWidth;
  const top = Math.floor((first % (coreWidth * coreWidth)) / coreWidth);
  if (!(width >= 1) || left + width > coreWidth || top + rows > coreWidth) {
    const message = `A rectangle of ${rows} rows and ${width} columns from neuron ${first} on does not fit into a core of ${coreWidth} × ${coreWidth}.`;
    return failed(
      problem('model/parameter-range', message, { hint: 'Start further up or left, or take another width.' }),
    );
  }
  const at = (place: number): number => first + Math.floor(place / width) * coreWidth + (place % width);
  return ok(Int32Array.from({ length: rows * width }, (_, place) => at(place)));
}

/** Cores of the board that the bits of a mask on a chip stand for, ascending. */
export function coresOfMask(chip: number, mask: number): Int32Array {
  const cores = Array.from({ length: coresPerChip }, (_, core) => core).filter((core) => (mask >> core) & 1);
  return Int32Array.from(cores, (core) => core + coresPerChip * chip);
}
