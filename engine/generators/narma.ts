/** NARMA: a nonlinear autoregressive moving average series, a benchmark of memory (order 10: NARMA-10). */
import { problem } from '../base/problem.ts';
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';

export interface NarmaOptions {
  readonly steps: number;
  /** Default 10. */
  readonly order?: number;
  /** Coefficients; default 0.2, 0.04, 1.5, 0.001 (reservoirpy). The classical NARMA-10 has 0.3, 0.05, 1.5, 0.1. */
  readonly a1?: number;
  readonly a2?: number;
  readonly b?: number;
  readonly c?: number;
  /** First values of y; default 0. */
  readonly initial?: ArrayLike<number>;
  /** Input of steps + order values; without it, uniform numbers between 0 and 0.5. */
  readonly input?: ArrayLike<number>;
}

export interface NarmaSeries {
  /** The input, steps + order values; `input[order + k]` is the one at the time of `output[k]`. */
  readonly input: Float64Array;
  readonly output: Float64Array;
}

/** y(t+1) = a1·y(t) + a2·y(t)·Σ_{i=t−order}^{t−1} y(i) + b·u(t − order)·u(t) + c. After Atiya and Parlos, IEEE Trans. Neural Netw. 11 (2000). */
export function narma(options: NarmaOptions, uniform: UniformSource): Result<NarmaSeries> {
  const { steps, order = 10 } = options;
  const refusal = refuse(steps, order, options.input);
  if (refusal !== undefined) return failed(problem('generator/invalid', refusal));
  const length = steps + order;
  const input =
    options.input === undefined
      ? Float64Array.from({ length }, () => 0.5 * uniform.next())
      : Float64Array.from(options.input);
  const y = new Float64Array(length);
  y.set(Array.from(options.initial ?? []).slice(0, length));
  for (let t = order; t + 1 < length; t += 1) y[t + 1] = nextValue(y, input, t, order, options);
  if (!y.every(Number.isFinite))
    return failed(problem('generator/invalid', 'The NARMA series grows without bound for these coefficients.'));
  return ok({ input, output: y.slice(order) });
}

function refuse(steps: number, order: number, input?: ArrayLike<number>): string | undefined {
  const whole = Number.isInteger(steps) && steps >= 0 && Number.isInteger(order) && order > 0;
  if (!whole) return 'NARMA needs a whole number of values and an order of at least 1.';
  if (input === undefined || input.length >= steps + order) return undefined;
  return `NARMA of order ${order} needs ${steps + order} input values for ${steps} steps, not ${input.length}.`;
}

function nextValue(y: Float64Array, input: Float64Array, t: number, order: number, options: NarmaOptions): number {
  const { a1 = 0.2, a2 = 0.04, b = 1.5, c = 0.001 } = options;
  let sum = 0;
  for (let past = t - order; past < t; past += 1) sum += y[past] as number;
  const now = y[t] as number;
  return a1 * now + a2 * now * sum + b * (input[t - order] as number) * (input[t] as number) + c;
}
