/** Optimisers: from gradients to new parameters, one step at a time. */

/** Parameters or gradients by name; all steps name the same ones, of the same lengths. */
export type Parameters = ReadonlyMap<string, Float64Array>;

export interface Optimiser {
  /** The parameters after one more step down their gradients. What it remembers of earlier steps stays inside. */
  step(parameters: Parameters, gradients: Parameters): Map<string, Float64Array>;
}

export interface AdamOptions {
  readonly learningRate: number;
  /** Default 0.9. */
  readonly firstDecay?: number;
  /** Default 0.999. */
  readonly secondDecay?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** Adam with both corrections of bias: p −= η · m̂ / (√v̂ + ε), as jax and torch do it. */
export function createAdam(options: AdamOptions): Optimiser {
  const { learningRate, firstDecay = 0.9, secondDecay = 0.999, epsilon = 1e-8 } = options;
  const moments = new Map<string, { readonly first: Float64Array; readonly second: Float64Array }>();
  let steps = 0;
  return {
    step(parameters, gradients) {
      steps += 1;
      const [firstShare, secondShare] = [1 - firstDecay ** steps, 1 - secondDecay ** steps];
      return changed(parameters, gradients, (name, gradient) => {
        const { length } = gradient;
        const { first, second } = moments.get(name) ?? {
          first: new Float64Array(length),
          second: new Float64Array(length),
        };
        moments.set(name, { first, second });
        return gradient.map((slope, place) => {
          const mean = (first[place] = (1 - firstDecay) * slope + firstDecay * (first[place] as number));
          const square = (second[place] = (1 - secondDecay) * slope * slope + secondDecay * (second[place] as number));
          return (learningRate * (mean / firstShare)) / (Math.sqrt(square / secondShare) + epsilon);
        });
      });
    },
  };
}

export interface DescentOptions {
  readonly learningRate: number;
  /** Share of the last velocity that is kept. Default 0: plain gradient descent. */
  readonly momentum?: number;
}

/** Gradient descent with momentum: u = μ·u + g, p −= η·u, as torch does it. */
export function createDescent({ learningRate, momentum = 0 }: DescentOptions): Optimiser {
  const velocities = new Map<string, Float64Array>();
  return {
    step: (parameters, gradients) =>
      changed(parameters, gradients, (name, gradient) => {
        const last = velocities.get(name);
        const velocity =
          last === undefined ? gradient : gradient.map((slope, place) => momentum * (last[place] as number) + slope);
        velocities.set(name, velocity);
        return velocity.map((speed) => learningRate * speed);
      }),
  };
}

/** The parameters less what `stepOf` says of each gradient. */
function changed(
  parameters: Parameters,
  gradients: Parameters,
  stepOf: (name: string, gradient: Float64Array) => Float64Array,
): Map<string, Float64Array> {
  const after = [...parameters].map(([name, values]) => {
    const step = stepOf(name, gradients.get(name) ?? new Float64Array(values.length));
    return [name, values.map((value, place) => value - (step[place] as number))] as const;
  });
  return new Map(after);
}

/** Gradients scaled down together where their common Euclidean norm exceeds `norm`, as torch's clip_grad_norm_ (with its 1e-6). */
export function clipByNorm(gradients: Parameters, norm: number): Map<string, Float64Array> {
  let squares = 0;
  for (const gradient of gradients.values()) for (const slope of gradient) squares += slope * slope;
  const factor = Math.min(1, norm / (Math.sqrt(squares) + 1e-6));
  return new Map([...gradients].map(([name, gradient]) => [name, gradient.map((slope) => slope * factor)]));
}
