/** Benchmark W4: 1,000 discrete leaky integrate-and-fire cells, densely connected, about 3 % firing in a step. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** Drawn weights of root mean square 0.3/√cells, half the cells inhibitory; input 0.08 + 0.04 sin(0.01 n). */
export function lifReservoir(size = { cells: 1000, steps: 10_000 }): SpikeloomDocument {
  const { cells, steps } = size;
  return example({
    name: 'LIF reservoir',
    run: { timeStep: quantity(1, 'ms'), duration: quantity(steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('input', 'stimuli/sine', 'Slow sine', [0, 0], {
        amplitude: quantity(0.04, '1'),
        frequency: quantity(10 / (2 * Math.PI), 'Hz'),
        offset: quantity(0.08, '1'),
      }),
      element('reservoir', 'layers/lif-reservoir', 'Reservoir', [300, 0], {
        units: cells,
        lr: quantity(0.05, '1'),
        inhibitory: quantity(0.5, '1'),
        // Uniform weights up to s have the spectral radius cells·s/2 and the root mean square s/√3.
        sr: quantity(0.15 * Math.sqrt(3 * cells), '1'),
        rc_connectivity: quantity(1, '1'),
        input_connectivity: quantity(1, '1'),
        input_scaling: quantity(1.6, '1'),
      }),
    ],
    connections: [connection('input-reservoir', 'wire', 'input.out', 'reservoir.in')],
    probes: [probe('probe-spikes', 'reservoir.spikes'), probe('probe-membrane', 'reservoir.v', [0, 1])],
    plots: [plot('plot-raster', 'raster', 'probe-spikes'), plot('plot-membrane', 'traces', 'probe-membrane')],
  });
}
