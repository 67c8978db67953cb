/** Weights as they are stored: in double or single precision, or as int8 with one scale. */
import { isWritten, writtenTo, type Written } from '../../base/written.ts';
import type { ElementType } from '../program.ts';

export type WeightPrecision = 'f64' | 'f32' | 'int8';

/** Bytes of a stored weight. */
export const weightBytes: Readonly<Record<WeightPrecision, number>> = { f64: 8, f32: 4, int8: 1 };

/** Largest number of an int8 weight, either sign. */
const largestStep = 127;

export interface StoredWeights {
  readonly type: ElementType;
  readonly values: Float64Array | Float32Array | Int8Array | Written;
  /** What a stored whole number stands for; undefined for the others. */
  readonly scale: number | undefined;
}

/** The weights in a precision. As int8 the largest becomes 127, and all are rounded to that grid. */
export function storedWeights(weights: Float64Array | Written, precision: WeightPrecision): StoredWeights {
  if (precision === 'f64') return { type: 'f64', values: weights, scale: undefined };
  if (precision === 'f32') {
    const values = isWritten(weights) ? weights : Float32Array.from(weights);
    return { type: 'f32', values, scale: undefined };
  }
  const known = isWritten(weights) ? writtenTo(new Float64Array(weights.length), weights) : weights;
  const largest = known.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest === 0 ? 1 : largest / largestStep;
  return { type: 'i8', values: Int8Array.from(known, (weight) => Math.round(weight / scale)), scale };
}

/** The precision named by a parameter; double where there is none. */
export function precisionOf(value: unknown): WeightPrecision {
  return value === 'f32' || value === 'int8' ? value : 'f64';
}
