/** Spectral radius of the recurrent weights of a layer, and the effective one where it has a leak. */
import { effectiveSpectralRadius } from '../analysis/effective-spectral-radius.ts';
import { problem } from '../base/problem.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { createMatrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import type { Radii, RadiiRequest } from '../protocol/measures.ts';
import type { Simulation } from '../runtime/simulation.ts';

/** With more cells the eigenvalues take longer than anybody waits: the time grows with the cube. */
const mostCells = 2000;

/** Problems: no recurrent weights, not square, too many. */
export function measureRadii(
  { document, weights, leak }: RadiiRequest,
  build: (document: RadiiRequest['document']) => Result<Simulation>,
): Result<Radii> {
  return andThen(build(document), (simulation) => {
    try {
      const found = simulation.program.signals.find(({ id }) => id === weights);
      if (found === undefined) return failed(without());
      const [rows = 1, columns = 1] = found.shape;
      if (rows !== columns) return failed(notSquare(rows, columns));
      if (rows > mostCells) return failed(tooLarge(rows));
      const matrix = createMatrix(rows, columns, Float64Array.from(simulation.readSignal(weights)));
      const effective = leak === null ? null : effectiveSpectralRadius(matrix, leak);
      return ok({ cells: rows, spectralRadius: spectralRadius(matrix), effective });
    } finally {
      simulation.dispose();
    }
  });
}

function without() {
  return problem('measure/impossible', 'The layer has no recurrent weights: its cells do not act on each other.', {
    hint: 'Give it a matrix of recurrent weights.',
  });
}

function notSquare(rows: number, columns: number) {
  return problem(
    'measure/impossible',
    `The recurrent weights are ${rows} × ${columns}; only a square matrix has a spectral radius.`,
    { hint: 'The measure is for layers with one recurrent input per cell.' },
  );
}

function tooLarge(cells: number) {
  return problem(
    'measure/impossible',
    `The eigenvalues of ${cells} × ${cells} weights would take minutes; up to ${mostCells} cells are measured.`,
    {
      hint: 'Measure a smaller layer with the same connectivity: the radius of drawn weights hardly changes with size.',
    },
  );
}
