/** Contacts within the limits of a chip: every cell gets equally many, and none gives more than its fan-out (digital, dynapse_conform). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, share, whole } from './arguments.ts';
import { chooseWeighted, shuffle, shuffledNumbers } from './choices.ts';
import type { Draw } from './draws.ts';

/** Limits that chips of the kind have, and how much of them is used. */
export interface ContactOptions {
  /** Rows: cells that give contacts; columns: cells that get them. */
  readonly rows: number;
  readonly columns: number;
  /** Contacts of a cell as a share of the rows; as many as rows and fan-in allow when left out. */
  readonly connectivity?: number;
  /** Share of the contacts that excite. Default 0.5. */
  readonly excitatoryShare?: number;
  /** Most contacts into a cell and out of one. Default 64 and 1024. */
  readonly fanIn?: number;
  readonly fanOut?: number;
  /**
   * Leaves cells without contacts once every other has given all it may, as the released functions do where the last of
   * them are used up exactly. Default false: a Problem.
   */
  readonly emptyBeyondFanOut?: boolean;
}

export interface ContactWeights {
  /** Sums of the contacts from a row to a column. */
  readonly weights: Matrix;
  /** Their numbers. */
  readonly contacts: Matrix;
}

/** How strong an excitatory (positive) and an inhibitory (negative) contact is. */
export interface ContactStrengths {
  readonly excitatory: Draw;
  readonly inhibitory: Draw;
}

/**
 * Draws contacts column by column, in random order of the columns. The giver of each is chosen among all contacts that are
 * still free, so that a cell with more of them left is chosen more often; several contacts between two cells add up.
 */
export function chipContacts(
  options: ContactOptions,
  strengths: ContactStrengths,
  uniform: UniformSource,
): Result<ContactWeights> {
  const { rows, columns, connectivity, excitatoryShare = 0.5, fanIn = 64, fanOut = 1024 } = options;
  const inputs = connectivity === undefined ? Math.min(fanIn, rows) : Math.trunc(connectivity * rows);
  const refusal =
    refusedArgument({
      rows: [rows, whole(1)],
      columns: [columns, whole(1)],
      connectivity: [connectivity, share],
      'excitatory share': [excitatoryShare, share],
      'fan-in': [fanIn, whole(0)],
      'fan-out': [fanOut, whole(1)],
    }) ?? overLimits({ ...options, inputs, fanIn, fanOut });
  if (refusal !== undefined) return failed(refusal);
  const [weights, contacts] = [createMatrix(rows, columns), createMatrix(rows, columns)];
  const free = new Float64Array(rows).fill(fanOut);
  const excitatory = roundHalfEven(inputs * excitatoryShare);
  let left = rows * fanOut;
  for (const column of shuffledNumbers(columns, uniform)) {
    if (left === 0) break;
    const strong = Float64Array.from({ length: inputs }, (_, index) =>
      (index < excitatory ? strengths.excitatory : strengths.inhibitory)(uniform),
    );
    for (const strength of shuffle(strong, uniform)) {
      const row = chooseWeighted(free, left, uniform);
      free[row] = (free[row] as number) - 1;
      left -= 1;
      const place = row * columns + column;
      weights.values[place] = (weights.values[place] as number) + strength;
      contacts.values[place] = (contacts.values[place] as number) + 1;
    }
  }
  return ok({ weights, contacts });
}

/** The options with the contacts of a cell. */
interface Demand extends ContactOptions {
  readonly inputs: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

function overLimits({ rows, columns, connectivity, inputs, fanIn, fanOut, emptyBeyondFanOut = false }: Demand) {
  if (connectivity !== undefined && inputs > fanIn)
    return badArgument('connectivity', connectivity, `at most ${fanIn / rows}: ${rows} cells and a fan-in of ${fanIn}`);
  if (columns * inputs <= rows * fanOut) return undefined;
  if (emptyBeyondFanOut && (rows * fanOut) % inputs === 0) return undefined;
  const least = Math.ceil((columns * inputs) / rows);
  return badArgument('fan-out', fanOut, `at least ${least}: ${columns} cells get ${inputs} contacts each`);
}
