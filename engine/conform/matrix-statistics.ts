/** Statistics of drawn weight matrices, under the names that the reference cases use. */
import { mean, standardDeviation } from '../math/statistics.ts';
import type { Matrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';

type Statistic = (matrix: Matrix) => number;

/** Those of the cases of Rockpool's generators: rows give, columns receive. */
export const matrixStatistics: Readonly<Record<string, Statistic>> = {
  value: ({ values }) => values[0] as number,
  density: ({ values }) => shareOf(values, (value) => value !== 0),
  fraction_positive: ({ values }) => shareOf(values, (value) => value > 0),
  fraction_negative: ({ values }) => shareOf(values, (value) => value < 0),
  mean: ({ values }) => mean(values),
  std: ({ values }) => standardDeviation(values),
  min: ({ values }) => lowest(values),
  max: ({ values }) => highest(values),
  in_degree_mean: (matrix) => mean(columnDegrees(matrix)),
  in_degree_min: (matrix) => lowest(columnDegrees(matrix)),
  in_degree_max: (matrix) => highest(columnDegrees(matrix)),
  out_degree_max: (matrix) => highest(rowDegrees(matrix)),
  out_degree_std: (matrix) => standardDeviation(rowDegrees(matrix)),
  column_sum_mean: (matrix) => mean(columnSums(matrix, (value) => value)),
  column_sum_std: (matrix) => standardDeviation(columnSums(matrix, (value) => value)),
  column_abs_sum_min: (matrix) => lowest(columnSums(matrix, Math.abs)),
  column_abs_sum_max: (matrix) => highest(columnSums(matrix, Math.abs)),
  spectral_radius: spectralRadius,
  diagonal_nonzero_fraction: ({ values, rows }) =>
    shareOf(
      Float64Array.from({ length: rows }, (_, index) => values[index * (rows + 1)] as number),
      (value) => value !== 0,
    ),
};

/** What must hold of every matrix exactly, in the same cases: a number each, the one furthest from the rule where rows or columns differ. */
export const exactProperties: Readonly<Record<string, (matrix: Matrix) => readonly number[]>> = {
  spectral_radius: (matrix) => [spectralRadius(matrix)],
  number_of_nonzero: ({ values }) => [values.filter((value) => value !== 0).length],
  column_sum: (matrix) => [...columnSums(matrix, (value) => value)],
  nonzero_per_row: (matrix) => [...rowDegrees(matrix)],
};

/** Those of the cases of reservoirpy's matrices and of liquids, whose bounds stand in the tolerance. */
export const boundedStatistics: Readonly<Record<string, Statistic>> = {
  density_mean: ({ values }) => shareOf(values, (value) => value !== 0),
  nonzero_mean_of_matrices: ({ values }) => mean(values.filter((value) => value !== 0)),
  nonzero_std_of_matrices: ({ values }) => standardDeviation(values.filter((value) => value !== 0)),
  spectral_radius_mean: spectralRadius,
  spectral_radius_each: spectralRadius,
  edges_mean: ({ values }) => values.filter((value) => value !== 0).length,
  row_degree_mean: (matrix) => mean(rowDegrees(matrix)),
  row_degree_std_of_matrices: (matrix) => standardDeviation(rowDegrees(matrix)),
  col_degree_std_of_matrices: (matrix) => standardDeviation(columnDegrees(matrix)),
  max_degree_mean_over_matrices: (matrix) => highest(rowDegrees(matrix)),
  abs_weight_cv: ({ values }) => {
    const sizes = values.filter((value) => value !== 0).map(Math.abs);
    return standardDeviation(sizes) / mean(sizes);
  },
  ring_edge_fraction: (matrix) => ringEdges(matrix, 1),
  ring_edge_fraction_backward: (matrix) => ringEdges(matrix, matrix.columns - 1),
};

function shareOf(values: Float64Array, holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

function lowest(values: Float64Array): number {
  return values.reduce((found, value) => Math.min(found, value), Infinity);
}

function highest(values: Float64Array): number {
  return values.reduce((found, value) => Math.max(found, value), -Infinity);
}

function columnSums({ values, columns }: Matrix, of: (value: number) => number): Float64Array {
  const sums = new Float64Array(columns);
  values.forEach((value, place) => (sums[place % columns] = (sums[place % columns] as number) + of(value)));
  return sums;
}

function columnDegrees({ values, columns }: Matrix): Float64Array {
  const degrees = new Float64Array(columns);
  values.forEach((value, place) => {
    if (value !== 0) degrees[place % columns] = (degrees[place % columns] as number) + 1;
  });
  return degrees;
}

function rowDegrees({ values, rows, columns }: Matrix): Float64Array {
  return Float64Array.from(
    { length: rows },
    (_, row) => values.subarray(row * columns, (row + 1) * columns).filter((value) => value !== 0).length,
  );
}

/** Share of the cells with an edge to the one so many places on. */
function ringEdges({ values, columns }: Matrix, places: number): number {
  const onRing = Float64Array.from(
    { length: columns },
    (_, cell) => values[cell * columns + ((cell + places) % columns)] as number,
  );
  return shareOf(onRing, (value) => value !== 0);
}
