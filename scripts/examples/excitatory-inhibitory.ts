/** Example that opens first: 80 excitatory and 20 inhibitory cells driven by Poisson spikes. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const synapse = (weight: number, probability: number) => ({
  weight: quantity(weight, 'nA'),
  probability: quantity(probability, '1'),
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
      connection('poisson-excitatory', 'sparse-random', 'poisson.spikes', 'excitatory.synapses', synapse(0.18, 0.2)),
      connection('poisson-inhibitory', 'sparse-random', 'poisson.spikes', 'inhibitory.synapses', synapse(0.14, 0.2)),
      connection(
        'excitatory-excitatory',
        'sparse-random',
        'excitatory.spikes',
        'excitatory.synapses',
        synapse(0.1, 0.1),
      ),
      connection(
        'excitatory-inhibitory',
        'sparse-random',
        'excitatory.spikes',
        'inhibitory.synapses',
        synapse(0.2, 0.2),
      ),
      connection(
        'inhibitory-excitatory',
        'sparse-random',
        'inhibitory.spikes',
        'excitatory.synapses',
        synapse(-0.4, 0.3),
      ),
      connection(
        'inhibitory-inhibitory',
        'sparse-random',
        'inhibitory.spikes',
        'inhibitory.synapses',
        synapse(-0.3, 0.2),
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
