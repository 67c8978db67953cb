/** The time step of a network of layers that have steps of their own (Rockpool 1.0.7 Network). */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';

/** Steps are compared as whole multiples of this; seconds. */
const resolution = 1e-7;

/** The network's step, and how many steps each layer takes in it. */
export interface NetworkClock {
  /** Seconds. */
  readonly timeStep: number;
  readonly stepsPerLayer: readonly number[];
  /** The longest step of which all steps are multiples: seconds. */
  readonly commonStep: number;
}

/**
 * The least common multiple of the layers' steps (seconds), or the step that is asked for. Fails with `model/time-step` where a
 * layer's step is not a multiple of 0.1 µs, where no multiple below a hundred of the longest step is common, or where the
 * step asked for is no multiple of each.
 */
export function networkClock(layerSteps: readonly number[], forced?: number): Result<NetworkClock> {
  const timeStep = forced === undefined ? commonMultiple(layerSteps) : multipleOfAll(forced, layerSteps);
  if (!timeStep.ok) return timeStep;
  const stepsPerLayer = layerSteps.map((step) => Math.round(timeStep.value / step));
  return ok({ timeStep: timeStep.value, stepsPerLayer, commonStep: commonStep(layerSteps) });
}

/** The shortest, as it was given, where all are multiples of it, or one is too short for the resolution. */
function commonStep(layerSteps: readonly number[]): number {
  const counts = layerSteps.map((step) => Math.round(step / resolution));
  const shortest = layerSteps.reduce((least, step) => Math.min(least, step), Infinity);
  const common = counts.reduce((found, count) => divisor(count, found), 0);
  return counts.includes(common) || counts.includes(0) ? shortest : common / 1e7;
}

function multipleOfAll(forced: number, layerSteps: readonly number[]): Result<number> {
  if (!(forced > 0)) return failed(wrong(`The network's time step is ${forced} s; it has to be greater than 0.`));
  const other = layerSteps.find((step) => Math.abs(Math.round(forced / step) * step - forced) > 1e-5 * step);
  if (other === undefined) return ok(forced);
  return failed(wrong(`The network's time step of ${forced} s is not a multiple of a layer's step of ${other} s.`));
}

function commonMultiple(layerSteps: readonly number[]): Result<number> {
  const counts = layerSteps.map((step) => Math.round(step / resolution));
  const coarse = layerSteps.find(
    (step, layer) => !(Math.abs((counts[layer] as number) * resolution - step) <= 1e-5 * step) || counts[layer] === 0,
  );
  if (coarse !== undefined) return failed(wrong(`A layer's step of ${coarse} s is not a multiple of 0.1 µs.`));
  const longest = counts.reduce((most, count) => Math.max(most, count), 1);
  let common = 1;
  for (const count of counts) {
    common = (common / divisor(common, count)) * count;
    if (common > 100 * longest) {
      return failed(wrong(`The steps ${layerSteps.join(' s, ')} s have no common multiple below 100 of the longest.`));
    }
  }
  // 1e7 is exact where 1e-7 is not.
  return ok(common / 1e7);
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}

function wrong(message: string) {
  return problem('model/time-step', message, { hint: 'Choose steps of which one is a multiple of the others.' });
}
