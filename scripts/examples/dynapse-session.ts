/** Example: a session with RecDynapSE on the simulated board, with mismatch and without: three trials of input events. */
import { createUniformSource } from '../../engine/base/random.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** Input neurons on core 0 and the recurrent ones on core 1, as RecDynapSE wants it. */
export const session = {
  channels: 2,
  inputNeurons: [0, 1, 2],
  recurrentNeurons: [8, 9, 10, 11, 12, 13],
  neurons: 32,
  trials: 3,
  trialSteps: 600,
  activeSteps: 300,
  hertz: [40, 80, 160],
};

const steps = session.trials * session.trialSteps;

/** 1 where a channel has an event: Poisson events in the first half of each trial, at a rate of its own. */
export function events(): Uint8Array {
  const uniform = createUniformSource(5);
  const rows = new Uint8Array(steps * session.channels);
  for (let step = 0; step < steps; step += 1) {
    const [trial, within] = [Math.floor(step / session.trialSteps), step % session.trialSteps];
    for (let channel = 0; channel < session.channels; channel += 1) {
      const chance = (session.hertz[trial] as number) / 1000;
      if (uniform.next() < chance && within < session.activeSteps) rows[step * session.channels + channel] = 1;
    }
  }
  return rows;
}

/** Contacts of the channels: excitatory ones onto the input neurons, two from the first channel and one from the second. */
function external(): Int32Array {
  const contacts = new Int32Array(session.channels * session.neurons);
  for (const neuron of session.inputNeurons) {
    contacts[neuron] = 2;
    contacts[session.neurons + neuron] = 1;
  }
  return contacts;
}

/** Each input neuron excites all recurrent ones; among these every second one inhibits its two neighbours, the others excite them. */
export function recurrent(): Int32Array {
  const { neurons, inputNeurons, recurrentNeurons } = session;
  const contacts = new Int32Array(neurons * neurons);
  for (const from of inputNeurons) for (const to of recurrentNeurons) contacts[from * neurons + to] = 1;
  recurrentNeurons.forEach((from, place) => {
    for (const side of [1, recurrentNeurons.length - 1]) {
      const to = recurrentNeurons[(place + side) % recurrentNeurons.length] as number;
      contacts[from * neurons + to] = place % 2 === 0 ? 1 : -2;
    }
  });
  return contacts;
}

export function dynapseSession(): SpikeloomDocument {
  const input = encodeArray(events(), [steps, session.channels], { dtype: 'uint8', source: 'three trials of events' });
  const ext = encodeArray(external(), [session.channels, session.neurons], { dtype: 'int32', source: 'contacts' });
  const rec = encodeArray(recurrent(), [session.neurons, session.neurons], { dtype: 'int32', source: 'contacts' });
  const board = {
    chips: 1,
    connections_ext: { array: ext.id, unit: '1' },
    connections_rec: { array: rec.id, unit: '1' },
  };
  return example({
    name: 'DYNAP-SE session',
    note: {
      place: [0, -205],
      width: 506,
      text: `A session of three trials on the simulated board, at 40, 80 and 160 events a second; the other chip is the same without mismatch.
Input comes to neurons 0 to 2 of core 0 alone, and these excite 8 to 13 on core 1, as RecDynapSE wants it. Without mismatch equal neurons fire alike; on the board each is its own. 8, 10 and 12 are silenced by their neighbours. Give a neuron more than 64 contacts: the board refuses.
Source: Rockpool 1.0.7, "RecDynapSE" and VirtualDynapse.`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(steps, 'ms'), seed: 1, speed: null },
    elements: [
      element('events', 'stimuli/series', 'Input events', [0, 110], {
        series: { array: input.id, unit: '1' },
        interpolation: 'previous',
      }),
      element('board', 'layers/virtual-dynapse', 'Board', [300, 0], board),
      element('ideal', 'layers/virtual-dynapse', 'No mismatch', [300, 230], { ...board, mismatch: false }),
    ],
    connections: [
      connection('events-board', 'wire', 'events.out', 'board.in'),
      connection('events-ideal', 'wire', 'events.out', 'ideal.in'),
    ],
    probes: [
      probe('probe-events', 'events.out'),
      probe('probe-board', 'board.spikes'),
      probe('probe-ideal', 'ideal.spikes'),
      probe('probe-v', 'board.v', [0, 1, 2]),
    ],
    plots: [plot('plot-raster', 'raster', 'probe-board', 'probe-ideal'), plot('plot-v', 'traces', 'probe-v')],
    arrays: { [input.id]: input, [ext.id]: ext, [rec.id]: rec },
  });
}
