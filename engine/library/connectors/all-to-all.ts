/** All-to-all connectivity. */
import { ok } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { pairCount, synapsesFromPairs } from './pairs.ts';
import { autapses, delay, weight } from './synapse-parameters.ts';

/** Every source cell to every target cell, target by target. */
export const allToAll: ConnectorKind = {
  id: 'connectors/all-to-all',
  family: 'connectors',
  title: 'All to all',
  summary: 'Every source cell to every target cell, one weight.',
  keywords: ['full', 'dense'],
  parameters: [weight, delay, autapses],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule all_to_all',
  connect({ parameters, sourceSize, targetSize, recurrent }) {
    const skip = recurrent && !parameters.flag('autapses');
    const count = pairCount(sourceSize, targetSize, skip);
    const [sources, targets] = [new Int32Array(count), new Int32Array(count)];
    let synapse = 0;
    for (let source = 0; source < sourceSize; source += 1) {
      for (let target = 0; target < targetSize; target += 1) {
        if (skip && source === target) continue;
        sources[synapse] = source;
        targets[synapse] = target;
        synapse += 1;
      }
    }
    return ok(synapsesFromPairs(sources, targets, parameters.number('weight')));
  },
  mostSynapses: ({ parameters, sourceSize, targetSize, recurrent }) =>
    pairCount(sourceSize, targetSize, recurrent && !parameters.flag('autapses')),
};
