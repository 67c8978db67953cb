/** All-to-all connectivity. */
import { ok } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { synapsesFromPairs } from './pairs.ts';
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
    const sources: number[] = [];
    const targets: number[] = [];
    for (let source = 0; source < sourceSize; source += 1) {
      for (let target = 0; target < targetSize; target += 1) {
        if (skip && source === target) continue;
        sources.push(source);
        targets.push(target);
      }
    }
    return ok(synapsesFromPairs(sources, targets, parameters.number('weight')));
  },
};
