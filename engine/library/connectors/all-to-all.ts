/** All-to-all connectivity. */
import { ok } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { connectAll } from '../../generators/connect.ts';
import { connecting, pairCount, pairSpace } from './pairs.ts';
import { autapses, calculation, delay, weight } from './synapse-parameters.ts';

/** Every source cell to every target cell, source by source. */
export const allToAll: ConnectorKind = {
  id: 'connectors/all-to-all',
  family: 'connectors',
  title: 'All to all',
  summary: 'Every source cell to every target cell, with one weight or one each.',
  keywords: ['full', 'dense'],
  parameters: [weight, delay, autapses, ...calculation],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule all_to_all',
  ...connecting((request) => ok(connectAll(pairSpace(request)))),
  mostSynapses: ({ parameters, sourceSize, targetSize, recurrent }) =>
    pairCount(sourceSize, targetSize, recurrent && !parameters.flag('autapses')),
};
