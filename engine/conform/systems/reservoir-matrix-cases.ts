/** reservoirpy's matrix generators (mat_gen). */
import { createUniformSource, type UniformSource } from '../../base/random.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { badArgument } from '../../generators/arguments.ts';
import { clusteredMatrix } from '../../generators/clustered-matrix.ts';
import {
  bernoulliDraw,
  exponentialDraw,
  laplaceDraw,
  logisticDraw,
  normalDraw,
  uniformDraw,
  type Draw,
} from '../../generators/draws.ts';
import { fastSpectralMatrix, fastSpectralRange } from '../../generators/fast-spectral.ts';
import { fixedDegreeMatrix, type DegreeDirection } from '../../generators/fixed-degree.ts';
import { orthogonalMatrix } from '../../generators/orthogonal-matrix.ts';
import { rewiredRing } from '../../generators/rewired-ring.ts';
import { lineMatrix, ringMatrix } from '../../generators/ring-reservoir.ts';
import { scaleColumns, scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { constantMatrix, sparseMatrix } from '../../generators/sparse-matrix.ts';
import { eigenvalues } from '../../math/eigenvalues.ts';
import { multiplyMatrices, transpose, type Matrix } from '../../math/matrix.ts';
import { arrayFromMatrix, arrayOf, BadCase } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
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

/** Distributions of weights by the names that the original has for them, with what it calls their parameters. */
const distributions: Readonly<Record<string, (options: OptionReader) => Draw>> = {
  uniform: (options) => uniformDraw(options.number('low') ?? -1, options.number('high') ?? 1),
  normal: normalOf,
  bernoulli: bernoulliOf,
  random_sparse: (options) =>
    (scipy[options.text('dist') ?? ''] ?? (() => unknown(String(options.text('dist')))))(options),
};

/** Those of scipy.stats, which `random_sparse` names. */
const scipy: typeof distributions = {
  norm: normalOf,
  custom_bernoulli: bernoulliOf,
  uniform: (options) => {
    const low = options.number('loc') ?? 0;
    return uniformDraw(low, low + (options.number('scale') ?? 1));
  },
  expon: (options) => exponentialDraw(options.number('loc'), options.number('scale')),
  laplace: (options) => laplaceDraw(options.number('loc'), options.number('scale')),
  logistic: (options) => logisticDraw(options.number('loc'), options.number('scale')),
};

function normalOf(options: OptionReader): Draw {
  return normalDraw(options.number('loc'), options.number('scale'));
}

function bernoulliOf(options: OptionReader): Draw {
  return bernoulliDraw(options.number('p'), options.number('value'));
}

/** Weights of a network with a structure of its own: normal, unless the case says otherwise. */
function drawOf({ options }: Request): Draw {
  const name = options.text('distribution') ?? 'normal';
  return (distributions[name] ?? (() => unknown(name)))(options);
}

/** Initialisers by the names that the original has for them; those with a structure first, as their cases may name a distribution, too. */
const initialisers: Readonly<Record<string, Initialiser>> = {
  small_world: (request, uniform) => {
    const { rows, options } = request;
    const neighbours = options.number('nb_close_neighbours');
    if ((neighbours ?? 2) % 2 !== 0) return failed(badArgument('nb_close_neighbours', neighbours ?? 2, 'even'));
    const own = present({ neighbours, rewiring: options.number('proba_rewire') });
    // The same seed draws the weights both ways, unless one generator goes on: that is so where a radius is asked for.
    const symmetric = options.number('sr') === undefined;
    const made = rewiredRing({ size: rows, draw: drawOf(request), symmetric, ...own }, uniform);
    return andThen(made, (matrix) => scaled(matrix, request));
  },
  cluster: (request, uniform) => {
    const { rows, options } = request;
    const own = {
      clusters: options.number('cluster'),
      inside: options.number('p_in'),
      between: options.number('p_out'),
    };
    const made = clusteredMatrix({ size: rows, draw: drawOf(request), ...present(own) }, uniform);
    return andThen(made, (matrix) => scaled(matrix, request));
  },
  fast_spectral_initialization: ({ rows, columns, options }, uniform) => {
    const [share, radius, degree] = ['connectivity', 'sr', 'degree'].map((name) => options.number(name));
    if (degree === undefined) return fastSpectralMatrix(rows, share ?? 1, radius, uniform);
    const half = fastSpectralRange(rows, share ?? 1, radius);
    return fixedDegreeMatrix([rows, columns], degree, directionOf(options), uniformDraw(-half, half), uniform);
  },
  orthogonal: (request, uniform) =>
    andThen(orthogonalMatrix(request.rows, uniform), (matrix) => scaled(matrix, request)),
  ring: (request) => weighted(ringMatrix(request.rows), request),
  line: (request) => weighted(lineMatrix(request.rows), request),
  ones: (request) => andThen(constantMatrix(request.rows, request.columns, 1), (matrix) => scaled(matrix, request)),
  zeros: (request) =>
    request.options.number('sr') === undefined
      ? constantMatrix(request.rows, request.columns, 0)
      : failed(badArgument('sr', 'given', 'left out: zeros have no spectral radius but 0')),
  ...Object.fromEntries(
    Object.entries(distributions).map(([name, draw]): [string, Initialiser] => [
      name,
      (request, uniform) => random(request, draw(request.options), uniform),
    ]),
  ),
};

/** A weight for what each cell gives on, in the order of the cells. */
function weighted(made: Result<Matrix>, request: Request): Result<Matrix> {
  const weights = request.options.list('weights');
  return andThen(made, (matrix) =>
    scaled(weights === undefined ? matrix : scaleColumns(matrix, [...weights, 0]), request),
  );
}

const directionOf = (options: OptionReader): DegreeDirection => (options.text('direction') === 'in' ? 'in' : 'out');

function random(request: Request, draw: Draw, uniform: UniformSource): Result<Matrix> {
  const { rows, columns, options, given } = request;
  const degree = options.number('degree');
  const connectivity = options.number('connectivity') ?? 1;
  // Vectors have ⌊connectivity·length⌋ weights, matrices the nearest number.
  const entries = rows * columns;
  const isMatrix = arrayOf(given['shape'], 'shape').values.length === 2;
  const share = isMatrix || entries === 0 ? connectivity : Math.trunc(connectivity * entries) / entries;
  const drawn =
    degree === undefined
      ? sparseMatrix(rows, columns, share, draw, uniform)
      : fixedDegreeMatrix([rows, columns], degree, directionOf(options), draw, uniform);
  return andThen(drawn, (matrix) => scaled(matrix, request));
}

/** To a spectral radius, or by an input scaling: one factor, or one per column. */
function scaled(matrix: Matrix, { options, given }: Request): Result<Matrix> {
  const radius = options.number('sr');
  const ready = radius === undefined ? ok(matrix) : scaleToSpectralRadius(matrix, radius);
  if (given['input_scaling'] === undefined || given['input_scaling'] === null) return ready;
  if (radius !== undefined) return failed(badArgument('input_scaling', 'given', 'left out where sr is given'));
  const factors = arrayOf(given['input_scaling'], 'input_scaling').values;
  return mapResult(ready, (found) =>
    factors.length === 1 ? scaleMatrix(found, factors[0] as number) : scaleColumns(found, factors),
  );
}

/** Parameters that only one initialiser has. */
const telling: Readonly<Record<string, string>> = {
  ...{ nb_close_neighbours: 'small_world', proba_rewire: 'small_world', p_in: 'cluster', p_out: 'cluster' },
  ...{ cluster: 'cluster', dist: 'random_sparse', low: 'uniform', high: 'uniform', p: 'bernoulli' },
};

/**
 * Cases do not carry the function that was called as a parameter: their parameters or their description tell it, and they
 * are of normal numbers where neither does. `ring` also stands in other words, so whole words are looked for.
 */
function initialiserOf({ all, id, parameters }: ReferenceCase): Initialiser {
  const [told] = Object.keys(telling).filter((name) => name in parameters);
  const words = `${String(all['about'] ?? '')} ${id.split('/').at(-1) ?? ''}`.toLowerCase().split(/[^a-z_]+/u);
  const named = Object.keys(initialisers).find((candidate) => words.includes(candidate));
  const name = told === undefined ? (named ?? 'normal') : telling[told];
  return initialisers[name ?? ''] ?? (() => unknown(String(name)));
}

function unknown(name: string): never {
  throw new BadCase(`the initialiser or distribution ${name} is not known`);
}

/** Rows and columns; what is no matrix is one row, of an initialiser of square ones a side. */
function extentOf(shape: ArrayLike<number>, square: boolean): readonly [rows: number, columns: number] {
  const [rows = 0, columns] = Array.from(shape);
  if (shape.length === 2) return [rows, columns ?? rows];
  if (square) return [rows, rows];
  return [1, Array.from(shape).reduce((entries, extent) => entries * extent, 1)];
}

export const reservoirMatrices: System = {
  id: 'reservoirpy.mat_gen',
  kinds: ['weights'],
  targetless: true,
  where: [
    'generators/sparse-matrix.ts sparseMatrix',
    'generators/sparse-matrix.ts constantMatrix',
    'generators/fixed-degree.ts fixedDegreeMatrix',
    'generators/fast-spectral.ts fastSpectralMatrix',
    'generators/rewired-ring.ts rewiredRing',
    'generators/clustered-matrix.ts clusteredMatrix',
    'generators/orthogonal-matrix.ts orthogonalMatrix',
    'generators/ring-reservoir.ts ringMatrix',
    'generators/ring-reservoir.ts lineMatrix',
  ],
  deviations: ['A drawn matrix whose spectral radius is 0 is refused rather than divided by it.'],
  run(reference) {
    const { parameters: given, expected } = reference;
    const shape = arrayOf(given['shape'], 'shape').values;
    const initialiser = initialiserOf(reference);
    const [rows, columns] = extentOf(shape, initialiser === initialisers['fast_spectral_initialization']);
    const request = { rows, columns, options: optionsOf(given), given };
    if (asksForDraws(reference)) return boundedDraws(reference, (uniform) => initialiser(request, uniform));
    return mapResult(initialiser(request, createUniformSource(1)), (matrix) =>
      'abs_det' in expected
        ? orthogonality(matrix)
        : { matrix: { ...arrayFromMatrix(matrix), ...(shape.length === 2 ? {} : { shape: Array.from(shape) }) } },
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
