/** Example: a reservoir built layer by layer, whose readout gives back what its input was a while ago. */
import { createUniformSource } from '../../engine/base/random.ts';
import { normalDraw } from '../../engine/generators/draws.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const units = 100;

export const recall = { steps: 8000, trained: 6000, delay: 60, smoothing: 30 };

/** Noise through two leaky averages of 30 ms, of variance 1. */
export function smoothNoise(): Float64Array {
  const [uniform, draw] = [createUniformSource(21), normalDraw()];
  const keep = Math.exp(-1 / recall.smoothing);
  let [first, second] = [0, 0];
  const values = Float64Array.from({ length: recall.steps }, () => {
    first = keep * first + (1 - keep) * draw(uniform);
    second = keep * second + (1 - keep) * first;
    return second;
  });
  const power = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return values.map((value) => value / Math.sqrt(power));
}

/** The signal, and what the input layer weighs it with. */
function arrays() {
  const [uniform, draw] = [createUniformSource(22), normalDraw(0, 0.5)];
  const weights = Float64Array.from({ length: units }, () => draw(uniform));
  return {
    noise: encodeArray(smoothNoise(), [recall.steps, 1], { source: 'noise through two averages of 30 ms' }),
    columns: encodeArray(weights, [1, units], { dtype: 'float32', source: 'z / 2' }),
  };
}

export function buildingAReservoir(): SpikeloomDocument {
  const { noise, columns } = arrays();
  const readout = { ridge: quantity(1e-4, '1'), horizon: 0, washout: 500, train_until: recall.trained };
  return example({
    name: 'Building a reservoir',
    note: {
      place: [0, -140],
      width: 746,
      text: `Input layer, reservoir, readout: a network is layers in a row. The readout learns in the first 6 s.
The task is memory: tell what the signal was 60 ms ago. The present signal knows little of it (NRMSE 0.9, which is √(1−ρ²) for its correlation ρ with its own past); the states of the reservoir hold it.
Source: Rockpool 1.0.7, "Building and simulating a reservoir network".`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(recall.steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('signal', 'stimuli/series', 'Signal', [0, 200], { series: { array: noise.id, unit: '1' } }),
      element('input', 'layers/pass-through', 'Input layer', [270, 0], {
        size: units,
        weights: { array: columns.id, unit: '1' },
      }),
      element('reservoir', 'layers/rec-rate-euler', 'Reservoir', [540, 0], {
        size: units,
        tau: { distribution: 'uniform', arguments: { low: quantity(10, 'ms'), high: quantity(100, 'ms') } },
        gain: quantity(0.9, '1'),
        activation: 'tanh',
      }),
      element('readout', 'readouts/ridge', 'With reservoir', [840, 90], readout),
      element('earlier', 'stimuli/series', 'Signal 60 ms ago', [0, 400], {
        series: { array: noise.id, unit: '1' },
        delay: quantity(recall.delay, 'ms'),
      }),
      element('direct', 'readouts/ridge', 'Without', [840, 320], readout),
    ],
    connections: [
      connection('signal-input', 'wire', 'signal.out', 'input.in'),
      connection('input-reservoir', 'wire', 'input.out', 'reservoir.in'),
      connection('reservoir-readout', 'wire', 'reservoir.out', 'readout.features'),
      connection('earlier-readout', 'wire', 'earlier.out', 'readout.target'),
      connection('signal-direct', 'wire', 'signal.out', 'direct.features'),
      connection('earlier-direct', 'wire', 'earlier.out', 'direct.target'),
    ],
    probes: [
      probe('probe-signal', 'signal.out'),
      probe('probe-earlier', 'earlier.out'),
      probe('probe-prediction', 'readout.prediction'),
      probe('probe-target', 'readout.target'),
      probe('probe-direct', 'direct.prediction'),
      probe('probe-states', 'reservoir.v', [0, 1, 2, 3, 4, 5]),
    ],
    plots: [
      plot('plot-prediction', 'prediction', 'probe-prediction', 'probe-target'),
      plot('plot-direct', 'prediction', 'probe-direct', 'probe-target'),
      plot('plot-states', 'traces', 'probe-states'),
    ],
    arrays: { [noise.id]: noise, [columns.id]: columns },
  });
}
