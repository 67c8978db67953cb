/** reservoirpy's matrix generators (mat_gen). */
import { createUniformSource, type UniformSource } from '../../base/random.ts';
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import { bernoulliDraw, normalDraw, uniformDraw, type Draw } from '../../generators/draws.ts';
import { fastSpectralMatrix } from '../../generators/fast-spectral.ts';
import { fixedDegreeMatrix } from '../../generators/fixed-degree.ts';
import { orthogonalMatrix } from '../../generators/orthogonal-matrix.ts';
import { rewiredRing } from '../../generators/rewired-ring.ts';
import { lineMatrix, ringMatrix } from '../../generators/ring-reservoir.ts';
import { scaleColumns, scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { sparseMatrix } from '../../generators/sparse-matrix.ts';
import { eigenvalues } from '../../math/eigenvalues.ts';
import { multiplyMatrices, transpose, type Matrix } from '../../math/matrix.ts';
import { arrayFromMatrix, arrayOf, BadCase } from '../case-access.ts';
import { isRecord, type CaseRecord, type ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { optionsOf, present, type OptionReader } from './case-options.ts';
import { asksForDraws, boundedDraws } from './drawn-matrices.ts';

interface Request {
  readonly rows: number;
  readonly columns: number;
  readonly options: OptionReader;
  readonly given: CaseRecord;
}

type Initialiser = (request: Request, uniform: UniformSource) => Result<Matrix>;

/** Initialisers by the names that the original has for them. */
const initialisers: Readonly<Record<string, Initialiser>> = {
  uniform: (request, uniform) => {
    const { options } = request;
    return random(request, uniformDraw(options.number('low') ?? -1, options.number('high') ?? 1), uniform);
  },
  normal: (request, uniform) => {
    const { options } = request;
    return random(request, normalDraw(options.number('loc') ?? 0, options.number('scale') ?? 1), uniform);
  },
  bernoulli: (request, uniform) => {
    const { options } = request;
    return random(request, bernoulliDraw(options.number('p') ?? 0.5, options.number('value') ?? 1), uniform);
  },
  fast_spectral_initialization: ({ rows, options }, uniform) =>
    fastSpectralMatrix(rows, options.number('connectivity') ?? 1, options.number('sr') ?? 1, uniform),
  small_world: (request, uniform) => {
    const { rows, options } = request;
    const neighbours = options.number('nb_close_neighbours');
    const made = rewiredRing(
      { size: rows, ...present({ neighbours, rewiring: options.number('proba_rewire') }) },
      uniform,
    );
    return andThen(made, (matrix) => scaled(matrix, request));
  },
  orthogonal: (request, uniform) =>
    andThen(orthogonalMatrix(request.rows, uniform), (matrix) => scaled(matrix, request)),
  ring: (request) => weighted(ringMatrix(request.rows), request),
  line: (request) => weighted(lineMatrix(request.rows), request),
};

/** A weight for what each cell gives on, in the order of the cells. */
function weighted(made: Result<Matrix>, request: Request): Result<Matrix> {
  const weights = request.options.list('weights');
  return andThen(made, (matrix) =>
    scaled(weights === undefined ? matrix : scaleColumns(matrix, [...weights, 0]), request),
  );
}

function random(request: Request, draw: Draw, uniform: UniformSource): Result<Matrix> {
  const { rows, columns, options } = request;
  const degree = options.number('degree');
  const drawn =
    degree === undefined
      ? sparseMatrix(rows, columns, options.number('connectivity') ?? 1, draw, uniform)
      : fixedDegreeMatrix([rows, columns], degree, options.text('direction') === 'in' ? 'in' : 'out', draw, uniform);
  return andThen(drawn, (matrix) => scaled(matrix, request));
}

/** To a spectral radius, then by an input scaling: one factor, or one per column. */
function scaled(matrix: Matrix, { options, given }: Request): Result<Matrix> {
  const radius = options.number('sr');
  const ready = radius === undefined ? ok(matrix) : scaleToSpectralRadius(matrix, radius);
  if (given['input_scaling'] === undefined || given['input_scaling'] === null) return ready;
  const factors = arrayOf(given['input_scaling'], 'input_scaling').values;
  return mapResult(ready, (found) =>
    factors.length === 1 ? scaleMatrix(found, factors[0] as number) : scaleColumns(found, factors),
  );
}

/**
 * Cases do not carry the function that was called as a parameter: they name it in their description, and are of normal
 * numbers where that names none. `ring` also stands in other words, so whole words are looked for.
 */
function initialiserOf({ all, id }: ReferenceCase): Initialiser {
  const words = `${String(all['about'] ?? '')} ${id.split('/').at(-1) ?? ''}`.toLowerCase().split(/[^a-z_]+/u);
  const name = Object.keys(initialisers).find((candidate) => words.includes(candidate)) ?? 'normal';
  return initialisers[name] ?? (() => unknown(name));
}

function unknown(name: string): never {
  throw new BadCase(`the initialiser ${name} is not known`);
}

export const reservoirMatrices: System = {
  id: 'reservoirpy.mat_gen',
  kinds: ['weights'],
  targetless: true,
  where: [
    'generators/sparse-matrix.ts sparseMatrix',
    'generators/fixed-degree.ts fixedDegreeMatrix',
    'generators/fast-spectral.ts fastSpectralMatrix',
    'generators/rewired-ring.ts rewiredRing',
    'generators/orthogonal-matrix.ts orthogonalMatrix',
    'generators/ring-reservoir.ts ringMatrix',
    'generators/ring-reservoir.ts lineMatrix',
  ],
  deviations: ['A drawn matrix whose spectral radius is 0 is refused rather than divided by it.'],
  run(reference) {
    const { parameters: given, expected } = reference;
    const [rows = 0, columns = rows] = arrayOf(given['shape'], 'shape').values;
    const request = { rows, columns, options: optionsOf(given), given };
    const initialiser = initialiserOf(reference);
    if (asksForDraws(reference)) return boundedDraws(reference, (uniform) => initialiser(request, uniform));
    return mapResult(initialiser(request, createUniformSource(1)), (matrix) =>
      isRecord(expected) && 'abs_det' in expected ? orthogonality(matrix) : { matrix: arrayFromMatrix(matrix) },
    );
  },
};

/** The size of the determinant, and how far MᵀM is from the unit matrix. */
function orthogonality(matrix: Matrix): CaseRecord {
  const product = multiplyMatrices(transpose(matrix), matrix);
  const far = product.values.reduce(
    (found, value, place) => Math.max(found, Math.abs(value - (place % (matrix.columns + 1) === 0 ? 1 : 0))),
    0,
  );
  const determinant = eigenvalues(matrix).reduce((size, { real, imaginary }) => size * Math.hypot(real, imaginary), 1);
  return { abs_det: determinant, max_dev_from_identity: far };
}
