/** The Mackey–Glass series, as reservoirpy 0.4 computes it. */
import { problem } from '../base/problem.ts';
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { pow } from '../math/elementary.ts';

export interface MackeyGlassOptions {
  /** Number of values, the first of which is `initial`. */
  readonly steps: number;
  /** Delay in units of time; 0 = no delayed term. Default 17, for which the series is chaotic. */
  readonly delay?: number;
  /** Default 0.2. */
  readonly a?: number;
  /** Default 0.1. */
  readonly b?: number;
  /** Exponent. Default 10. */
  readonly n?: number;
  /** Default 1.2. */
  readonly initial?: number;
  /** Time between two values. Default 1. */
  readonly timeStep?: number;
  /** Values before the first one, of which the last floor(delay/timeStep) count; without it they are drawn near `initial`. */
  readonly history?: ArrayLike<number>;
}

const defaults = { delay: 17, a: 0.2, b: 0.1, n: 10, initial: 1.2, timeStep: 1 };

/**
 * dx/dt = a·x(t − τ)/(1 + x(t − τ)^n) − b·x. Source: Mackey and Glass, Science 197 (1977). The step is the one of
 * reservoirpy 0.4.2, which looks like Runge–Kutta of order 4 but is not: the production term lacks the time step and
 * enters the later stages doubled. It is kept, because the published benchmark series come from it.
 */
export function mackeyGlass(options: MackeyGlassOptions, uniform: UniformSource): Result<Float64Array> {
  const { steps, delay, a, b, n, initial, timeStep } = { ...defaults, ...options };
  const length = Math.floor(delay / timeStep);
  const given = options.history;
  const refusal = refuse(steps, delay, timeStep, length, given);
  if (refusal !== undefined) return failed(problem('generator/invalid', refusal));
  const history = Float64Array.from({ length }, (_, index) =>
    given === undefined ? initial + 0.2 * (uniform.next() - 0.5) : (given[given.length - length + index] as number),
  );
  const values = new Float64Array(steps);
  let x = initial;
  for (let step = 0; step < steps; step += 1) {
    values[step] = x;
    const delayed = length === 0 ? 0 : ((step < length ? history[step] : values[step - length]) as number);
    x = next(x, (a * delayed) / (1 + pow(delayed, n)), -b * timeStep);
  }
  return ok(values);
}

function next(x: number, production: number, decay: number): number {
  const first = decay * x + production;
  const second = (2 + decay) * first;
  const third = 2 * first + decay * second;
  const fourth = first + decay * third;
  return x + (first + second + third + fourth) / 6;
}

function refuse(
  steps: number,
  delay: number,
  timeStep: number,
  length: number,
  given?: ArrayLike<number>,
): string | undefined {
  if (!(Number.isInteger(steps) && steps >= 0))
    return `The number of values must be a whole number of at least 0, not ${steps}.`;
  if (!(timeStep > 0 && delay >= 0)) return 'The time step must be positive and the delay not negative.';
  if (delay > 0 && length === 0) return `The delay (${delay}) is shorter than the time step (${timeStep}).`;
  if (given !== undefined && given.length < length)
    return `The history has ${given.length} values; the delay needs ${length}.`;
  return undefined;
}
