/** Rockpool's Network: layers with steps of their own, one after the other; calls in a row, saving, training of a readout. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { networkClock } from '../../formats/network-clock.ts';
import { printRockpoolNetwork } from '../../formats/rockpool-network.ts';
import { BadCase, eventsOf, optionalNumber, seriesOf } from '../case-access.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { trainReadout } from './network-training.ts';
import { evolutionOrder, layersOf, savedLayer, type SystemOf } from './network-layers.ts';
import { evolve, type Network } from './network-run.ts';

/** Steps of the network per call: ⌊duration / dt⌋ without tolerance, as released. */
function stepsOf({ all }: ReferenceCase, timeStep: number, now: number): number {
  const given = isRecord(all['evolve_arguments']) ? all['evolve_arguments'] : {};
  const steps = optionalNumber(all['steps']) ?? optionalNumber(given['num_timesteps']);
  if (steps !== undefined) return steps;
  const duration =
    optionalNumber(given['duration']) ?? optionalNumber(all['duration']) ?? durationOf(all['input'], now);
  if (duration === undefined) throw new BadCase('nothing says how long the network evolves');
  return Math.floor(duration / timeStep);
}

function durationOf(input: CaseValue | undefined, now: number): number | undefined {
  const events = isRecord(input) && input['type'] === 'events';
  const series = events ? eventsOf(input) : seriesOf(input);
  if (series === undefined) return undefined;
  return series.periodic ? series.stop - series.start : series.stop - now;
}

/** Names of the series that the classes give; others are named like their layer. */
const seriesNames: Readonly<Record<string, string>> = {
  FFRateEuler: 'unnamed',
  RecRateEuler: 'unnamed',
  PassThrough: 'unnamed',
  PassThroughEvents: 'transformed event raster',
  FFUpDown: 'Spikes from analogue',
  FFExpSyn: 'Receiver current',
};

function run(reference: ReferenceCase, network: Network): Result<CaseRecord> {
  const { all, parameters: given } = reference;
  const { layers, clock } = network;
  const input = all['input'] ?? null;
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  const first = optionalNumber(initial['network_timestep']) ?? 0;
  const steps = stepsOf(reference, clock.timeStep, first * clock.timeStep);
  // A later call goes on from what the first one left, of which the case tells only a part.
  const started = first === 0 ? ok({ outputs: {}, after: new Map() }) : evolve(network, input, first, new Map());
  return andThen(started, ({ after }) =>
    andThen(evolve(network, input, steps, after), ({ outputs }) => {
      const external = isRecord(input) && input['type'] === 'events' ? 'External input' : 'unnamed';
      const named = layers.map(({ name, className }) => [name, seriesNames[className] ?? name] as const);
      return ok({
        outputs,
        network_dt: clock.timeStep,
        final_t: (first + steps) * clock.timeStep,
        evolution_order: layers.map(({ name }) => name),
        steps_per_network_dt: Object.fromEntries(
          layers.map(({ name }, place) => [name, clock.stepsPerLayer[place] ?? 1] as const),
        ),
        output_names: { external, ...Object.fromEntries(named) },
        saved_json_text: printRockpoolNetwork({
          layers: layers.map(savedLayer),
          forcedTimeStep: optionalNumber(given['forced_dt']),
          inputLayer: layers.find((layer) => layer.external)?.name,
        }),
      });
    }),
  );
}

/** The system, which finds those of its layers by their names. */
export function networkSystem(find: (id: string) => System | undefined): System {
  const systemOf: SystemOf = (className) => find(`rockpool.${className}`);
  return {
    id: 'rockpool.Network',
    kinds: ['network', 'train'],
    where: ['formats/network-clock.ts networkClock', 'formats/rockpool-network.ts printRockpoolNetwork'],
    deviations: [
      'Saved networks of every class can be read again; the original reads only some of its own.',
      'A network whose layers form a circle is refused with the connection to remove.',
    ],
    run(reference, laboratory) {
      const { parameters: given } = reference;
      return andThen(evolutionOrder(layersOf(given['layers'])), (layers) => {
        const steps = layers.map(({ timeStep }) => timeStep);
        return andThen(networkClock(steps, optionalNumber(given['forced_dt'])), (clock) => {
          const network = { layers, clock, laboratory, systemOf };
          return reference.kind === 'train' ? trainReadout(reference, network) : run(reference, network);
        });
      });
    },
  };
}
