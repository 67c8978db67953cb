/** Random connectivity with the same number of targets for every source cell. */
import { createUniformSource } from '../../base/random.ts';
import { failed } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { connectFixedOutDegree } from '../../generators/connect.ts';
import { integer } from '../specs.ts';
import { connecting, pairSpace, tooMany } from './pairs.ts';
import { autapses, calculation, delay, weight } from './synapse-parameters.ts';

/** Each source draws `out_degree` different targets. */
export const fixedOutDegree: ConnectorKind = {
  id: 'connectors/fixed-out-degree',
  family: 'connectors',
  title: 'Fixed out-degree',
  summary: 'Every source cell reaches the same number of randomly drawn targets.',
  keywords: ['outdegree', 'fan-out'],
  parameters: [
    weight,
    integer('out_degree', 'targets per cell', 10, 'Number of different target cells for each source cell.', {
      minimum: 0,
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
  source: 'NEST rule fixed_outdegree, without multapses',
  ...connecting((request) => {
    const { connection, parameters } = request;
    const space = pairSpace(request);
    const key = request.stream('pairs');
    const degree = parameters.number('out_degree');
    const available = request.targetSize - (space.selfConnections ? 0 : 1);
    if (degree > available) return failed(tooMany(connection, 'out_degree', degree, available));
    return connectFixedOutDegree(space, degree, () => createUniformSource(key));
  }),
  // More than there are targets is refused by `connect`, with its reason.
  mostSynapses: ({ parameters, sourceSize, targetSize }) =>
    sourceSize * Math.min(targetSize, parameters.number('out_degree')),
};
