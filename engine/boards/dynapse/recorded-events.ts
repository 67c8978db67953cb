/** What the board recorded: channels of a layer, firing rates (Rockpool 1.0.7, DynapseControl). */

/** Channel of each event: the place of its neuron in the layer; NaN where the layer has no such neuron. */
export function channelsOfEvents(neurons: ArrayLike<number>, layer: ArrayLike<number>): Float64Array {
  const channels = new Map(Array.from(layer, (neuron, channel) => [neuron, channel] as const));
  return Float64Array.from(neurons, (neuron) => channels.get(neuron) ?? Number.NaN);
}

export interface FiringRates {
  /** In Hz, one per neuron asked for. */
  readonly rates: Float64Array;
  readonly mean: number;
  readonly highest: number;
  readonly lowest: number;
}

/** Events per second of the neurons in `wanted`, or of all that occur, ascending; silent ones have rate 0. NaN statistics of no neurons. */
export function firingRates(neurons: ArrayLike<number>, seconds: number, wanted?: ArrayLike<number>): FiringRates {
  const counts = new Map<number, number>();
  for (const neuron of Array.from(neurons)) counts.set(neuron, (counts.get(neuron) ?? 0) + 1);
  const listed = wanted === undefined ? [...counts.keys()].sort((left, right) => left - right) : Array.from(wanted);
  const rates = Float64Array.from(listed, (neuron) => (counts.get(neuron) ?? 0) / seconds);
  if (rates.length === 0) return { rates, mean: Number.NaN, highest: Number.NaN, lowest: Number.NaN };
  return {
    rates,
    mean: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
    highest: rates.reduce((most, rate) => Math.max(most, rate)),
    lowest: rates.reduce((least, rate) => Math.min(least, rate)),
  };
}
