/** Weight matrices of layers: given ones checked against the sizes, missing ones drawn. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, mapResult, ok } from '../../base/result.ts';
import { unmade, type ElementBuilder, type SizeRequest } from '../../build/library-kind.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { normalAt } from '../../math/normal.ts';
import { countWeights, type LayerMatrix } from './layer-weights.ts';

/** Extents of a given matrix, or undefined when none is given. A vector counts as one row. */
export function matrixShape(
  parameters: SizeRequest['parameters'],
  name: string,
): readonly [number, number] | undefined {
  const given = parameters.array(name);
  if (given === null) return undefined;
  const [rows, columns] = given.shape;
  return columns === undefined ? [1, rows ?? 0] : [rows ?? 0, columns];
}

/** A weight signal of shape [rows, columns]: the matrix given, or normal numbers of deviation `deviation`. */
export function weightSignal(
  builder: ElementBuilder,
  name: string,
  shape: readonly [number, number],
  deviation: number,
  unit: string,
): Result<SignalId> {
  return mapResult(weightMatrix(builder, name, shape, deviation, unit), ({ values = unmade }) =>
    builder.signal({
      ...{ name, shape: shape.map((extent) => Math.max(1, extent)), role: 'constant', unit },
      initial: shape[0] * shape[1] === 0 ? 0 : values,
    }),
  );
}

/** The weights [rows = inputs, columns = outputs] before they are stored: the matrix given, or normal numbers. */
export function weightMatrix(
  builder: ElementBuilder,
  name: string,
  shape: readonly [number, number],
  deviation: number,
  unit: string,
): Result<LayerMatrix & { readonly values: Float64Array | undefined }> {
  const [rows, columns] = shape;
  const given = builder.array(name);
  if (given !== null && given.values.length !== rows * columns) {
    return failed(
      problem(
        'model/parameter-shape',
        `${name} of "${builder.name}" has shape [${given.shape.join(', ')}]; [${rows}, ${columns}] is needed.`,
        {
          hint: 'Give a matrix that fits the number of inputs and cells, or remove it to draw one.',
          at: { element: builder.id, path: `parameters.${name}` },
        },
      ),
    );
  }
  const key = builder.stream(name);
  const draw = (): Float64Array =>
    Float64Array.from({ length: rows * columns }, (_, index) => deviation * normalAt(key, 0, index));
  const values = given?.values ?? (builder.outline ? undefined : draw());
  const base = { name, inputs: rows, outputs: columns, byTarget: false, values, unit };
  if (given !== null) return ok({ ...base, synapses: countWeights(given.values), draftBytes: undefined });
  return ok({ ...base, synapses: rows * columns, draftBytes: 0 });
}

/** Weights [channels at port `in`, cells]: those given, or normal numbers of deviation `strength` / √inputs. */
export function inputMatrix(builder: ElementBuilder, name: string, cells: number, strength: number, unit: string) {
  const connected = builder.inputSize('in');
  const inputs = connected === 0 ? (matrixShape(builder, name)?.[0] ?? 1) : connected;
  return weightMatrix(builder, name, [inputs, cells], strength / Math.sqrt(inputs), unit);
}

/** Weights [from, to] among the cells: those given, or normal numbers of deviation `strength` / √cells. */
export function recurrentMatrix(builder: ElementBuilder, name: string, cells: number, strength: number, unit: string) {
  return weightMatrix(builder, name, [cells, cells], strength / Math.sqrt(cells), unit);
}
