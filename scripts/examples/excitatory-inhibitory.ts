/** Example that opens first: 80 excitatory and 20 inhibitory cells driven by Poisson spikes. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const synapse = (weight: number, inDegree: number) => ({
  weight: quantity(weight, 'nA'),
  in_degree: inDegree,
  delay: quantity(1.5, 'ms'),
});

/** An open-ended run at 0.1 ms steps in real time. */
export function excitatoryInhibitory(): SpikeloomDocument {
  return example({
    name: 'Excitation and inhibition',
    run: { timeStep: { value: 0.1, unit: 'ms' }, duration: null, seed: 1, speed: 1 },
    elements: [
      element('poisson', 'stimuli/poisson', 'Poisson input', [0, 110], { size: 80, rate: quantity(25, 'Hz') }),
      element('excitatory', 'neurons/lif', 'Excitatory', [300, 0], { size: 80 }),
      element('inhibitory', 'neurons/lif', 'Inhibitory', [300, 250], { size: 20, tau_mem: quantity(10, 'ms') }),
    ],
    connections: [
      connection('poisson-excitatory', 'fixed-in-degree', 'poisson.spikes', 'excitatory.synapses', synapse(0.17, 16)),
      connection('poisson-inhibitory', 'fixed-in-degree', 'poisson.spikes', 'inhibitory.synapses', synapse(0.1, 16)),
      connection(
        'excitatory-excitatory',
        'fixed-in-degree',
        'excitatory.spikes',
        'excitatory.synapses',
        synapse(0.1, 8),
      ),
      connection(
        'excitatory-inhibitory',
        'fixed-in-degree',
        'excitatory.spikes',
        'inhibitory.synapses',
        synapse(0.15, 16),
      ),
      connection(
        'inhibitory-excitatory',
        'fixed-in-degree',
        'inhibitory.spikes',
        'excitatory.synapses',
        synapse(-0.3, 5),
      ),
      connection(
        'inhibitory-inhibitory',
        'fixed-in-degree',
        'inhibitory.spikes',
        'inhibitory.synapses',
        synapse(-0.3, 4),
      ),
    ],
    probes: [
      probe('probe-excitatory', 'excitatory.spikes'),
      probe('probe-inhibitory', 'inhibitory.spikes'),
      probe('probe-poisson', 'poisson.spikes'),
      probe('probe-membrane', 'excitatory.v', [0, 1]),
    ],
    plots: [
      plot('plot-raster', 'raster', 'probe-excitatory', 'probe-inhibitory'),
      plot('plot-membrane', 'traces', 'probe-membrane'),
    ],
  });
}
