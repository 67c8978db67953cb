/** Example: a spiking reservoir trained by gradient descent to turn a frozen spike pattern into a curve, beside the same one untrained. */
import { createUniformSource } from '../../engine/base/random.ts';
import { normalDraw, type Draw } from '../../engine/generators/draws.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';
import { layerElement, objectiveOf, type LayerForm, type LayerNumbers, type NamedLayer } from './trained-layer.ts';

export const spiking = { inputs: 40, cells: 60, steps: 1000, hertz: 30 };

const form: LayerForm = {
  kind: 'layers/rec-lif-io',
  more: { size: spiking.cells },
  shapes: {
    w_in: [spiking.inputs, spiking.cells],
    w_recurrent: [spiking.cells, spiking.cells],
    w_out: [spiking.cells, 1],
    tau_mem: [spiking.cells],
    tau_syn: [spiking.cells],
    bias: [spiking.cells],
  },
};

/** Oscillations of 2 and 3 Hz that beat. */
export function curveTarget(): Float64Array {
  return Float64Array.from({ length: spiking.steps }, (_, step) => {
    const turns = (2 * Math.PI * step) / 1000;
    return 0.5 * Math.sin(2 * turns) + 0.5 * Math.sin(3 * turns);
  });
}

/** Where training begins. */
export function untrainedSpiking(): LayerNumbers {
  const source = createUniformSource(11);
  const { inputs, cells } = spiking;
  const many = (count: number, draw: Draw) => Float32Array.from({ length: count }, () => draw(source));
  return new Map([
    ['w_in', many(inputs * cells, normalDraw(0, 2 / Math.sqrt(inputs)))],
    ['w_recurrent', many(cells * cells, normalDraw(0, 0.5 / Math.sqrt(cells)))],
    ['w_out', many(cells, normalDraw(0, 1 / cells))],
    ['tau_mem', new Float32Array(cells).fill(0.02)],
    ['tau_syn', new Float32Array(cells).fill(0.05)],
    ['bias', new Float32Array(cells).fill(-1)],
  ]);
}

/** The task with one or more layers side by side. */
export function spikingReservoir(layers: readonly NamedLayer[]): SpikeloomDocument {
  const target = curveTarget();
  const wanted = encodeArray(target, [target.length, 1], { dtype: 'float32', source: 'sines of 2 and 3 Hz' });
  const objectives = layers.flatMap((layer, place) =>
    layer.learns === true ? [objectiveOf(layer, 400, [620, 230 * place])] : [],
  );
  const made = layers.map((layer, place) => layerElement(form, layer, [300, 230 * place]));
  return example({
    name: 'Trained spiking reservoir',
    note: {
      place: [0, -190],
      width: 506,
      text: `Spikes of one pattern in, a smooth curve out.
"Trained" follows "Curve wanted"; the objective trains "Untrained". Its spikes carry a surrogate gradient, by which Adam changed all weights, biases and time constants, with the engine’s gradients; needless spikes cost too. The squared error fell from 0.25 to less than 0.001. It knows this pattern only: change the seed of the run, and the curve is gone.
Source: Rockpool 1.0.7, "Working with spiking JAX layers".`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(spiking.steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('pattern', 'stimuli/poisson', 'Frozen pattern', [0, 0], {
        size: spiking.inputs,
        rate: quantity(spiking.hertz, 'Hz'),
      }),
      element('wanted', 'stimuli/series', 'Curve wanted', [300, 440], { series: { array: wanted.id, unit: '1' } }),
      ...made.map((layer) => layer.element),
      ...objectives.map((objective) => objective.element),
    ],
    connections: [
      ...layers.map(({ id }) => connection(`pattern-${id}`, 'wire', 'pattern.spikes', `${id}.in`)),
      ...objectives.flatMap((objective) => objective.connections),
    ],
    probes: [
      probe('probe-wanted', 'wanted.out'),
      ...layers.map(({ id }) => probe(`probe-${id}`, `${id}.out`)),
      probe('probe-spikes', `${layers[0]?.id ?? ''}.spikes`),
      probe('probe-pattern', 'pattern.spikes'),
    ],
    plots: [
      plot('plot-out', 'traces', 'probe-wanted', ...layers.map(({ id }) => `probe-${id}`)),
      plot('plot-raster', 'raster', 'probe-pattern', 'probe-spikes'),
    ],
    arrays: Object.assign({ [wanted.id]: wanted }, ...made.map(({ arrays }) => arrays)) as SpikeloomDocument['arrays'],
  });
}
