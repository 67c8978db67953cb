/** Matrices of reservoirs: given ones as they are, missing ones drawn with exact connectivity and spectral radius (reservoirpy mat_gen). */
import { problem, placed } from '../../base/problem.ts';
import { createUniformSource } from '../../base/random.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { unmade, type ElementBuilder, type ParameterReader } from '../../build/library-kind.ts';
import { bernoulliDraw, normalDraw, uniformDraw, type Draw } from '../../generators/draws.ts';
import { negateColumns, scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { sparseMatrix } from '../../generators/sparse-matrix.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { integer, matrix, quantity } from '../specs.ts';
import { countWeights, type LayerMatrix } from './layer-weights.ts';
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

/** The matrices themselves; a receiver is called a unit or a cell. */
export function reservoirWeights(receivers: 'units' | 'cells'): readonly ParameterSpec[] {
  const weights = (name: string, title: string, axes: string): ParameterSpec =>
    matrix(name, title, '1', `Weights [${axes}], used as they are; drawn from the parameters when absent.`);
  return [weights('W', 'recurrent weights', 'to, from'), weights('Win', 'input weights', `${receivers}, inputs`)];
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
): Result<LayerMatrix> {
  const inputs = Math.max(1, builder.inputSize('in'));
  const shape = matrixShape(builder, 'Win');
  const columns = builder.inputSize('in') === 0 ? (shape?.[1] ?? 1) : inputs;
  const share = builder.number('input_connectivity');
  const factor = builder.number('input_scaling');
  return matrixOf({ builder, name: 'Win', shape: [units, columns], share, factor }, () => {
    const uniform = createUniformSource(builder.stream('Win'));
    const drawn = sparseMatrix(units, columns, share, drawOf(distribution, true), uniform);
    return andThen(drawn, (matrix) => ok(scaleMatrix(matrix, factor)));
  });
}

/** Recurrent weights [to, from], scaled to the spectral radius; then the columns of the inhibitory share are negated. */
export function recurrentWeights(
  builder: ElementBuilder,
  units: number,
  distribution: EntryDistribution,
  inhibitoryShare = 0,
): Result<LayerMatrix> {
  const share = builder.number('rc_connectivity');
  const radius = builder.number('sr');
  return matrixOf({ builder, name: 'W', shape: [units, units], share, factor: radius }, () => {
    const uniform = createUniformSource(builder.stream('W'));
    const drawn = sparseMatrix(units, units, share, drawOf(distribution, true), uniform);
    return andThen(drawn, (matrix) =>
      andThen(scaleToSpectralRadius(matrix, radius), (scaled) =>
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
  const scaling = builder.number('bias_scaling');
  const made = matrixOf({ builder, name: 'bias', shape: [units, 1], share: 1, factor: scaling }, () => {
    const uniform = createUniformSource(builder.stream('bias'));
    return sparseMatrix(units, 1, 1, uniformDraw(-scaling, scaling), uniform);
  });
  return mapResult(made, ({ values = unmade, draftBytes = 0 }) =>
    builder.signal({ name: 'bias', shape: [units, 1], initial: values, role: 'constant', draftBytes }),
  );
}

interface MatrixRequest {
  readonly builder: ElementBuilder;
  readonly name: string;
  readonly shape: readonly [number, number];
  /** Of the entries, drawn. */
  readonly share: number;
  /** What those drawn are scaled with; all are 0 where it is. */
  readonly factor: number;
}

function matrixOf(request: MatrixRequest, draw: () => Result<Matrix>): Result<DrawnMatrix> {
  const { builder, name, shape, share, factor } = request;
  const given = builder.array(name);
  const [rows, columns] = shape;
  const entries = rows * columns;
  const base = { name, inputs: columns, outputs: rows, byTarget: true, unit: '1' };
  if (given !== null) {
    const { values } = given;
    if (values.length !== entries) return failed(shapeProblem(builder, name, shape, given.shape));
    return ok({ ...base, values, synapses: countWeights(values), draftBytes: undefined });
  }
  const synapses = factor === 0 ? 0 : roundHalfEven(share * entries);
  const planned = { ...base, synapses, draftBytes: draftBytesPerEntry * entries };
  if (builder.outline) return ok({ ...planned, values: undefined });
  const drawn = draw();
  if (!drawn.ok) return failed(...drawn.problems.map((found) => placed(found, { element: builder.id })));
  return ok({ ...planned, values: drawn.value.values });
}

type DrawnMatrix = LayerMatrix & { readonly values: Float64Array | undefined };

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
