/** Functions that have an algorithm of their own in single precision; all others are the double function, rounded. */
import type { Algorithm, AlgorithmName } from '../algorithms.ts';
import { signOf } from '../rounding.ts';
import { singleExponential, singleHyperbolicTangent, singleLogarithm } from './single-functions.ts';

export const singleAlgorithms: Readonly<Partial<Record<AlgorithmName, Algorithm>>> = {
  exp: singleExponential,
  log: singleLogarithm,
  tanh: singleHyperbolicTangent,
  sqrt: (l, x) => l.squareRoot(x),
  floor: (l, x) => l.floor(x),
  ceil: (l, x) => l.ceil(x),
  trunc: (l, x) => l.truncate(x),
  roundHalfEven: (l, x) => l.nearest(x),
  abs: (l, x) => l.absolute(x),
  sign: signOf,
};
