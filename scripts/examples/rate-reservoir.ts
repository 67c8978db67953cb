/** Benchmark W3: 1,000 tanh units, densely connected, driven by a noisy sine for 20,000 steps; all states recorded. */
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** What the series of benchmarks changes. */
export interface RateReservoirSize {
  readonly units: number;
  readonly steps: number;
}

/** x ← x + 0.1 (−x + tanh(x) W + z u) with weights of deviation 1.2/√units and the input u = sin(0.05 n) + 0.3 z. */
export function rateReservoir(size: RateReservoirSize = { units: 1000, steps: 20_000 }): SpikeloomDocument {
  const noise = nearlyNormal(1);
  const input = Float32Array.from({ length: size.steps }, (_, step) => Math.sin(0.05 * step) + 0.3 * noise());
  const series = encodeArray(input, [size.steps, 1], { dtype: 'float32', source: 'sin(0.05 n) + 0.3 z' });
  const columns = Float32Array.from({ length: size.units }, noise);
  const inputWeights = encodeArray(columns, [1, size.units], { dtype: 'float32', source: 'z' });
  return example({
    name: 'Rate reservoir',
    run: { timeStep: quantity(1, 'ms'), duration: quantity(size.steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('input', 'stimuli/series', 'Noisy sine', [0, 0], { series: { array: series.id, unit: '1' } }),
      element('weights', 'layers/pass-through', 'Input weights', [300, 0], {
        weights: { array: inputWeights.id, unit: '1' },
      }),
      element('reservoir', 'layers/rec-rate-euler', 'Reservoir', [600, 0], {
        size: size.units,
        tau: quantity(10, 'ms'),
        gain: quantity(1.2, '1'),
        activation: 'tanh',
      }),
    ],
    connections: [
      connection('input-weights', 'wire', 'input.out', 'weights.in'),
      connection('weights-reservoir', 'wire', 'weights.out', 'reservoir.in'),
    ],
    probes: [probe('probe-states', 'reservoir.v')],
    plots: [plot('plot-states', 'traces', 'probe-states')],
    arrays: { [series.id]: series, [inputWeights.id]: inputWeights },
  });
}

/** Numbers of mean 0 and variance 1: sums of twelve uniforms of a linear congruential generator. */
function nearlyNormal(seed: number): () => number {
  let state = seed;
  return () => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += state / 2 ** 32;
    }
    return sum;
  };
}
