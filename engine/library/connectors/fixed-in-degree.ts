/** Random connectivity with the same number of inputs for every target cell. */
import { problem } from '../../base/problem.ts';
import { createUniformSource } from '../../base/random.ts';
import { failed, mapResult } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { connectFixedInDegree } from '../../generators/connect.ts';
import { integer } from '../specs.ts';
import { synapsesFromPairs } from './pairs.ts';
import { autapses, delay, weight } from './synapse-parameters.ts';

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
  ],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule fixed_indegree, without multapses',
  connect({ connection, parameters, sourceSize, targetSize, recurrent, stream }) {
    const degree = parameters.number('in_degree');
    const skip = recurrent && !parameters.flag('autapses');
    if (degree > sourceSize - (skip ? 1 : 0)) {
      return failed(
        problem(
          'model/parameter-range',
          `${connection.name} asks for ${degree} inputs per cell, but there are only ${sourceSize - (skip ? 1 : 0)} sources.`,
          {
            hint: 'Lower the in-degree or enlarge the source population.',
            at: { element: connection.id, path: 'parameters.in_degree' },
          },
        ),
      );
    }
    const space = { sourceCount: sourceSize, targetCount: targetSize, selfConnections: !skip };
    const pairs = connectFixedInDegree(space, degree, createUniformSource(stream('pairs')));
    return mapResult(pairs, ({ sources, targets }) => synapsesFromPairs(sources, targets, parameters.number('weight')));
  },
  // More than there are sources is refused by `connect`, with its reason.
  mostSynapses: ({ parameters, sourceSize, targetSize }) =>
    targetSize * Math.min(sourceSize, parameters.number('in_degree')),
};
