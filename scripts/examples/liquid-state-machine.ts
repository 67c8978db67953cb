/** Example: a liquid state machine names which of ten spike patterns it has just heard. */
import { createUniformSource, type UniformSource } from '../../engine/base/random.ts';
import { expectOk } from '../../engine/base/result.ts';
import { normalDraw } from '../../engine/generators/draws.ts';
import { erdosRenyi } from '../../engine/generators/erdos-renyi.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** Inputs, cells and outputs as in the manual's example; a pattern lasts 50 steps of 1 ms. */
export const task = { inputs: 64, cells: 200, patterns: 10, stepsEach: 50, presented: 200, trained: 150 };

const steps = task.presented * task.stepsEach;
const spikesEach = 2;

/** Which pattern is presented when. */
export const presented: readonly number[] = chooseAll(createUniformSource(1));

/** The pattern that comes most often in the last second: its output is shown. */
const shown = mostFrequent(presented.slice(-20));

export function liquidStateMachine(): SpikeloomDocument {
  const { spikes, wanted, W_in, W_rec } = arrays();
  const readout = {
    ridge: quantity(1, '1'),
    horizon: 0,
    washout: task.stepsEach,
    train_until: task.trained * task.stepsEach,
  };
  return example({
    name: 'Liquid state machine',
    note: {
      place: [0, -140],
      width: 846,
      text: `Ten spike patterns, 50 ms each, one after the other; only the readout is trained, on the first 150 of 200.
Every pattern has the same number of spikes on every input, so rates tell nothing: what counts is when they come. The readout from the liquid names most of the patterns of the test (the plots show one of its ten outputs); the same readout straight from the input is at chance (10 %).
Source: the LSM example of the manual (64 inputs, 200 cells, 10 outputs; erdos_renyi liquid).`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('patterns', 'stimuli/series', 'Spike patterns', [0, 130], {
        series: { array: spikes.id, unit: '1' },
        interpolation: 'previous',
      }),
      element('wanted', 'stimuli/series', 'Pattern played', [0, 350], {
        series: { array: wanted.id, unit: '1' },
        interpolation: 'previous',
      }),
      element('liquid', 'layers/liquid-reservoir', 'Liquid', [300, 0], {
        size: task.cells,
        W_in: { array: W_in.id, unit: '1' },
        W_rec: { array: W_rec.id, unit: '1' },
      }),
      element('readout', 'readouts/ridge', 'With liquid', [640, 60], readout),
      element('direct', 'readouts/ridge', 'Without', [640, 290], readout),
    ],
    connections: [
      connection('patterns-liquid', 'wire', 'patterns.out', 'liquid.in'),
      connection('liquid-readout', 'wire', 'liquid.spikes', 'readout.features'),
      connection('patterns-direct', 'wire', 'patterns.out', 'direct.features'),
      connection('wanted-readout', 'wire', 'wanted.out', 'readout.target'),
      connection('wanted-direct', 'wire', 'wanted.out', 'direct.target'),
    ],
    probes: [
      probe('probe-spikes', 'liquid.spikes'),
      probe('probe-prediction', 'readout.prediction', [shown]),
      probe('probe-target', 'readout.target', [shown]),
      probe('probe-direct', 'direct.prediction', [shown]),
      probe('probe-played', 'wanted.out', [shown]),
    ],
    plots: [
      plot('plot-prediction', 'prediction', 'probe-prediction', 'probe-target'),
      plot('plot-direct', 'prediction', 'probe-direct', 'probe-target'),
      plot('plot-raster', 'raster', 'probe-spikes'),
    ],
    arrays: { [spikes.id]: spikes, [wanted.id]: wanted, [W_in.id]: W_in, [W_rec.id]: W_rec },
  });
}

/** What is played, what shall be said, and the weights of the liquid. */
function arrays() {
  const spikes = encodeArray(presentAll(createUniformSource(2)), [steps, task.inputs], {
    dtype: 'uint8',
    source: 'ten patterns of equal spike counts, every spike shifted by up to 2 ms, a tenth lost',
  });
  const wanted = encodeArray(targets(), [steps, task.patterns], { dtype: 'uint8', source: '1 for the pattern played' });
  const draw = normalDraw(0, 1 / Math.sqrt(task.inputs));
  const source = createUniformSource(3);
  const inward = Float64Array.from({ length: task.inputs * task.cells }, () => draw(source));
  const W_in = encodeArray(inward, [task.inputs, task.cells], { dtype: 'float32', source: 'z / √64' });
  const liquid = expectOk(erdosRenyi({ size: task.cells }, createUniformSource(4)));
  const W_rec = encodeArray(liquid.values, [task.cells, task.cells], {
    dtype: 'float32',
    source: 'erdos_renyi, p 0.1, 80 % excitatory, spectral radius 0.9',
  });
  return { spikes, wanted, W_in, W_rec };
}

function below(uniform: UniformSource, count: number): number {
  return Math.min(count - 1, Math.floor(count * uniform.next()));
}

function mostFrequent(patterns: readonly number[]): number {
  const counts = Array.from({ length: task.patterns }, (_, each) => patterns.filter((one) => one === each).length);
  return counts.indexOf(Math.max(...counts));
}

function chooseAll(uniform: UniformSource): number[] {
  return Array.from({ length: task.presented }, () => below(uniform, task.patterns));
}

/** Every pattern has as many spikes on every input, at times of its own. */
function presentAll(uniform: UniformSource): Uint8Array {
  const { inputs, patterns, stepsEach } = task;
  const times = Array.from({ length: patterns * inputs * spikesEach }, () => below(uniform, stepsEach));
  const rows = new Uint8Array(steps * inputs);
  presented.forEach((pattern, place) => {
    for (let spike = 0; spike < inputs * spikesEach; spike += 1) {
      if (uniform.next() < 0.1) continue;
      const time = (times[pattern * inputs * spikesEach + spike] as number) + below(uniform, 5) - 2;
      const step = place * stepsEach + Math.min(stepsEach - 1, Math.max(0, time));
      rows[step * inputs + Math.floor(spike / spikesEach)] = 1;
    }
  });
  return rows;
}

function targets(): Uint8Array {
  const rows = new Uint8Array(steps * task.patterns);
  for (let step = 0; step < steps; step += 1) {
    rows[step * task.patterns + (presented[Math.floor(step / task.stepsEach)] as number)] = 1;
  }
  return rows;
}
