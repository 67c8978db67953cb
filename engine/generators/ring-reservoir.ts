/** A ring of cells with random input contacts (Rockpool's ring_reservoir), and rings and lines alone (reservoirpy's). */
import type { UniformSource } from '../base/random.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { finite, refusedArgument, whole } from './arguments.ts';
import { chooseBelow } from './choices.ts';
import { stackMatrices } from './stack-matrices.ts';

/** Weights [to, from]: each cell drives the next one, and the last one the first. */
export function ringMatrix(size: number, weight = 1): Result<Matrix> {
  const refusal = refusedArgument({ size: [size, whole(1)], weight: [weight, finite] });
  if (refusal !== undefined) return failed(refusal);
  const ring = createMatrix(size, size);
  for (let to = 0; to < size; to += 1) ring.values[to * size + ((to + size - 1) % size)] = weight;
  return ok(ring);
}

/** Weights [to, from]: each cell drives the next one, the last one none. */
export function lineMatrix(size: number, weight = 1): Result<Matrix> {
  return andThen(ringMatrix(size, weight), (ring) => {
    ring.values[size - 1] = 0;
    return ok(ring);
  });
}

export interface RingReservoirOptions {
  /** Input channels. Default 64. */
  readonly inputs?: number;
  /** Cells of the ring. Default 256. */
  readonly cells?: number;
  /** Input contacts of a cell, each from any channel and of either sign. Default 16. */
  readonly contacts?: number;
}

/**
 * Weights [from, to] among inputs and cells together. Row i + 1 of the ring has a 1 in column i, as the original orders it:
 * a cell is driven by the one after it.
 */
export function ringReservoir(options: RingReservoirOptions, uniform: UniformSource): Result<Matrix> {
  const { inputs = 64, cells = 256, contacts = 16 } = options;
  const refusal = refusedArgument({
    inputs: [inputs, whole(1)],
    cells: [cells, whole(1)],
    contacts: [contacts, whole(0)],
  });
  if (refusal !== undefined) return failed(refusal);
  const forward = createMatrix(inputs, cells);
  for (let contact = 0; contact < cells * contacts; contact += 1) {
    const place = chooseBelow(inputs, uniform) * cells + (contact % cells);
    forward.values[place] = (forward.values[place] as number) + (uniform.next() < 0.5 ? 1 : -1);
  }
  return andThen(ringMatrix(cells), (ring) => stackMatrices(forward, ring));
}
