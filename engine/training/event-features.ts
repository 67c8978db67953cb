/** Events filtered by exponential synapses of weight 1: what readouts of spike trains are trained on. */
import { createMatrix, type Matrix } from '../math/matrix.ts';
import type { Raster } from '../timeseries/raster.ts';

export interface EventFilter {
  /** What is left of a current after a step: exp(−dt / tau_syn). */
  readonly decay: number;
  /** Events show one step later, as at the output of the layer; else in their own row. */
  readonly shifted: boolean;
  /** Currents before the first row, one per channel: what the batch before has left, so that batches are as one. Default 0. */
  readonly begun?: Float64Array | undefined;
  /** Added to the events of the first row, as released. Default 0. */
  readonly carried?: Float64Array | undefined;
}

export interface FilteredEvents {
  readonly features: Matrix;
  /** Currents after the last row. */
  readonly left: Float64Array;
}

/** What arrives in each step on each channel, [steps, channels]. */
export interface CountedEvents extends Pick<Raster, 'steps' | 'channelCount'> {
  readonly counts: ArrayLike<number>;
}

/** Features [steps, channels]: row k is decay · row k − 1 plus the events of step k, or of step k − 1 where they are shifted. */
export function filterEvents({ steps, channelCount, counts }: CountedEvents, filter: EventFilter): FilteredEvents {
  const { decay, shifted, begun, carried } = filter;
  const features = createMatrix(steps, channelCount);
  const current = begun?.slice() ?? new Float64Array(channelCount);
  for (let row = 0; row < steps; row += 1) {
    if (shifted) features.values.set(current, row * channelCount);
    for (let channel = 0; channel < channelCount; channel += 1) {
      const arriving = (counts[row * channelCount + channel] as number) + (row === 0 ? (carried?.[channel] ?? 0) : 0);
      current[channel] = decay * (current[channel] as number) + arriving;
    }
    if (!shifted) features.values.set(current, row * channelCount);
  }
  return { features, left: current };
}
