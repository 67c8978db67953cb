/** Example: a rate reservoir trained by gradient descent to answer a pulse with a chirp, beside the same one untrained. */
import { createUniformSource } from '../../engine/base/random.ts';
import { normalDraw, uniformDraw, type Draw } from '../../engine/generators/draws.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';
import { layerElement, objectiveOf, type LayerForm, type LayerNumbers, type NamedLayer } from './trained-layer.ts';

/** Steps of 1 ms: the pulse begins at `start`, and with it the chirp. */
export const chirp = { units: 50, steps: 1000, start: 100, pulse: 50, length: 800, factor: 7 };

const form: LayerForm = {
  kind: 'layers/rec-rate-io',
  shapes: {
    w_in: [1, chirp.units],
    w_recurrent: [chirp.units, chirp.units],
    w_out: [chirp.units, 1],
    tau: [chirp.units],
    bias: [chirp.units],
  },
  more: { activation: 'tanh' },
};

/** sin(2π · 7 t²) for 0.8 s: up to 11 oscillations a second. */
export function chirpTarget(): Float64Array {
  return Float64Array.from({ length: chirp.steps }, (_, step) => {
    const seconds = (step - chirp.start) / 1000;
    const within = step >= chirp.start && step < chirp.start + chirp.length;
    return within ? Math.sin(2 * Math.PI * chirp.factor * seconds ** 2) : 0;
  });
}

/** Where training begins. */
export function untrainedChirp(): LayerNumbers {
  const source = createUniformSource(7);
  const { units } = chirp;
  const many = (count: number, draw: Draw) => Float32Array.from({ length: count }, () => draw(source));
  return new Map([
    ['w_in', many(units, normalDraw(0, 1))],
    ['w_recurrent', many(units * units, normalDraw(0, 1.2 / Math.sqrt(units)))],
    ['w_out', many(units, normalDraw(0, 1 / units))],
    ['tau', many(units, uniformDraw(0.02, 0.1))],
    ['bias', many(units, normalDraw(0, 0.1))],
  ]);
}

/** The task with one or more layers side by side. */
export function chirpReservoir(layers: readonly NamedLayer[]): SpikeloomDocument {
  const target = chirpTarget();
  const wanted = encodeArray(target, [target.length, 1], { dtype: 'float32', source: 'sin(2π · 7 t²)' });
  const objectives = layers.flatMap((layer, place) =>
    layer.learns === true ? [objectiveOf(layer, 800, [620, 230 * place])] : [],
  );
  const made = layers.map((layer, place) => layerElement(form, layer, [300, 230 * place]));
  return example({
    name: 'Trained rate reservoir',
    note: {
      place: [0, -215],
      width: 506,
      text: `A pulse of 50 ms, and the reservoir has to sing a chirp of 0.8 s: most of it without any input.
Compare "Trained" and "Untrained" with "Chirp wanted", or train "Untrained" yourself: the objective is at it. All weights, biases and time constants were trained by Adam through time (1,600 epochs) with the engine’s gradients; here they are numbers of the blocks. The squared error fell from 0.4 to less than 0.001.
Source: Rockpool 1.0.7, "Gradient descent training of a rate-based reservoir model".`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(chirp.steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('pulse', 'stimuli/step', 'Pulse', [0, 0], {
        start: quantity(chirp.start, 'ms'),
        stop: quantity(chirp.start + chirp.pulse, 'ms'),
      }),
      element('wanted', 'stimuli/series', 'Chirp wanted', [300, 440], { series: { array: wanted.id, unit: '1' } }),
      ...made.map((layer) => layer.element),
      ...objectives.map((objective) => objective.element),
    ],
    connections: [
      ...layers.map(({ id }) => connection(`pulse-${id}`, 'wire', 'pulse.out', `${id}.in`)),
      ...objectives.flatMap((objective) => objective.connections),
    ],
    probes: [
      probe('probe-pulse', 'pulse.out'),
      probe('probe-wanted', 'wanted.out'),
      ...layers.map(({ id }) => probe(`probe-${id}`, `${id}.out`)),
      probe('probe-states', `${layers[0]?.id ?? ''}.v`, [0, 1, 2, 3, 4, 5]),
    ],
    plots: [
      plot('plot-out', 'traces', 'probe-pulse', 'probe-wanted', ...layers.map(({ id }) => `probe-${id}`)),
      plot('plot-states', 'traces', 'probe-states'),
    ],
    arrays: Object.assign({ [wanted.id]: wanted }, ...made.map(({ arrays }) => arrays)) as SpikeloomDocument['arrays'],
  });
}
