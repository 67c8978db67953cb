/** What numbers a membrane may be made of: whole ones of a range, real ones of few digits, or any. */
import { add, call, f64, less, maximum, minimum, multiply, select, subtract } from '../../build/ir/expressions.ts';
import type { Expression } from '../../build/ir/types.ts';
import type { Choice } from '../../model/kind.ts';

/** What the membrane may be made of. */
export const stateTypes: readonly Choice[] = [
  { value: 'float', title: 'real numbers' },
  { value: 'float32', title: 'real, 32 bits' },
  { value: 'float16', title: 'real, 16 bits' },
  { value: 'int8', title: 'whole, 8 bits' },
  { value: 'int16', title: 'whole, 16 bits' },
  { value: 'int32', title: 'whole, 32 bits' },
  { value: 'int64', title: 'whole, 64 bits' },
  { value: 'uint8', title: 'whole from 0, 8 bits' },
  { value: 'uint16', title: 'whole from 0, 16 bits' },
  { value: 'uint32', title: 'whole from 0, 32 bits' },
  { value: 'uint64', title: 'whole from 0, 64 bits' },
];

/** The numbers that a type holds. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  /** Binary digits of real numbers; undefined for whole ones. */
  readonly digits?: number;
}

const whole = (least: number, most: number): NumberRange => ({ least, most });
/** Real numbers of so many binary digits below a power of 2. */
const real = (digits: number, beyond: number): NumberRange => {
  const most = 2 ** beyond - 2 ** (beyond - digits);
  return { least: -most, most, digits };
};

/** The largest number of 53 binary digits below 2 to the power `exponent`. */
const below = (exponent: number): number => 2 ** exponent - 2 ** (exponent - 53);

const ranges: Readonly<Record<string, NumberRange>> = {
  int8: whole(-128, 127),
  int16: whole(-32_768, 32_767),
  int32: whole(-2_147_483_648, 2_147_483_647),
  int64: whole(-(2 ** 63), below(63)),
  uint8: whole(0, 255),
  uint16: whole(0, 65_535),
  uint32: whole(0, 4_294_967_295),
  uint64: whole(0, below(64)),
  float32: real(24, 128),
  float16: real(11, 16),
};

/** The numbers that a membrane may hold; undefined for any. */
export function numberRange(stateType: string): NumberRange | undefined {
  return ranges[stateType];
}

/** The value as a membrane of the range holds it: clipped, then cut towards 0 or rounded to its digits. */
export function storedIn(range: NumberRange | undefined, value: Expression): Expression {
  if (range === undefined) return value;
  const clipped = minimum(maximum(value, f64(range.least)), f64(range.most));
  return range.digits === undefined ? call('trunc', clipped) : rounded(clipped, range.digits, range.most);
}

/**
 * The nearest number of so many binary digits: T. J. Dekker (1971), "A floating-point technique for extending the
 * available precision", Numer. Math. 18; below the least normal number, that of the finest step.
 */
function rounded(value: Expression, digits: number, most: number): Expression {
  const spread = multiply(value, f64(2 ** (53 - digits) + 1));
  const normal = subtract(spread, subtract(spread, value));
  // As IEEE 754 has it, the exponents reach as far down as up.
  const leastNormal = 2 ** (2 - Math.ceil(Math.log2(most)));
  const shift = f64(1.5 * 2 ** 53 * leastNormal * 2 ** -digits);
  return select(less(call('abs', value), f64(leastNormal)), subtract(add(value, shift), shift), normal);
}
