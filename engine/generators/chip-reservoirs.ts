/** Reservoirs for chips with the weights of their input (Rockpool's in_res_digital, in_res_dynapse, in_res_dynapse_flex). */
import type { UniformSource } from '../base/random.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { pow } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, share, whole } from './arguments.ts';
import { chooseBelow, chooseSeveral, shuffle } from './choices.ts';
import type { ContactStrengths } from './chip-contacts.ts';
import {
  commonLevels,
  digitalWeights,
  dynapseWeights,
  levelDraw,
  refusedLevels,
  wholeDraw,
  type ContactLevels,
  type DigitalOptions,
  type DynapseOptions,
  type ScaledContacts,
} from './chip-weights.ts';
import type { Draw } from './draws.ts';
import { choosePlaces } from './sparse-matrix.ts';

/** What all of them take besides the options of their recurrent weights. */
export interface InputOptions {
  /** Cells of the reservoir. */
  readonly size: number;
  /** Share of the cells that get an input contact (of size · contacts, where a cell may get several). Null: as many as fit. Default 1. */
  readonly inputDensity?: number | null;
  /** Share of the input contacts that excite. Default 0.5. */
  readonly inputExcitatoryShare?: number;
  /** Recurrent contacts leave room for the input's. */
  readonly leaveSpace?: boolean;
}

export type DigitalReservoirOptions = InputOptions & Omit<DigitalOptions, 'rows' | 'columns' | 'rescale'>;

/** How the strengths of input contacts are drawn among those that recurrent contacts may have. */
interface InputProbabilities {
  /** Default: equally likely. */
  readonly inputExcitatoryProbabilities?: readonly number[];
  readonly inputInhibitoryProbabilities?: readonly number[];
  /**
   * Draws from the two largest and the two smallest of all different strengths whatever their signs, as the released functions
   * do: with one strength of each sign, both kinds of contact take either. Default false.
   */
  readonly mixedSigns?: boolean;
}

export type DynapseReservoirOptions = InputOptions & InputProbabilities & Omit<DynapseOptions, 'rows' | 'columns'>;

export interface FlexibleReservoirOptions extends DynapseReservoirOptions {
  /** Input channels; as many as cells when left out. */
  readonly inputs?: number;
  /** Contacts of a cell from the input, on average at a density of 1. Default 1. */
  readonly inputContacts?: number;
}

/** Recurrent weights [from, to] with their counts and scale, and those of the input. */
export interface ReservoirWithInput extends ScaledContacts {
  /** [size, 1], or [inputs, size] of the flexible one. */
  readonly input: Matrix;
}

/** In the input, whole numbers between −2^(bits−1) and 2^(bits−1) − 1; see `digitalWeights` for the recurrent ones. */
export function digitalReservoir(options: DigitalReservoirOptions, uniform: UniformSource): Result<ReservoirWithInput> {
  const { size, bits = 4, leaveSpace = false, fanIn = 64 } = options;
  const recurrent = { ...options, rows: size, columns: size, fanIn: fanIn - (leaveSpace ? 1 : 0), rescale: 1 };
  return andThen(digitalWeights(recurrent, uniform), (made) => {
    const half = Math.trunc(pow(2, bits) / 2);
    if (half < 2) return failed(badArgument('bits', bits, 'at least 2'));
    const strengths = { excitatory: wholeDraw(1, half - 1), inhibitory: wholeDraw(-half, -1) };
    return mapResult(inputColumn(options, made, scaledStrengths(strengths, made.scale), uniform), (input) => ({
      ...made,
      input,
    }));
  });
}

/** In the input, the two largest and the two smallest of the strengths that the recurrent contacts may have. */
export function dynapseReservoir(options: DynapseReservoirOptions, uniform: UniformSource): Result<ReservoirWithInput> {
  const { size, leaveSpace = false, fanIn = 64 } = options;
  const recurrent = { ...options, rows: size, columns: size, fanIn: fanIn - (leaveSpace ? 1 : 0) };
  return andThen(dynapseWeights(recurrent, uniform), (made) =>
    andThen(inputStrengths(options, made.scale), (strengths) =>
      mapResult(inputColumn(options, made, strengths, uniform), (input) => ({ ...made, input })),
    ),
  );
}

/**
 * Several input channels: contacts go to places that are free, each from a channel chosen evenly, first those that excite;
 * where two meet, the later one stands. Default strengths are 1 and 1.
 */
export function flexibleReservoir(
  options: FlexibleReservoirOptions,
  uniform: UniformSource,
): Result<ReservoirWithInput> {
  const { size, inputs = size, inputContacts = 1, leaveSpace = true, fanIn = 64, inputDensity = 1 } = options;
  const refusal = refusedArgument({
    inputs: [inputs, whole(1)],
    'input contacts': [inputContacts, whole(1)],
    'input density': [inputDensity ?? undefined, share],
  });
  if (refusal !== undefined) return failed(refusal);
  const levels = { excitatory: singleLevel, inhibitory: singleLevel, ...options };
  const recurrent = { ...levels, rows: size, columns: size, fanIn: fanIn - (leaveSpace ? inputContacts : 0) };
  return andThen(dynapseWeights(recurrent, uniform), (made) =>
    mapResult(inputStrengths(levels, made.scale), (strengths) => {
      const free = freeInputs(made.contacts, fanIn);
      const room = free.reduce((sum, count) => sum + count, 0);
      const wanted = inputDensity === null ? room : Math.trunc(inputDensity * size * inputContacts);
      const drawn = inputContactStrengths(Math.min(room, wanted), options, strengths, uniform);
      return { ...made, input: scatterInput(drawn, free, inputs, uniform) };
    }),
  );
}

const singleLevel: ContactLevels = { values: [1] };

/** Contacts [inputs, cells] to free places of the cells, which are used up. */
function scatterInput(strengths: Float64Array, free: Float64Array, inputs: number, uniform: UniformSource): Matrix {
  const input = createMatrix(inputs, free.length);
  for (const strength of strengths) {
    const [cell] = chooseSeveral(free, 1, true, uniform) as [number];
    free[cell] = (free[cell] as number) - 1;
    input.values[chooseBelow(inputs, uniform) * free.length + cell] = strength;
  }
  return input;
}

function scaledStrengths({ excitatory, inhibitory }: ContactStrengths, scale: number): ContactStrengths {
  const times =
    (draw: Draw): Draw =>
    (uniform) =>
      scale * draw(uniform);
  return { excitatory: times(excitatory), inhibitory: times(inhibitory) };
}

/** Strengths of input contacts: the two largest excitatory and the two most negative inhibitory of the recurrent ones. */
function inputStrengths(
  options: InputProbabilities & Pick<DynapseOptions, 'excitatory' | 'inhibitory'>,
  scale: number,
): Result<ContactStrengths> {
  const { excitatory = commonLevels, inhibitory = commonLevels, mixedSigns = false } = options;
  const all = [...inhibitory.values.map((value) => -Math.abs(value)), ...excitatory.values.map(Math.abs)];
  const different = [...new Set(all)].sort((left, right) => left - right);
  const [highest, lowest] = [different.slice(-2), different.slice(0, 2)];
  const positive = levelsOf(
    mixedSigns ? highest : highest.filter((value) => value > 0),
    options.inputExcitatoryProbabilities,
  );
  const negative = levelsOf(
    mixedSigns ? lowest : lowest.filter((value) => value < 0),
    options.inputInhibitoryProbabilities,
  );
  const refusal = refusedLevels('input excitatory', positive) ?? refusedLevels('input inhibitory', negative);
  if (refusal !== undefined) return failed(refusal);
  return ok(scaledStrengths({ excitatory: signedDraw(positive), inhibitory: signedDraw(negative) }, scale));
}

/** A single strength is certain; several have the given probabilities, else equal ones. */
function levelsOf(values: readonly number[], probabilities: readonly number[] | undefined): Required<ContactLevels> {
  const equal = values.map(() => 1 / values.length);
  return { values, probabilities: values.length === 1 ? equal : (probabilities ?? equal) };
}

/** Draws one of the values with the sign it has. */
function signedDraw({ values, probabilities }: Required<ContactLevels>): Draw {
  const index = levelDraw({ values: values.map((_, place) => place), probabilities }, 1);
  return (uniform) => values[index(uniform)] as number;
}

/** The input of one channel [size, 1]: contacts to cells that still have room. */
function inputColumn(
  options: InputOptions & { readonly fanIn?: number },
  { contacts }: ScaledContacts,
  strengths: ContactStrengths,
  uniform: UniformSource,
): Result<Matrix> {
  const { size, inputDensity = 1, fanIn = 64 } = options;
  const refusal = refusedArgument({ 'input density': [inputDensity ?? undefined, share] });
  if (refusal !== undefined) return failed(refusal);
  const room = [...freeInputs(contacts, fanIn).entries()].filter(([, free]) => free > 0).map(([cell]) => cell);
  const wanted = inputDensity === null ? room.length : Math.trunc(inputDensity * size);
  const drawn = shuffle(inputContactStrengths(Math.min(room.length, wanted), options, strengths, uniform), uniform);
  const column = createMatrix(size, 1);
  const places = choosePlaces(room.length, drawn.length, uniform);
  places.forEach((place, index) => (column.values[room[place] as number] = drawn[index] as number));
  return ok(column);
}

/** Contacts that every cell may still get. */
function freeInputs(contacts: Matrix, fanIn: number): Float64Array {
  const free = new Float64Array(contacts.columns).fill(fanIn);
  contacts.values.forEach((count, place) => {
    const column = place % contacts.columns;
    free[column] = (free[column] as number) - count;
  });
  return free;
}

/** Strengths of so many contacts, those that excite first. */
function inputContactStrengths(
  count: number,
  { inputExcitatoryShare = 0.5 }: InputOptions,
  { excitatory, inhibitory }: ContactStrengths,
  uniform: UniformSource,
): Float64Array {
  const positive = Math.trunc(count * inputExcitatoryShare);
  return Float64Array.from({ length: count }, (_, index) => (index < positive ? excitatory : inhibitory)(uniform));
}
