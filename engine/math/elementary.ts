/** The functions whose bits are the same on every host, of numbers: the door for everybody who calculates in TypeScript. */
import { exponential, expm1 as expm1Of, exprel as exprelOf } from './exponential.ts';
import { hyperbolicCosine, hyperbolicSine, hyperbolicTangent } from './hyperbolic.ts';
import { arcCosine, arcSine, arcTangent } from './inverse-trigonometric.ts';
import { numbers } from './lanes/numbers.ts';
import { decimalLogarithm, logarithm, logarithmOfOnePlus } from './logarithm.ts';
import { power } from './power.ts';
import { modulo, quotientRoundedDown, signOf } from './rounding.ts';
import { cosine, sine, tangent } from './trigonometric.ts';

export const exp = (x: number): number => exponential(numbers, x);
export const expm1 = (x: number): number => expm1Of(numbers, x);
export const exprel = (x: number): number => exprelOf(numbers, x);
export const log = (x: number): number => logarithm(numbers, x);
export const log1p = (x: number): number => logarithmOfOnePlus(numbers, x);
export const log10 = (x: number): number => decimalLogarithm(numbers, x);
export const sin = (x: number): number => sine(numbers, x);
export const cos = (x: number): number => cosine(numbers, x);
export const tan = (x: number): number => tangent(numbers, x);
export const sinh = (x: number): number => hyperbolicSine(numbers, x);
export const cosh = (x: number): number => hyperbolicCosine(numbers, x);
export const tanh = (x: number): number => hyperbolicTangent(numbers, x);
export const arcsin = (x: number): number => arcSine(numbers, x);
export const arccos = (x: number): number => arcCosine(numbers, x);
export const arctan = (x: number): number => arcTangent(numbers, x);
export const pow = (x: number, y: number): number => power(numbers, x, y);
export const roundHalfEven = (x: number): number => numbers.nearest(x);
export const sign = (x: number): number => signOf(numbers, x);
export const mod = (dividend: number, divisor: number): number => modulo(numbers, dividend, divisor);
export const floorDivide = (dividend: number, divisor: number): number =>
  quotientRoundedDown(numbers, dividend, divisor);
