/** A plain wire: carries all channels of an output to a port that takes channels. */
import type { KindDescriptor } from '../../model/kind.ts';
import { delay } from './synapse-parameters.ts';

/** Handled by the build itself; it makes no synapses. */
export const wire: KindDescriptor = {
  id: 'connectors/wire',
  family: 'connectors',
  title: 'Wire',
  summary: 'Carries every channel unchanged.',
  keywords: ['wire', 'identity'],
  parameters: [{ ...delay, perCell: false }],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'Spikeloom',
};
