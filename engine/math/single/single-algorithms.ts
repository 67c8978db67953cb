/** Functions that have an algorithm of their own in single precision; all others are the double function, rounded. */
import type { Algorithm, AlgorithmName } from '../algorithms.ts';
import { signOf } from '../rounding.ts';

export const singleAlgorithms: Readonly<Partial<Record<AlgorithmName, Algorithm>>> = {
  sqrt: (l, x) => l.squareRoot(x),
  floor: (l, x) => l.floor(x),
  ceil: (l, x) => l.ceil(x),
  trunc: (l, x) => l.truncate(x),
  roundHalfEven: (l, x) => l.nearest(x),
  abs: (l, x) => l.absolute(x),
  sign: signOf,
};
