/** Calls of a network of layers: each layer evolves whole, on what the layer before it gave. */
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { NetworkClock } from '../../formats/network-clock.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { evolveLayer, type LayerProgress, type NetworkLayer, type SystemOf } from './network-layers.ts';

/** A network of a case that is set up. */
export interface Network {
  readonly layers: readonly NetworkLayer[];
  readonly clock: NetworkClock;
  readonly laboratory: Laboratory;
  readonly systemOf: SystemOf;
}

export type Outputs = Readonly<Record<string, CaseRecord>>;

/** One call of the network: the outputs of all layers, and where each then stands. */
export function evolve(
  { layers, clock, laboratory, systemOf }: Network,
  input: CaseValue,
  steps: number,
  before: ReadonlyMap<string, LayerProgress>,
): Result<{ outputs: Outputs; after: ReadonlyMap<string, LayerProgress> }> {
  const outputs: Record<string, CaseRecord> = {};
  const after = new Map<string, LayerProgress>();
  for (const [place, layer] of layers.entries()) {
    const call = {
      input: layer.preLayer === undefined ? input : (outputs[layer.preLayer] ?? null),
      steps: steps * (clock.stepsPerLayer[place] ?? 1),
      before: before.get(layer.name) ?? { steps: 0, state: undefined },
    };
    const made = evolveLayer(layer, call, { laboratory, systemOf });
    if (!made.ok) return made;
    outputs[layer.name] = made.value.output;
    after.set(layer.name, made.value.after);
  }
  return ok({ outputs, after });
}
