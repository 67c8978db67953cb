/** Example and benchmarks W2a, W2b, W2c: sparsely connected excitatory and inhibitory cells with Poisson drive (Brunel 2000). */
import type { ParameterValue } from '../../engine/model/value.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity, spread } from './describe.ts';

export interface BrunelSize {
  readonly cells: number;
  /** Per cell; four fifths of them excitatory. */
  readonly inputs: number;
  /** Of an excitatory synapse. Default 0.5. */
  readonly millivolts?: number;
}

const inhibitionOverExcitation = 5;
const driveOverThreshold = 2;
const [thresholdMillivolts, membraneSeconds] = [20, 0.02];

/** Delta synapses of 1.5 ms, g = 5, external drive twice what reaches the threshold; open-ended in real time. */
export function brunel(size: BrunelSize = { cells: 10_000, inputs: 100 }): SpikeloomDocument {
  const { cells, inputs, millivolts = 0.5 } = size;
  const excitatory = (4 * cells) / 5;
  const synapses = (weight: number, inDegree: number): Record<string, ParameterValue> => ({
    weight: spread(weight, 'mV'),
    in_degree: inDegree,
    delay: quantity(1.5, 'ms'),
    autapses: true,
  });
  const excite = synapses(millivolts, (4 * inputs) / 5);
  const inhibit = synapses(-inhibitionOverExcitation * millivolts, inputs / 5);
  return example({
    name: `Brunel network, ${cells.toLocaleString('en')} cells`,
    run: { timeStep: quantity(0.1, 'ms'), duration: null, seed: 1, speed: 1 },
    elements: [
      element('excitatory', 'neurons/equations', 'Excitatory', [0, 0], population(excitatory, millivolts)),
      element('inhibitory', 'neurons/equations', 'Inhibitory', [420, 0], population(cells - excitatory, millivolts)),
    ],
    connections: [
      connection('e-e', 'fixed-in-degree', 'excitatory.spikes', 'excitatory.synapses', excite),
      connection('e-i', 'fixed-in-degree', 'excitatory.spikes', 'inhibitory.synapses', excite),
      connection('i-e', 'fixed-in-degree', 'inhibitory.spikes', 'excitatory.synapses', inhibit),
      connection('i-i', 'fixed-in-degree', 'inhibitory.spikes', 'inhibitory.synapses', inhibit),
    ],
    probes: [
      probe('probe-excitatory', 'excitatory.spikes'),
      probe('probe-inhibitory', 'inhibitory.spikes'),
      probe('probe-membrane', 'excitatory.v', [0, 1]),
    ],
    plots: [
      plot('plot-raster', 'raster', 'probe-excitatory', 'probe-inhibitory'),
      plot('plot-membrane', 'traces', 'probe-membrane'),
    ],
  });
}

function population(size: number, millivolts: number): Record<string, ParameterValue> {
  return {
    size,
    model:
      'dv/dt = -v/tau_m : volt (unless refractory)\ntau_m : second (shared)\nJ : volt (shared)\ndrive : Hz (shared)',
    threshold_condition: 'v > 20*mV',
    reset_statements: 'v = 10*mV',
    refractory_period: '2*ms',
    event_handlers: 'on synapses: v += w',
    every_step: 'v += J*poisson(drive*dt)',
    tau_m: quantity(1000 * membraneSeconds, 'ms'),
    J: quantity(millivolts, 'mV'),
    drive: quantity((driveOverThreshold * thresholdMillivolts) / (millivolts * membraneSeconds), 'Hz'),
  };
}
