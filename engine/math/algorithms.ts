/** The algorithm of every function by its name in the intermediate representation. */
import { exponential, expm1, exprel } from './exponential.ts';
import { hyperbolicCosine, hyperbolicSine, hyperbolicTangent } from './hyperbolic.ts';
import { arcCosine, arcSine, arcTangent } from './inverse-trigonometric.ts';
import type { Lanes } from './lanes/lanes.ts';
import { decimalLogarithm, logarithm, logarithmOfOnePlus } from './logarithm.ts';
import { power } from './power.ts';
import { modulo, quotientRoundedDown, signOf } from './rounding.ts';
import { cosine, sine, tangent } from './trigonometric.ts';

/** A function over lanes; those of one argument ignore the second. */
export type Algorithm = <V, M, I>(lanes: Lanes<V, M, I>, first: V, second: V) => V;

/** All in double precision, at most 1 unit in the last place from the true value (see README.md). */
export const algorithms = {
  exp: exponential,
  expm1,
  log: logarithm,
  log1p: logarithmOfOnePlus,
  log10: decimalLogarithm,
  sqrt: (l, x) => l.squareRoot(x),
  sin: sine,
  cos: cosine,
  tan: tangent,
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: hyperbolicTangent,
  arcsin: arcSine,
  arccos: arcCosine,
  arctan: arcTangent,
  pow: power,
  floor: (l, x) => l.floor(x),
  ceil: (l, x) => l.ceil(x),
  trunc: (l, x) => l.truncate(x),
  roundHalfEven: (l, x) => l.nearest(x),
  abs: (l, x) => l.absolute(x),
  sign: signOf,
  exprel,
  mod: modulo,
  floorDivide: quotientRoundedDown,
} as const satisfies Record<string, Algorithm>;

/** Name of a function. */
export type AlgorithmName = keyof typeof algorithms;
