/** The projects that come with Spikeloom; a file in assets/examples each. */
import type { Example } from '../stores/services.ts';

const urls = import.meta.glob<string>('../../assets/examples/*.spikeloom', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The first one opens at the first start. */
const described = [
  {
    id: 'excitatory-inhibitory',
    title: 'Excitatory–inhibitory network',
    summary: '100 spiking cells that keep each other in balance',
  },
  {
    id: 'sunspots',
    title: 'Sunspot forecast',
    summary: 'A reservoir predicts monthly sunspot numbers 12 months ahead',
  },
  {
    id: 'vogels-abbott',
    title: 'Vogels–Abbott network',
    summary: '4,000 cells written as equations, with conductances, irregular without any input',
  },
  {
    id: 'brunel',
    title: 'Brunel network',
    summary: '10,000 cells and a million synapses under Poisson drive',
  },
  {
    id: 'adex-cells',
    title: 'AdEx cells',
    summary: '10,000 adapting cells written as equations, without connections',
  },
  {
    id: 'building-a-reservoir',
    title: 'Building a reservoir',
    summary: 'Layers in a row remember what their input has forgotten',
  },
  {
    id: 'chirp-reservoir',
    title: 'Trained rate reservoir',
    summary: 'Gradient descent through time: a pulse is answered with a chirp',
  },
  {
    id: 'spiking-reservoir',
    title: 'Trained spiking reservoir',
    summary: 'Surrogate gradients: a spike pattern becomes a curve',
  },
  {
    id: 'dynapse-session',
    title: 'DYNAP-SE session',
    summary: 'Three trials on the simulated board, with mismatch and without',
  },
  {
    id: 'own-layer',
    title: 'A layer of one’s own',
    summary: 'A quadratic neuron typed as equations, and its law of firing',
  },
  {
    id: 'liquid-state-machine',
    title: 'Liquid state machine',
    summary: 'A liquid tells ten spike patterns apart by their timing',
  },
  {
    id: 'mackey-glass',
    title: 'Mackey-Glass forecast',
    summary: 'Chaos ten steps ahead, from spikes and from rates',
  },
  {
    id: 'norse-adex',
    title: 'AdEx of norse',
    summary: 'One current, with adaptation and without',
  },
] as const;

export const examples: readonly Example[] = described.flatMap(({ id, title, summary }) => {
  const url = urls[`../../assets/examples/${id}.spikeloom`];
  return url === undefined ? [] : [{ id, title, summary, load: () => fetchBytes(url) }];
});

async function fetchBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the example could not be loaded (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
