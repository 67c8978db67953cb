/** The public door to the elementary functions whose bits are the same on every host. */
export { exp, expm1, exprel } from './exponential.ts';
export { cosh, sinh, tanh } from './hyperbolic.ts';
export { arccos, arcsin, arctan } from './inverse-trigonometric.ts';
export { log, log10, log1p } from './logarithm.ts';
export { pow } from './power.ts';
export { floorDivide, mod, roundHalfEven, sign } from './rounding.ts';
export { cos, sin, tan } from './trigonometric.ts';
