/** Penalties on parameters that are added to a loss, with their slopes. */
import type { Parameters } from './optimisers.ts';

export interface PenaltyValue {
  readonly value: number;
  /** By the parameters that it looks at. */
  readonly slopes: Parameters;
}

/** A penalty with its derivatives. */
export type Penalty = (parameters: Parameters) => PenaltyValue;

/** `scale` times the mean over a parameter of `of(value)`, whose derivative is `slope`. */
function meanOf(name: string, scale: number, of: (value: number) => readonly [number, number]): Penalty {
  return (parameters) => {
    const found = Array.from(parameters.get(name) ?? [], of);
    const share = scale / Math.max(1, found.length);
    const value = share * found.reduce((sum, [part]) => sum + part, 0);
    return { value, slopes: new Map([[name, Float64Array.from(found, ([, slope]) => share * slope)]]) };
  };
}

/** Mean of the squares of a parameter. */
export function meanSquare(name: string): Penalty {
  return meanOf(name, 1, (value) => [value * value, 2 * value]);
}

/** `scale` times the mean of e^(bound − value) where the value is below the bound, 0 elsewhere. */
export function belowBound(name: string, bound: number, scale: number): Penalty {
  return meanOf(name, scale, (value) => {
    const part = value < bound ? Math.exp(bound - value) : 0;
    return [part, -part];
  });
}

/** A loss and its gradients with penalties added. */
export function withPenalties(
  { value, gradients }: { readonly value: number; readonly gradients: Parameters },
  penalties: readonly Penalty[],
  parameters: Parameters,
): { readonly value: number; readonly gradients: Map<string, Float64Array> } {
  const sum = { value, gradients: new Map(gradients) };
  for (const penalty of penalties) {
    const added = penalty(parameters);
    sum.value += added.value;
    for (const [name, slopes] of added.slopes) {
      const before = sum.gradients.get(name) ?? new Float64Array(slopes.length);
      sum.gradients.set(
        name,
        before.map((slope, place) => slope + (slopes[place] as number)),
      );
    }
  }
  return sum;
}
