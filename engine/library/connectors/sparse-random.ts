/** Sparse random connectivity with a fixed probability per pair. */
import { createUniformSource } from '../../base/random.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { connectWithProbability, likelyMost } from '../../generators/connect.ts';
import { quantity } from '../specs.ts';
import { connecting, pairCount, pairSpace } from './pairs.ts';
import { autapses, calculation, delay, weight } from './synapse-parameters.ts';

/** Each pair (source, target) is connected independently with probability p. */
export const sparseRandom: ConnectorKind = {
  id: 'connectors/sparse-random',
  family: 'connectors',
  title: 'Sparse random',
  summary: 'Each pair of cells with the same probability.',
  keywords: ['bernoulli', 'probability', 'pairwise'],
  parameters: [
    weight,
    quantity('probability', 'connection probability', 0.1, '1', 'Probability that a pair of cells is connected.', {
      minimum: 0,
      maximum: 1,
      favourite: true,
    }),
    delay,
    autapses,
    ...calculation,
  ],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule pairwise_bernoulli',
  ...connecting((request) => {
    const key = request.stream('pairs');
    return connectWithProbability(pairSpace(request), request.parameters.number('probability'), () =>
      createUniformSource(key),
    );
  }),
  mostSynapses: ({ parameters, sourceSize, targetSize, recurrent }) =>
    likelyMost(
      pairCount(sourceSize, targetSize, recurrent && !parameters.flag('autapses')),
      parameters.number('probability'),
    ),
};
