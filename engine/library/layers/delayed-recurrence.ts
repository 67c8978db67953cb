/** Layers of spiking cells with delayed synapses from the port `in` and among the cells, excitatory and inhibitory apart. */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { PopulationSignals } from '../../build/population/definition.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { matrix } from '../specs.ts';
import { delayParameters, delaysOfLayer, layDelayedSynapses } from './delayed-synapses.ts';
import { exactTime } from './exact-iaf.ts';
import type { LayerMatrix } from './layer-weights.ts';
import { inputMatrix, matrixShape, recurrentMatrix } from './weights.ts';

/** Parameters of the synapses. */
export const spikeSynapseParameters: readonly ParameterSpec[] = [
  exactTime('tau_syn_exc', 'excitatory time constant', 50, 'Decay of the current that positive weights make.'),
  exactTime('tau_syn_inh', 'inhibitory time constant', 50, 'Decay of the current that negative weights make.'),
  ...delayParameters('delay_in', 'delay of the input', 'input'),
  ...delayParameters('delay_rec', 'recurrent delay', 'own'),
  matrix('weights_in', 'input weights', 'pA', 'Weights [inputs, cells] of input spikes; drawn when absent.'),
  matrix('weights_rec', 'recurrent weights', 'pA', 'Weights [from, to] of own spikes; drawn when absent.'),
];

/** States of the synapses. */
export const synapticStates: readonly StateSpec[] = [
  { name: 'I_exc', title: 'excitatory current', unit: 'A' },
  { name: 'I_inh', title: 'inhibitory current', unit: 'A' },
];

/** Cells with the states I_exc and I_inh and a threshold, and the synapses that lead to them, drawn where no weights are given. */
export function expandDelayedRecurrence(
  builder: ElementBuilder,
  expandCells: (builder: ElementBuilder, cells: number) => Result<PopulationSignals>,
): Result<void> {
  const cells = matrixShape(builder, 'weights_rec')?.[1] ?? builder.number('size');
  return andThen(inputMatrix(builder, 'weights_in', cells, 1e-11, 'A'), (input) =>
    andThen(recurrentMatrix(builder, 'weights_rec', cells, 2e-12, 'A'), (recurrent) =>
      layCells(builder, { cells, input, recurrent, expandCells }),
    ),
  );
}

interface DelayedLayer {
  readonly cells: number;
  readonly input: LayerMatrix;
  readonly recurrent: LayerMatrix;
  readonly expandCells: (builder: ElementBuilder, cells: number) => Result<PopulationSignals>;
}

/** The same with weights that are at hand. */
export function layCells(
  builder: ElementBuilder,
  { cells, input, recurrent, expandCells }: DelayedLayer,
): Result<void> {
  const delays = hasDelays(builder) ? delaysOfLayer(builder, input, recurrent) : ok(leastDelays(input, recurrent));
  return andThen(delays, (delayed) =>
    mapResult(expandCells(builder, cells), ({ states, spikes = '', counts = false }) => {
      const currents = { cells, excitatory: states['I_exc'] ?? '', inhibitory: states['I_inh'] ?? '' };
      layDelayedSynapses(builder, currents, { ...delayed, spikes: { signal: spikes, type: counts ? 'f64' : 'u8' } });
    }),
  );
}

function hasDelays(builder: ElementBuilder): boolean {
  return builder.kind.parameters.some(({ name }) => name === 'delay_in');
}

/** One step for all. */
function leastDelays(input: LayerMatrix, recurrent: LayerMatrix) {
  return { input: { matrix: input, delays: 1 }, recurrent: { matrix: recurrent, delays: 1 } };
}
