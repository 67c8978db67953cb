/** Benchmark W4: 1,000 leaky integrate-and-fire cells, each connected to all, about 4 % of them firing in a step. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const equations = `dv/dt = (-v + 20*u*w_in)/tau : 1
u = 0.08 + 0.04*sin(10*Hz*t) : 1 (constant over dt)
w_in : 1
tau : second (shared)`;

/** Weights of deviation 0.3/√1000, another one for each synapse; 10,000 steps of 1 ms. */
export function lifReservoir(): SpikeloomDocument {
  const cells = 1000;
  return example({
    name: 'LIF reservoir',
    run: { timeStep: quantity(1, 'ms'), duration: quantity(10, 's'), seed: 1, speed: null },
    elements: [
      element('reservoir', 'neurons/equations', 'Reservoir', [0, 0], {
        size: cells,
        model: equations,
        threshold_condition: 'v > 1',
        reset_statements: 'v = 0',
        refractory_period: '',
        event_handlers: 'on synapses: v += w',
        method: 'exponential-euler',
        tau: quantity(20, 'ms'),
        w_in: {
          distribution: 'clipped-normal',
          arguments: { mean: quantity(0.8, '1'), deviation: quantity(0.6, '1'), least: quantity(0, '1') },
        },
      }),
    ],
    connections: [
      connection('recurrent', 'all-to-all', 'reservoir.spikes', 'reservoir.synapses', {
        weight: {
          distribution: 'normal',
          arguments: { mean: quantity(0, '1'), deviation: quantity(0.3 / Math.sqrt(cells), '1') },
        },
        autapses: true,
      }),
    ],
    probes: [probe('probe-spikes', 'reservoir.spikes'), probe('probe-membrane', 'reservoir.v', [0, 1])],
    plots: [plot('plot-raster', 'raster', 'probe-spikes'), plot('plot-membrane', 'traces', 'probe-membrane')],
  });
}
