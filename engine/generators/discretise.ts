/** Weights as whole numbers of equal contacts (Rockpool's DiscretiseWeightMatrix). */
import { failed, ok, type Result } from '../base/result.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, whole } from './arguments.ts';

export interface DiscretiseOptions {
  /** Most contacts between two cells: the strongest weight of each sign is made of so many. Default 3. */
  readonly mostContacts?: number;
  /** Most contacts that a cell may get, and give; no limit when left out. */
  readonly mostInputs?: number;
  readonly mostOutputs?: number;
}

export interface DiscretisedWeights {
  /** Contacts times the strength of one. */
  readonly weights: Matrix;
  /** Numbers of contacts, negative where they inhibit. */
  readonly contacts: Matrix;
  /** Strength of an excitatory and an inhibitory contact; 0 where there is none. */
  readonly excitatoryUnit: number;
  readonly inhibitoryUnit: number;
}

/**
 * Each weight [from, to] becomes the nearest whole number of contacts (half to even). Where a limit is exceeded, the contacts
 * are made stronger, and so fewer, until all cells keep it. A Problem where even single contacts are too many.
 */
export function discretiseWeights(matrix: Matrix, options: DiscretiseOptions = {}): Result<DiscretisedWeights> {
  const { mostContacts = 3, mostInputs = Infinity, mostOutputs = Infinity } = options;
  const refusal = refuse(matrix, options);
  if (refusal !== undefined) return failed(refusal);
  for (let strongest = mostContacts; strongest >= 1; strongest -= 1) {
    const made = discretise(matrix, strongest);
    const { inputs, outputs } = busiest(made.contacts);
    if (inputs <= mostInputs && outputs <= mostOutputs) return ok(made);
  }
  const { inputs, outputs } = busiest(discretise(matrix, 1).contacts);
  return inputs > mostInputs
    ? failed(badArgument('most inputs', mostInputs, `at least ${inputs} for these weights`))
    : failed(badArgument('most outputs', mostOutputs, `at least ${outputs} for these weights`));
}

function refuse({ values }: Matrix, { mostContacts, mostInputs, mostOutputs }: DiscretiseOptions) {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) return badArgument('weights', `${values[bad]} at place ${bad}`, 'finite numbers everywhere');
  return refusedArgument({
    'most contacts': [mostContacts, whole(1)],
    'most inputs': [mostInputs, whole(1)],
    'most outputs': [mostOutputs, whole(1)],
  });
}

function discretise({ rows, columns, values }: Matrix, strongest: number): DiscretisedWeights {
  let [high, low] = [0, 0];
  for (const value of values) [high, low] = [Math.max(high, value), Math.min(low, value)];
  const [excitatoryUnit, inhibitoryUnit] = [high / strongest, -low / strongest];
  const unitOf = (value: number): number => (value < 0 ? inhibitoryUnit : excitatoryUnit);
  const contacts = values.map((value) => (value === 0 ? 0 : roundHalfEven(value / unitOf(value))));
  const weights = contacts.map((count) => count * unitOf(count));
  return {
    weights: createMatrix(rows, columns, weights),
    contacts: createMatrix(rows, columns, contacts),
    excitatoryUnit,
    inhibitoryUnit,
  };
}

/** Most contacts into one cell, and out of one. */
function busiest({ columns, rows, values }: Matrix): { readonly inputs: number; readonly outputs: number } {
  const [into, out] = [new Float64Array(columns), new Float64Array(rows)];
  values.forEach((count, place) => {
    into[place % columns] = (into[place % columns] as number) + Math.abs(count);
    const row = Math.floor(place / columns);
    out[row] = (out[row] as number) + Math.abs(count);
  });
  const most = (counts: Float64Array): number => counts.reduce((found, count) => Math.max(found, count), 0);
  return { inputs: most(into), outputs: most(out) };
}
