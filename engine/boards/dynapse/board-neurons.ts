/** Values of single neurons and synapses on the board: what a core is set to, with the mismatch of transistors (Rockpool 1.0.7, VirtualDynapse). */

/** Rows of a table of mismatch factors [12 + 2 N, N]; those of excitatory and of inhibitory synapses by source follow. */
export const mismatchRows = [
  ...['baseweight_e', 'baseweight_i', 'bias', 'refractory', 'tau_mem_1', 'tau_mem_2', 'tau_syn_exc', 'tau_syn_inh'],
  ...['v_thresh', 'spike_adapt', 'tau_adapt', 'delta_t'],
] as const;

/** Factor of a row of the table for a neuron. */
export type Mismatch = (row: number, neuron: number) => number;

/** Mismatch that is drawn: normal around 1 with a deviation of 20 %, at least 0.1. `normal` is a standard normal number of its own for each pair. */
export function drawnMismatch(normal: (row: number, neuron: number) => number): Mismatch {
  return (row, neuron) => Math.max(1 + 0.2 * normal(row, neuron), 0.1);
}

/** Numbers given for all, for each core or for each neuron, as one for each neuron. */
function perNeuron(given: ArrayLike<number>, neurons: number): Float64Array {
  const share = neurons / given.length;
  return Float64Array.from({ length: neurons }, (_, neuron) => given[Math.floor(neuron / share)] as number);
}

/** A value of the neurons, given for all, for each core or for each neuron, with its mismatch. */
export function neuronValues(
  given: ArrayLike<number>,
  neurons: number,
  name: string,
  mismatch: Mismatch,
): Float64Array {
  const row = (mismatchRows as readonly string[]).indexOf(name);
  return perNeuron(given, neurons).map((value, neuron) => value * mismatch(row, neuron));
}

export interface WeightRequest {
  /** Whole contacts [from, to] with `neurons` columns. */
  readonly contacts: ArrayLike<number>;
  readonly neurons: number;
  /** Weight of one contact by target neuron. */
  readonly excitatory: ArrayLike<number>;
  readonly inhibitory: ArrayLike<number>;
  /** Factor of the single synapse; 1 where it is absent. */
  readonly factor?: (excitatory: boolean, source: number, target: number) => number;
}

/** Weights [from, to]: contacts times the weight of one. */
export function contactWeights({ contacts, neurons, excitatory, inhibitory, factor }: WeightRequest): Float64Array {
  return Float64Array.from(contacts, (count, place) => {
    if (count === 0) return 0;
    const source = Math.floor(place / neurons);
    const target = place % neurons;
    const base = (count > 0 ? excitatory : inhibitory)[target] as number;
    return count * base * (factor?.(count > 0, source, target) ?? 1);
  });
}
