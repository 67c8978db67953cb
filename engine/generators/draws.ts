/** Distributions of weights: functions that draw one number from a source of uniforms. */
import type { UniformSource } from '../base/random.ts';
import { cos, log } from '../math/elementary.ts';

/** Draws one number. */
export type Draw = (uniform: UniformSource) => number;

/** Uniform between `low` and `high`. */
export function uniformDraw(low = -1, high = 1): Draw {
  return (uniform) => low + (high - low) * uniform.next();
}

/** Normal (Box and Muller; two uniforms a number). */
export function normalDraw(mean = 0, deviation = 1): Draw {
  return (uniform) => {
    const radius = Math.sqrt(-2 * log(uniform.next()));
    return mean + deviation * (radius * cos(6.283185307179586 * uniform.next()));
  };
}

/** Exponential above `low`, with mean `low` + `scale` (by its inverse distribution, as those below). */
export function exponentialDraw(low = 0, scale = 1): Draw {
  return (uniform) => low - scale * log(uniform.next());
}

/** Laplace: exponential on both sides of `mean`. */
export function laplaceDraw(mean = 0, scale = 1): Draw {
  return (uniform) => {
    const side = uniform.next() < 0.5 ? -1 : 1;
    return mean - side * scale * log(uniform.next());
  };
}

/** Logistic around `mean`. */
export function logisticDraw(mean = 0, scale = 1): Draw {
  return (uniform) => {
    const drawn = uniform.next();
    return mean + scale * (log(drawn) - log(1 - drawn));
  };
}

/** `value` with probability `probability`, otherwise −`value`. */
export function bernoulliDraw(probability = 0.5, value = 1): Draw {
  return (uniform) => (uniform.next() < probability ? value : -value);
}
