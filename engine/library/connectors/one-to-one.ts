/** One-to-one connectivity. */
import { problem } from '../../base/problem.ts';
import { failed, ok } from '../../base/result.ts';
import type { ConnectorKind } from '../../build/library-kind.ts';
import { synapsesFromPairs } from './pairs.ts';
import { delay, weight } from './synapse-parameters.ts';

/** Cell i to cell i; both sides need the same size. */
export const oneToOne: ConnectorKind = {
  id: 'connectors/one-to-one',
  family: 'connectors',
  title: 'One to one',
  summary: 'Each source cell to the target cell of the same number.',
  keywords: ['identity'],
  parameters: [weight, delay],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule one_to_one',
  connect({ connection, parameters, sourceSize, targetSize }) {
    if (sourceSize !== targetSize) {
      return failed(
        problem(
          'model/port-size',
          `One to one needs equal sizes; ${connection.name} joins ${sourceSize} to ${targetSize}.`,
          {
            hint: 'Make both sides equal in size, or choose another connector.',
            at: { element: connection.id },
          },
        ),
      );
    }
    const cells = Int32Array.from({ length: sourceSize }, (_, cell) => cell);
    return ok(synapsesFromPairs(cells, cells, parameters.number('weight')));
  },
  mostSynapses: ({ sourceSize }) => sourceSize,
};
