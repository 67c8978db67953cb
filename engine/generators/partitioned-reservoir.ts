/** A reservoir of an input, a recurrent grid and inhibitory cells (Rockpool's partitioned_2d_reservoir). */
import type { UniformSource } from '../base/random.ts';
import { andThen, failed, mapResult, type Result } from '../base/result.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, share, whole } from './arguments.ts';
import { chooseBelow } from './choices.ts';
import { addLongRange } from './long-range.ts';
import { neighbourGrid } from './neighbour-grid.ts';
import { choosePlaces } from './sparse-matrix.ts';
import { placeBlock } from './stack-matrices.ts';

/** Which recurrent cells get input: all, a random share, or the first ones. */
export type InputReceivers = 'all' | 'random' | 'first';

/** Sizes and numbers of contacts per receiving cell; the defaults are those of the original. */
export interface PartitionedReservoirOptions {
  readonly inputs?: number;
  readonly recurrent?: number;
  readonly inhibitory?: number;
  /** Most contacts into a recurrent or inhibitory cell; null: no limit. */
  readonly fanIn?: number | null;
  /** Whether that limit counts for inhibitory cells; the released function looks at recurrent ones alone. Default true. */
  readonly limitInhibitory?: boolean;
  readonly inputContacts?: number;
  readonly shortContacts?: number;
  readonly longContacts?: number;
  readonly inhibitoryContacts?: number;
  /** Contacts of an inhibitory cell from recurrent ones. */
  readonly contactsToInhibitory?: number;
  /** Widths of the neighbourhood of short contacts, as in `neighbourGrid`. */
  readonly widths?: readonly [number, number];
  readonly receivers?: InputReceivers;
  /** Share of the recurrent cells that get input, unless all do. */
  readonly receivingShare?: number;
}

const defaults = {
  inputs: 64,
  recurrent: 256,
  inhibitory: 64,
  fanIn: 64,
  limitInhibitory: true,
  inputContacts: 16,
  shortContacts: 24,
  longContacts: 8,
  inhibitoryContacts: 16,
  contactsToInhibitory: 64,
  widths: [16, 16],
  receivers: 'all',
  receivingShare: 1,
} as const;

type Sizes = Required<PartitionedReservoirOptions>;

/** Weights [from, to] among inputs, recurrent and inhibitory cells, in this order: numbers of contacts, negative of inhibitory ones. */
export function partitionedReservoir(options: PartitionedReservoirOptions, uniform: UniformSource): Result<Matrix> {
  const sizes: Sizes = { ...defaults, ...options };
  const refusal = refuse(sizes);
  if (refusal !== undefined) return failed(refusal);
  const { inputs, recurrent, inhibitory, shortContacts: neighbours, longContacts: contacts, widths } = sizes;
  const total = inputs + recurrent + inhibitory;
  const matrix = createMatrix(total, total);
  const cells = Int32Array.from({ length: recurrent }, (_, cell) => cell);
  const inhibited = scatter(inhibitory, recurrent, cells, -sizes.inhibitoryContacts, uniform);
  const inhibitors = Int32Array.from({ length: inhibitory }, (_, cell) => cell);
  placeBlock(matrix, scatter(inputs, recurrent, receiversOf(sizes, uniform), sizes.inputContacts, uniform), 0, inputs);
  placeBlock(matrix, inhibited, inputs + recurrent, inputs);
  const out = scatter(recurrent, inhibitory, inhibitors, sizes.contactsToInhibitory, uniform);
  placeBlock(matrix, out, inputs, inputs + recurrent);
  const near = neighbourGrid({ size: recurrent, neighbours, widths }, uniform);
  return mapResult(
    andThen(near, (grid) => addLongRange(grid, { contacts }, uniform)),
    (grid) => {
      placeBlock(matrix, grid, inputs, inputs);
      return matrix;
    },
  );
}

function refuse(sizes: Sizes) {
  const { fanIn, inputContacts, shortContacts, longContacts, inhibitoryContacts, contactsToInhibitory } = sizes;
  const refusal = refusedArgument({
    inputs: [sizes.inputs, whole(1)],
    recurrent: [sizes.recurrent, whole(2)],
    inhibitory: [sizes.inhibitory, whole(1)],
    'fan-in': [fanIn ?? undefined, whole(0)],
    'input contacts': [inputContacts, whole(0)],
    'short contacts': [shortContacts, whole(0)],
    'long contacts': [longContacts, whole(0)],
    'inhibitory contacts': [inhibitoryContacts, whole(0)],
    'contacts to inhibitory': [contactsToInhibitory, whole(0)],
    'receiving share': [sizes.receivingShare, share],
  });
  if (refusal !== undefined || fanIn === null) return refusal;
  const recurrent = inputContacts + shortContacts + longContacts + inhibitoryContacts;
  const most = Math.max(recurrent, sizes.limitInhibitory ? contactsToInhibitory : 0);
  return most <= fanIn ? undefined : badArgument('fan-in', fanIn, `at least ${most}, the contacts of a cell`);
}

function receiversOf({ recurrent, receivers, receivingShare }: Sizes, uniform: UniformSource): Int32Array {
  const count = receivers === 'all' ? recurrent : roundHalfEven(receivingShare * recurrent);
  if (receivers === 'random') return choosePlaces(recurrent, count, uniform);
  return Int32Array.from({ length: count }, (_, cell) => cell);
}

/** [from, to] with |contacts| contacts of its sign into each of the `receiving` columns, from rows chosen evenly. */
function scatter(from: number, to: number, receiving: Int32Array, contacts: number, uniform: UniformSource): Matrix {
  const block = createMatrix(from, to);
  for (const column of receiving) {
    for (let contact = 0; contact < Math.abs(contacts); contact += 1) {
      const place = chooseBelow(from, uniform) * to + column;
      block.values[place] = (block.values[place] as number) + Math.sign(contacts);
    }
  }
  return block;
}
