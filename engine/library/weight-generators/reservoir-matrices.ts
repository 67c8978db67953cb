/** Matrices of reservoirs (reservoirpy: columns give, rows receive) and of liquids (mlx-snn: signs by column). */
import { andThen, mapResult, type Result } from '../../base/result.ts';
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
import { erdosRenyi } from '../../generators/erdos-renyi.ts';
import { fastSpectralMatrix } from '../../generators/fast-spectral.ts';
import { fixedDegreeMatrix } from '../../generators/fixed-degree.ts';
import { orthogonalMatrix } from '../../generators/orthogonal-matrix.ts';
import { rewiredRing } from '../../generators/rewired-ring.ts';
import { lineMatrix, ringMatrix } from '../../generators/ring-reservoir.ts';
import { scaleFree } from '../../generators/scale-free.ts';
import { scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { smallWorld } from '../../generators/small-world.ts';
import { constantMatrix, sparseMatrix } from '../../generators/sparse-matrix.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { WeightGenerator } from '../../model/weight-generator.ts';
import { choice, flag, integer, quantity } from '../specs.ts';
import { cells, count, generator, radiusSpec, share, sizeSpec, type Arguments } from './generator-forms.ts';

const reservoirpy = 'reservoirpy 0.4.2, mat_gen';
const liquid = 'mlx-snn (4c720ec), liquid topologies';

const distribution = choice(
  'distribution',
  'distribution',
  'uniform',
  [
    { value: 'uniform', title: 'uniform, −1 … 1' },
    { value: 'normal', title: 'normal' },
    { value: 'bernoulli', title: '−1 or 1' },
    { value: 'exponential', title: 'exponential' },
    { value: 'laplace', title: 'Laplace' },
    { value: 'logistic', title: 'logistic' },
  ],
  'Distribution of the weights that are not 0.',
);

const draws: Readonly<Record<string, Draw>> = {
  uniform: uniformDraw(),
  normal: normalDraw(),
  bernoulli: bernoulliDraw(),
  exponential: exponentialDraw(),
  laplace: laplaceDraw(),
  logistic: logisticDraw(),
};

function drawOf(given: Arguments): Draw {
  return draws[given.text('distribution')] ?? uniformDraw();
}

const rows = cells('rows', 'rows', 100, 'Rows of the matrix: receivers.');
const columns = cells('columns', 'columns', 100, 'Columns of the matrix: givers.');
const scaling = quantity('scaling', 'scaling', 1, '1', 'Factor on all weights.');
const weight = quantity('weight', 'weight', 1, '1', 'Weight of a connection.');

const dale = [
  share('excitatory_share', 'excitatory share', 0.8, 'Share of the columns that are positive, the first ones.'),
  radiusSpec,
];

function daleOf(given: Arguments) {
  return {
    size: given.number('size'),
    excitatoryShare: given.number('excitatory_share'),
    spectralRadius: given.number('spectral_radius'),
  };
}

function scaled(given: Arguments, made: Result<Matrix>): Result<Matrix> {
  return andThen(made, (matrix) => scaleToSpectralRadius(matrix, given.number('spectral_radius')));
}

export const reservoirGenerators: readonly WeightGenerator[] = [
  generator({
    id: 'random-matrix',
    title: 'Random, of any shape',
    summary: 'An exact share of random weights, 0 elsewhere; columns give.',
    keywords: ['mat_gen', 'uniform', 'normal', 'bernoulli', 'input_scaling', 'Win'],
    parameters: [
      rows,
      columns,
      distribution,
      share('connectivity', 'connectivity', 0.1, 'Share that is not 0.'),
      scaling,
    ],
    source: reservoirpy,
    make: (given, uniform) =>
      mapResult(
        sparseMatrix(
          given.number('rows'),
          given.number('columns'),
          given.number('connectivity'),
          drawOf(given),
          uniform,
        ),
        (matrix) => scaleMatrix(matrix, given.number('scaling')),
      ),
  }),
  generator({
    id: 'random-reservoir',
    title: 'Random, with a spectral radius',
    summary: 'A square matrix with an exact share of random weights, scaled to a spectral radius.',
    keywords: ['mat_gen', 'sr', 'rc_connectivity', 'uniform', 'normal', 'bernoulli', 'echo state'],
    parameters: [
      sizeSpec,
      distribution,
      share('connectivity', 'connectivity', 0.1, 'Share that is not 0.'),
      radiusSpec,
    ],
    source: reservoirpy,
    make: (given, uniform) => {
      const side = given.number('size');
      return scaled(given, sparseMatrix(side, side, given.number('connectivity'), drawOf(given), uniform));
    },
  }),
  generator({
    id: 'fixed-degree',
    title: 'Random, with fixed degrees',
    summary: 'The same number of random weights in every row or in every column.',
    keywords: ['mat_gen', 'degree', 'direction'],
    parameters: [
      rows,
      columns,
      count('degree', 'degree', 10, 'Weights of a row or column.'),
      choice(
        'direction',
        'fixed for',
        'in',
        [
          { value: 'in', title: 'receivers (rows)' },
          { value: 'out', title: 'givers (columns)' },
        ],
        'Whose number of weights is fixed.',
      ),
      distribution,
    ],
    source: reservoirpy,
    make: (given, uniform) =>
      fixedDegreeMatrix(
        [given.number('rows'), given.number('columns')],
        given.number('degree'),
        given.text('direction') === 'out' ? 'out' : 'in',
        drawOf(given),
        uniform,
      ),
  }),
  generator({
    id: 'fast-spectral',
    title: 'Random, near a spectral radius',
    summary: 'Uniform weights whose range is chosen for a spectral radius, without computing one.',
    keywords: ['fast_spectral_initialization'],
    parameters: [sizeSpec, share('connectivity', 'connectivity', 0.1, 'Share that is not 0.'), radiusSpec],
    source: reservoirpy,
    make: (given, uniform) =>
      fastSpectralMatrix(given.number('size'), given.number('connectivity'), given.number('spectral_radius'), uniform),
  }),
  generator({
    id: 'ring',
    title: 'Ring',
    summary: 'Every cell drives the next one, and the last one the first.',
    keywords: ['mat_gen', 'ring', 'simple cycle reservoir'],
    parameters: [sizeSpec, weight],
    source: reservoirpy,
    fixed: true,
    make: (given) => ringMatrix(given.number('size'), given.number('weight')),
  }),
  generator({
    id: 'line',
    title: 'Line',
    summary: 'Every cell drives the next one: a delay line.',
    keywords: ['mat_gen', 'line', 'delay line'],
    parameters: [sizeSpec, weight],
    source: reservoirpy,
    fixed: true,
    make: (given) => lineMatrix(given.number('size'), given.number('weight')),
  }),
  generator({
    id: 'constant',
    title: 'All the same',
    summary: 'Every weight is the same number: ones, zeros, or any other.',
    keywords: ['mat_gen', 'ones', 'zeros', 'full'],
    parameters: [rows, columns, weight],
    source: reservoirpy,
    fixed: true,
    make: (given) => constantMatrix(given.number('rows'), given.number('columns'), given.number('weight')),
  }),
  generator({
    id: 'clusters',
    title: 'Clusters',
    summary:
      'Groups of equally many cells: ⌊inside · clusters · n²⌋ random weights within groups of n cells, round(between · size²) among all others’ places.',
    keywords: ['mat_gen', 'cluster', 'p_in', 'p_out', 'Erdős', 'Rényi'],
    parameters: [
      sizeSpec,
      integer('clusters', 'clusters', 4, 'Groups; the size is a multiple of them.', { minimum: 1, maximum: 65_536 }),
      share('inside', 'inside', 0.1, 'Share of the pairs within groups that have a weight.'),
      share('between', 'between', 0.01, 'Share of all pairs that have one before the groups are drawn over them.'),
      { ...distribution, default: 'normal' },
    ],
    source: reservoirpy,
    make: (given, uniform) => {
      const shares = { inside: given.number('inside'), between: given.number('between') };
      const own = { size: given.number('size'), clusters: given.number('clusters'), draw: drawOf(given) };
      return clusteredMatrix({ ...own, ...shares }, uniform);
    },
  }),
  generator({
    id: 'orthogonal',
    title: 'Orthogonal',
    summary: 'A random rotation or reflection: every eigenvalue has size 1, here times a factor.',
    keywords: ['mat_gen', 'orthogonal'],
    parameters: [sizeSpec, scaling],
    source: reservoirpy,
    make: (given, uniform) =>
      mapResult(orthogonalMatrix(given.number('size'), uniform), (matrix) =>
        scaleMatrix(matrix, given.number('scaling')),
      ),
  }),
  generator({
    id: 'rewired-ring',
    title: 'Small world, both ways',
    summary: 'Random weights along a ring of neighbours, both ways, some of them led elsewhere.',
    keywords: ['mat_gen', 'small_world', 'Watts', 'Strogatz'],
    parameters: [
      sizeSpec,
      count('neighbours', 'neighbours', 4, 'Neighbours of a cell, half of them on each side.'),
      share('rewiring', 'rewiring', 0.1, 'Probability with which a connection is led elsewhere.'),
      flag('symmetric', 'symmetric', true, 'The weights both ways are the same.'),
      { ...distribution, default: 'normal' },
      radiusSpec,
    ],
    source: reservoirpy,
    make: (given, uniform) => {
      const options = { neighbours: given.number('neighbours'), rewiring: given.number('rewiring') };
      const weights = { draw: drawOf(given), symmetric: given.on('symmetric') };
      return scaled(given, rewiredRing({ size: given.number('size'), ...options, ...weights }, uniform));
    },
  }),
  generator({
    id: 'erdos-renyi',
    title: 'Liquid: independent pairs',
    summary: 'Pairs of cells connected independently; columns of one sign each.',
    keywords: ['erdos_renyi', 'Erdős', 'Rényi', 'LSM'],
    parameters: [sizeSpec, share('probability', 'probability', 0.1, 'Probability of a connection.'), ...dale],
    source: liquid,
    make: (given, uniform) => erdosRenyi({ ...daleOf(given), probability: given.number('probability') }, uniform),
  }),
  generator({
    id: 'small-world',
    title: 'Liquid: small world',
    summary: 'A ring of neighbours with some connections led elsewhere; columns of one sign each.',
    keywords: ['small_world', 'Watts', 'Strogatz', 'LSM'],
    parameters: [
      sizeSpec,
      count('neighbours', 'neighbours', 6, 'Connections of a row.'),
      share('rewiring', 'rewiring', 0.1, 'Probability with which a connection to a following cell is led elsewhere.'),
      ...dale,
    ],
    source: liquid,
    make: (given, uniform) => {
      const options = { neighbours: given.number('neighbours'), rewiring: given.number('rewiring') };
      return smallWorld({ ...daleOf(given), ...options }, uniform);
    },
  }),
  generator({
    id: 'scale-free',
    title: 'Liquid: scale-free',
    summary: 'Few cells with very many connections; columns of one sign each.',
    keywords: ['scale_free', 'Barabási', 'Albert', 'LSM'],
    parameters: [sizeSpec, count('attachments', 'attachments', 3, 'Cells that each cell is joined with.'), ...dale],
    source: liquid,
    make: (given, uniform) => scaleFree({ ...daleOf(given), attachments: given.number('attachments') }, uniform),
  }),
];
