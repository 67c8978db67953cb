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
