/** Random connectivity with the same number of inputs for every target cell. */
import { createUniformSource } from '../../base/random.ts';
import { failed } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { connectFixedInDegree } from '../../generators/connect.ts';
import { integer } from '../specs.ts';
import { connecting, pairSpace, tooMany } from './pairs.ts';
import { autapses, calculation, delay, weight } from './synapse-parameters.ts';

/** Each target draws `in_degree` different sources. */
export const fixedInDegree: ConnectorKind = {
  id: 'connectors/fixed-in-degree',
  family: 'connectors',
  title: 'Fixed in-degree',
  summary: 'Every target cell gets the same number of randomly drawn sources.',
  keywords: ['indegree', 'fan-in', 'brunel'],
  parameters: [
    weight,
    integer('in_degree', 'inputs per cell', 10, 'Number of different source cells for each target cell.', {
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
  source: 'NEST rule fixed_indegree, without multapses',
  ...connecting((request) => {
    const { connection, parameters } = request;
    const space = pairSpace(request);
    const key = request.stream('pairs');
    const degree = parameters.number('in_degree');
    const available = request.sourceSize - (space.selfConnections ? 0 : 1);
    if (degree > available) return failed(tooMany(connection, 'in_degree', degree, available));
    return connectFixedInDegree(space, degree, () => createUniformSource(key));
  }),
  // More than there are sources is refused by `connect`, with its reason.
  mostSynapses: ({ parameters, sourceSize, targetSize }) =>
    targetSize * Math.min(sourceSize, parameters.number('in_degree')),
};
