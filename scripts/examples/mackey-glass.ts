/** Example: a chaotic series forecast ten steps ahead, from the spikes of a liquid and from an echo state network. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const steps = 4000;
const readout = { ridge: quantity(1e-4, '1'), horizon: 10, washout: 200, train_until: 3000 };

/** The liquid has the numbers of reservoirpy's example of its LIF node; one value of the series is one step of 1 ms. */
export function mackeyGlass(): SpikeloomDocument {
  return example({
    name: 'Mackey-Glass forecast',
    note: {
      place: [0, -150],
      width: 846,
      text: `A chaotic series forecast ten steps ahead; targets after step 3,000 are the test.
Compare the two NRMSE: 1 is as bad as the mean, and "as it is now" (persistence) is even worse, about 1.2. The smooth states of the rate reservoir forecast to a few percent; from the spikes of the liquid, which has the numbers of the manual’s example, about half of the deviation stays.
Source: reservoirpy 0.4, nodes.LIF and its Mackey-Glass example.`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('series', 'stimuli/mackey-glass', 'Mackey-Glass', [0, 170], { length: steps }),
      element('liquid', 'layers/lif-reservoir', 'Spiking liquid', [300, 0], {
        units: 100,
        inhibitory: quantity(0.1, '1'),
        sr: quantity(1, '1'),
        lr: quantity(0.2, '1'),
        input_scaling: quantity(0.5, '1'),
        rc_connectivity: quantity(1, '1'),
        input_connectivity: quantity(1, '1'),
      }),
      element('rates', 'layers/rate-reservoir', 'Rate reservoir', [300, 350], {
        units: 100,
        sr: quantity(1.25, '1'),
        lr: quantity(0.3, '1'),
        input_connectivity: quantity(1, '1'),
      }),
      element('from-spikes', 'readouts/ridge', 'From spikes', [640, 90], readout),
      element('from-rates', 'readouts/ridge', 'From rates', [640, 290], readout),
    ],
    connections: [
      connection('series-liquid', 'wire', 'series.out', 'liquid.in'),
      connection('series-rates', 'wire', 'series.out', 'rates.in'),
      connection('liquid-readout', 'wire', 'liquid.spikes', 'from-spikes.features'),
      connection('rates-readout', 'wire', 'rates.out', 'from-rates.features'),
      connection('series-from-spikes', 'wire', 'series.out', 'from-spikes.target'),
      connection('series-from-rates', 'wire', 'series.out', 'from-rates.target'),
    ],
    probes: [
      probe('probe-series', 'series.out'),
      probe('probe-from-spikes', 'from-spikes.prediction'),
      probe('probe-from-rates', 'from-rates.prediction'),
      probe('probe-target', 'from-rates.target'),
      probe('probe-spikes', 'liquid.spikes'),
    ],
    plots: [
      plot('plot-from-rates', 'prediction', 'probe-from-rates', 'probe-target'),
      plot('plot-from-spikes', 'prediction', 'probe-from-spikes', 'probe-target'),
      plot('plot-raster', 'raster', 'probe-spikes'),
    ],
  });
}
