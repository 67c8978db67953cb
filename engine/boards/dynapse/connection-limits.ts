/** Which connections the board can hold: places for input, chips reached, inputs that it cannot tell apart (Rockpool 1.0.7, VirtualDynapse). */
import { fanInLimit, fanOutLimit } from './limits.ts';

export interface BoardSize {
  readonly chips: number;
  readonly coresPerChip: number;
  readonly neuronsPerCore: number;
}

/** Whole numbers of contacts [from, to]; empty or absent where there are none. */
export interface BoardConnections {
  readonly recurrent: ArrayLike<number>;
  readonly external: ArrayLike<number> | undefined;
}

export interface ConnectionLimits {
  readonly fanIn?: number;
  readonly fanOut?: number;
  /** The most that one contact weighs; heavier connections take several. Default 1. */
  readonly contactStrength?: number;
}

/** The first connection that breaks each limit; undefined where it is kept. */
export interface BrokenLimits {
  readonly fanIn: { readonly neuron: number; readonly inputs: number } | undefined;
  readonly fanOut: { readonly neuron: number; readonly chips: number } | undefined;
  /** Two sources with the same number on their chips that reach one core; channels from outside count from the number of neurons on. */
  readonly aliasing: { readonly core: number; readonly sources: readonly [number, number] } | undefined;
}

/** Looks at all limits. */
export function brokenLimits(
  connections: BoardConnections,
  size: BoardSize,
  { fanIn = fanInLimit, fanOut = fanOutLimit, contactStrength = 1 }: ConnectionLimits = {},
): BrokenLimits {
  const board = boardOf(connections, size);
  return {
    fanIn: tooManyInputs(board, fanIn, contactStrength),
    fanOut: tooManyChips(board, fanOut),
    aliasing: ambiguous(board),
  };
}

/** Sources are the neurons and then the channels from outside, which count as one more chip. */
interface Board extends BoardSize {
  readonly neurons: number;
  readonly perChip: number;
  readonly sources: number;
  contacts(source: number, target: number): number;
}

function boardOf({ recurrent, external }: BoardConnections, size: BoardSize): Board {
  const perChip = size.coresPerChip * size.neuronsPerCore;
  const neurons = size.chips * perChip;
  const channels = external === undefined ? 0 : external.length / neurons;
  return {
    ...{ ...size, neurons, perChip, sources: neurons + channels },
    contacts: (source, target) =>
      source < neurons
        ? (recurrent[source * neurons + target] ?? 0)
        : (external?.[(source - neurons) * neurons + target] as number),
  };
}

function tooManyInputs({ neurons, sources, contacts }: Board, most: number, strength: number): BrokenLimits['fanIn'] {
  for (let neuron = 0; neuron < neurons; neuron += 1) {
    let inputs = 0;
    for (let source = 0; source < sources; source += 1)
      inputs += Math.ceil(Math.abs(contacts(source, neuron)) / strength);
    if (inputs > most) return { neuron, inputs };
  }
  return undefined;
}

function tooManyChips({ neurons, perChip, contacts }: Board, most: number): BrokenLimits['fanOut'] {
  for (let neuron = 0; neuron < neurons; neuron += 1) {
    const reached = new Set<number>();
    for (let target = 0; target < neurons; target += 1)
      if (contacts(neuron, target) !== 0) reached.add(Math.floor(target / perChip));
    if (reached.size > most) return { neuron, chips: reached.size };
  }
  return undefined;
}

function ambiguous({ neurons, perChip, sources, neuronsPerCore, contacts }: Board): BrokenLimits['aliasing'] {
  for (let core = 0; core < neurons / neuronsPerCore; core += 1) {
    const seen = new Map<number, number>();
    for (let source = 0; source < sources; source += 1) {
      const first = core * neuronsPerCore;
      let reaches = false;
      for (let target = first; target < first + neuronsPerCore; target += 1)
        if (contacts(source, target) !== 0) reaches = true;
      if (!reaches) continue;
      const number = source < neurons ? source % perChip : source - neurons;
      const other = seen.get(number);
      if (other !== undefined) return { core, sources: [other, source] };
      seen.set(number, source);
    }
  }
  return undefined;
}
