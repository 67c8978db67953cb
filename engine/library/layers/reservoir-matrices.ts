/** Matrices of reservoirs: given ones as they are, missing ones drawn with exact connectivity and spectral radius (reservoirpy mat_gen). */
import { problem, placed } from '../../base/problem.ts';
import { createUniformSource } from '../../base/random.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, ok } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { unmade, type ElementBuilder, type ParameterReader } from '../../build/library-kind.ts';
import { bernoulliDraw, normalDraw, uniformDraw, type Draw } from '../../generators/draws.ts';
import { negateColumns, scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { sparseMatrix } from '../../generators/sparse-matrix.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { integer, quantity } from '../specs.ts';
import { matrixShape } from './weights.ts';

/** What drawing and the eigenvalues take for an entry besides the matrix itself: places, copies, a basis. */
const draftBytesPerEntry = 48;

/** Distribution of the non-zero entries. */
export type EntryDistribution = 'uniform' | 'normal' | 'bernoulli';

/** Parameters that say how missing matrices are drawn. */
export function reservoirParameters(units: number): readonly ParameterSpec[] {
  return [
    integer('units', 'units', units, 'Number of units; follows from the weights where they are given.', {
      minimum: 1,
      maximum: 20_000,
      favourite: true,
    }),
    quantity('sr', 'spectral radius', 0.9, '1', 'Largest absolute eigenvalue of the drawn recurrent weights.', {
      minimum: 0,
      favourite: true,
      group: 'Drawn weights',
    }),
    quantity('input_scaling', 'input scaling', 1, '1', 'Factor on the drawn input weights.', {
      group: 'Drawn weights',
    }),
    quantity(
      'rc_connectivity',
      'recurrent connectivity',
      0.1,
      '1',
      'Share of the recurrent weights that are not zero.',
      { minimum: 0, maximum: 1, group: 'Drawn weights' },
    ),
    quantity('input_connectivity', 'input connectivity', 0.1, '1', 'Share of the input weights that are not zero.', {
      minimum: 0,
      maximum: 1,
      group: 'Drawn weights',
    }),
  ];
}

/** Number of units: from the recurrent weights, else from the input weights, else the parameter. */
export function reservoirSize(parameters: ParameterReader): number {
  return matrixShape(parameters, 'W')?.[0] ?? matrixShape(parameters, 'Win')?.[0] ?? parameters.number('units');
}

function drawOf(distribution: EntryDistribution, spiking: boolean): Draw {
  if (distribution === 'normal') return normalDraw();
  if (distribution === 'bernoulli') return bernoulliDraw();
  return spiking ? uniformDraw(0, 1) : uniformDraw();
}

/** Input weights [units, inputs]. */
export function inputWeights(
  builder: ElementBuilder,
  units: number,
  distribution: EntryDistribution,
): Result<SignalId> {
  const inputs = Math.max(1, builder.inputSize('in'));
  const shape = matrixShape(builder, 'Win');
  const columns = builder.inputSize('in') === 0 ? (shape?.[1] ?? 1) : inputs;
  return matrixSignal({ builder, name: 'Win', shape: [units, columns] }, () => {
    const uniform = createUniformSource(builder.stream('Win'));
    const drawn = sparseMatrix(
      units,
      columns,
      builder.number('input_connectivity'),
      drawOf(distribution, true),
      uniform,
    );
    return andThen(drawn, (matrix) => ok(scaleMatrix(matrix, builder.number('input_scaling'))));
  });
}

/**
 * Recurrent weights [to, from], scaled to the spectral radius; then the columns of the inhibitory share are negated. The
 * signal is [from, to] where `bySource` asks for it: spikes add rows of it.
 */
export function recurrentWeights(
  builder: ElementBuilder,
  units: number,
  distribution: EntryDistribution,
  { inhibitoryShare = 0, bySource = false }: { readonly inhibitoryShare?: number; readonly bySource?: boolean } = {},
): Result<SignalId> {
  const arrange = bySource ? { arrange: (values: ArrayLike<number>) => transposed(values, units) } : {};
  return matrixSignal({ builder, name: 'W', shape: [units, units], ...arrange }, () => {
    const uniform = createUniformSource(builder.stream('W'));
    const drawn = sparseMatrix(units, units, builder.number('rc_connectivity'), drawOf(distribution, true), uniform);
    return andThen(drawn, (matrix) =>
      andThen(scaleToSpectralRadius(matrix, builder.number('sr')), (scaled) =>
        ok(negateColumns(scaled, Math.trunc(inhibitoryShare * units))),
      ),
    );
  });
}

/** Biases [units]: given, or uniform between ± bias_scaling. */
export function biasVector(builder: ElementBuilder, units: number): Result<SignalId> {
  const given = builder.array('bias');
  if (given?.values.length === 1) {
    const initial = builder.outline ? unmade : new Float64Array(units).fill(given.values[0] as number);
    return ok(builder.signal({ name: 'bias', shape: [units], initial, role: 'constant' }));
  }
  return matrixSignal({ builder, name: 'bias', shape: [units, 1] }, () => {
    const uniform = createUniformSource(builder.stream('bias'));
    const scaling = builder.number('bias_scaling');
    return sparseMatrix(units, 1, 1, uniformDraw(-scaling, scaling), uniform);
  });
}

/** A square matrix with rows and columns exchanged. */
function transposed(values: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from(
    { length: values.length },
    (_, place) => values[(place % size) * size + Math.floor(place / size)] as number,
  );
}

interface MatrixRequest {
  readonly builder: ElementBuilder;
  readonly name: string;
  readonly shape: readonly [number, number];
  /** How the entries lie in the signal. Default row by row. */
  readonly arrange?: (values: ArrayLike<number>) => Float64Array;
}

function matrixSignal({ builder, name, shape, arrange }: MatrixRequest, draw: () => Result<Matrix>): Result<SignalId> {
  const given = builder.array(name);
  const [rows, columns] = shape;
  if (given !== null) {
    if (given.values.length !== rows * columns) return failed(shapeProblem(builder, name, shape, given.shape));
    return ok(builder.signal({ name, shape, initial: arrange?.(given.values) ?? given.values, role: 'constant' }));
  }
  const draftBytes = draftBytesPerEntry * rows * columns;
  if (builder.outline) return ok(builder.signal({ name, shape, initial: unmade, role: 'constant', draftBytes }));
  const drawn = draw();
  if (!drawn.ok) return failed(...drawn.problems.map((found) => placed(found, { element: builder.id })));
  const { values } = drawn.value;
  return ok(builder.signal({ name, shape, initial: arrange?.(values) ?? values, role: 'constant', draftBytes }));
}

function shapeProblem(builder: ElementBuilder, name: string, needed: readonly number[], given: readonly number[]) {
  return problem(
    'model/parameter-shape',
    `${name} of "${builder.name}" has shape [${given.join(', ')}]; [${needed.join(', ')}] is needed.`,
    {
      hint: 'Give a matrix that fits units and inputs, or remove it to draw one.',
      at: { element: builder.id, path: `parameters.${name}` },
    },
  );
}
