/** Rounding, sign and division with remainder, with the conventions of Python and NumPy. */

/** 2^52: adding it to a smaller number rounds to a whole one, half to even. */
const wholeFrom = 0x10000000000000;

/** The nearest whole number, half to even; keeps the sign of zero. */
export function roundHalfEven(x: number): number {
  const size = Math.abs(x);
  if (!(size < wholeFrom)) return x;
  const rounded = size + wholeFrom - wholeFrom;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/** −1, 0 or 1; NaN of NaN. */
export function sign(x: number): number {
  if (x > 0) return 1;
  if (x < 0) return -1;
  return x === 0 ? 0 : NaN;
}

/** Remainder with the sign of the divisor (Python's %); NaN for divisor 0. The remainder operator of JavaScript is exact. */
export function mod(dividend: number, divisor: number): number {
  const remainder = dividend % divisor;
  if (remainder === 0) return divisor < 0 ? -0 : 0;
  return remainder < 0 === divisor < 0 || remainder !== remainder ? remainder : remainder + divisor;
}

/** Quotient rounded down so that dividend ≈ quotient·divisor + mod(dividend, divisor) (Python's //); ±Infinity or NaN for divisor 0. */
export function floorDivide(dividend: number, divisor: number): number {
  if (divisor === 0) return dividend / divisor;
  const quotient = (dividend - mod(dividend, divisor)) / divisor;
  if (quotient === 0) return dividend / divisor < 0 || Object.is(dividend / divisor, -0) ? -0 : 0;
  const floored = Math.floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}
