/** One-to-one connectivity. */
import { problem } from '../../base/problem.ts';
import { failed, ok } from '../../base/result.ts';
import type { ConnectorKind, ConnectRequest } from '../../build/library-kind.ts';
import { blockCellsOf } from '../../build/operators/source-rows.ts';
import { connectEqual } from '../../generators/connect.ts';
import { connecting } from './pairs.ts';
import { calculation, delay, weight } from './synapse-parameters.ts';

/** Cell i to cell i; both sides need the same size. */
export const oneToOne: ConnectorKind = {
  id: 'connectors/one-to-one',
  family: 'connectors',
  title: 'One to one',
  summary: 'Each source cell to the target cell of the same number.',
  keywords: ['identity'],
  parameters: [weight, delay, ...calculation],
  inputs: [],
  outputs: [],
  states: [],
  equations: [],
  source: 'NEST rule one_to_one',
  ...connecting(({ connection, sourceSize, targetSize }) => {
    if (sourceSize !== targetSize) return failed(unequal(connection, sourceSize, targetSize));
    return ok(connectEqual(sourceSize, blockCellsOf(targetSize)));
  }),
  mostSynapses: ({ sourceSize }) => sourceSize,
};

function unequal(connection: ConnectRequest['connection'], sourceSize: number, targetSize: number) {
  return problem(
    'model/port-size',
    `One to one needs equal sizes; ${connection.name} joins ${sourceSize} to ${targetSize}.`,
    {
      hint: 'Make both sides equal in size, or choose another connector.',
      at: { element: connection.id },
    },
  );
}
