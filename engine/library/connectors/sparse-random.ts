/** Sparse random connectivity with a fixed probability per pair. */
import { createUniformSource } from '../../base/random.ts';
import { ok } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { quantity } from '../specs.ts';
import { synapsesFromPairs } from './pairs.ts';
import { autapses, delay, weight } from './synapse-parameters.ts';

/** Each pair (source, target) is connected independently with probability p. */
export const sparseRandom: ConnectorKind = {
  id: 'connectors/sparse-random',
  family: 'connectors',
  title: 'Sparse random',
  summary: 'Each pair of cells with the same probability.',
  keywords: ['bernoulli', 'probability', 'pairwise'],
  parameters: [
    weight,
    quantity('probability', 'connection probability', 0.1, '1', 'Probability that a pair of cells is connected.', { minimum: 0, maximum: 1, favourite: true }),
    delay,
    autapses,
  ],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule pairwise_bernoulli',
  connect({ parameters, sourceSize, targetSize, recurrent, stream }) {
    const probability = parameters.number('probability');
    const skip = recurrent && !parameters.flag('autapses');
    const uniform = createUniformSource(stream('pairs'));
    const sources: number[] = [];
    const targets: number[] = [];
    for (let source = 0; source < sourceSize; source += 1) {
      for (let target = 0; target < targetSize; target += 1) {
        const drawn = uniform.next();
        if (drawn >= probability || (skip && source === target)) continue;
        sources.push(source);
        targets.push(target);
      }
    }
    return ok(synapsesFromPairs(sources, targets, parameters.number('weight')));
  },
};
