/** Documents for tests of the model. */
import { encodeArray } from '../arrays.ts';
import type { ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from '../document.ts';
import { createEmptyDocument } from '../new-document.ts';
import type { ParameterValue } from '../value.ts';

/** An element whose id and name follow from `name`: "Noise" is `el_noise`. */
export function element(name: string, kind: string, parameters: Record<string, ParameterValue> = {}): ElementRecord {
  return { id: `el_${name.toLowerCase()}`, kind, name, parameters };
}

/** A connection between ports written `noise.spikes`. */
export function connection(
  from: string,
  to: string,
  kind = 'connectors/wire',
  parameters: Record<string, ParameterValue> = {},
): ConnectionRecord {
  const end = (text: string) => {
    const [owner = '', port = ''] = text.split('.');
    return { element: `el_${owner}`, port };
  };
  return { id: `co_${from}-${to}`.replaceAll('.', '_'), kind, from: end(from), to: end(to), parameters };
}

/** A probe of all cells at a place written `cells.v`. */
export function probe(place: string): ProbeRecord {
  const [owner = '', target = ''] = place.split('.');
  return { id: `pr_${owner}_${target}`, element: `el_${owner}`, target, cells: null };
}

export interface Parts {
  readonly elements?: readonly ElementRecord[];
  readonly connections?: readonly ConnectionRecord[];
  readonly probes?: readonly ProbeRecord[];
}

/** A document of these records, in this order. */
export function documentOf(parts: Parts): SpikeloomDocument {
  const byId = <T extends { readonly id: string }>(records: readonly T[] = []): Record<string, T> =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  return {
    ...createEmptyDocument('Test'),
    elements: byId(parts.elements),
    connections: byId(parts.connections),
    probes: byId(parts.probes),
  };
}

/** Numbers of a series, three times two channels. */
export const seriesArray = encodeArray([1, 2, 3, 4, 5, 6], [3, 2], { source: 'sunspots.csv' });

/** Noise and a driven reservoir: spikes onto cells by synapses, cells onto themselves, a series wired into a reservoir. */
export function sampleDocument(): SpikeloomDocument {
  const document = documentOf({
    elements: [
      element('Noise', 'stimuli/poisson'),
      element('Cells', 'neurons/lif', { tau_mem: { value: 10, unit: 'ms' }, size: 5 }),
      element('Sunspots', 'stimuli/series', { series: { array: seriesArray.id, unit: '1' } }),
      element('Reservoir', 'layers/reservoir'),
    ],
    connections: [
      connection('noise.spikes', 'cells.synapses', 'connectors/sparse-random', { weight: { value: 2, unit: 'nA' } }),
      connection('cells.spikes', 'cells.synapses', 'connectors/sparse-random'),
      connection('sunspots.output', 'reservoir.input'),
    ],
    probes: [probe('cells.v'), probe('reservoir.state')],
  });
  return {
    ...document,
    arrays: { [seriesArray.id]: seriesArray },
    view: {
      positions: { el_noise: { x: 0, y: 0 }, el_cells: { x: 200, y: 0 } },
      plots: [{ id: 'pl_a', kind: 'traces', probes: ['pr_cells_v', 'pr_reservoir_state'] }],
    },
  };
}
