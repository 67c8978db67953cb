/** Rows of synapses from what was drawn, with one weight or one each. */
import { problem } from '../../base/problem.ts';
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { ConnectorKind, ConnectRequest, ParameterReader } from '../../build/library-kind.ts';
import { rememberingPairs, type Pairs } from '../../build/pair-memo.ts';
import { blockCellsOf, toLists, type SourceRows } from '../../build/operators/source-rows.ts';
import type { PairSpace } from '../../generators/connect.ts';

/** Pairs of cells of two populations; without those of a cell with itself where `skip` says so. */
export function pairCount(sourceSize: number, targetSize: number, skip: boolean): number {
  return sourceSize * targetSize - (skip ? Math.min(sourceSize, targetSize) : 0);
}

/** The two populations; cells of one population connect to themselves only where autapses are wanted. */
export function pairSpace({ parameters, sourceSize, targetSize, recurrent }: ConnectRequest): PairSpace {
  const selfConnections = !recurrent || parameters.flag('autapses');
  const blockCells = blockCellsOf(targetSize);
  return { sourceCount: sourceSize, targetCount: targetSize, selfConnections, blockCells };
}

/** Rows with their weights (SI). */
function weighted(parameters: ParameterReader, rows: Pairs): Result<SourceRows> {
  const weight = parameters.constant('weight');
  if (weight !== undefined) return ok({ ...rows, weights: weight });
  return mapResult(parameters.contents('weight', rows.targets.length), (weights) => ({ ...rows, weights }));
}

/** The two ways to ask for synapses, from what tells which cells are connected; all but lists of weights, and what is too long, is remembered. */
export function connecting(
  pairs: (request: ConnectRequest) => Result<Pairs>,
): Pick<Required<ConnectorKind>, 'rows' | 'connect'> {
  const remembered = rememberingPairs(pairs);
  const rows = (request: ConnectRequest): Result<SourceRows> =>
    andThen(remembered(request), (made) => weighted(request.parameters, made));
  return { rows, connect: (request) => mapResult(rows(request), (made) => toLists(made, request.targetSize)) };
}

/** `model/parameter-range` at the parameter that asks for more partners than there are. */
export function tooMany(
  connection: ConnectRequest['connection'],
  parameter: 'in_degree' | 'out_degree',
  degree: number,
  available: number,
) {
  const [what, whom] = parameter === 'in_degree' ? ['inputs', 'sources'] : ['outputs', 'targets'];
  return problem(
    'model/parameter-range',
    `${connection.name} asks for ${degree} ${what} per cell, but there are only ${available} ${whom}.`,
    {
      hint: `Lower the degree or enlarge the ${parameter === 'in_degree' ? 'source' : 'target'} population.`,
      at: { element: connection.id, path: `parameters.${parameter}` },
    },
  );
}
