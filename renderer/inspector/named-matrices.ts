/** The matrices of a project by whose they are: what a change of one matrix may take as a second. */
import { decodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connectionName } from '../../engine/model/names.ts';
import type { NumericArray } from '../../engine/model/validated.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { Services } from '../stores/services.ts';

export interface NamedMatrix {
  /** Id of the array. */
  readonly id: string;
  /** Whose it is and which: `Reservoir · W_in (3 × 100)`. */
  readonly name: string;
  readonly matrix: NumericArray;
}

/** Every array of two dimensions that a block or connection has as a parameter. */
export function namedMatrices({ document }: Pick<Services, 'document'>): readonly NamedMatrix[] {
  const open = document.getState().document;
  const owners = [
    ...Object.values(open.elements).map(({ name, parameters }) => ({ name, parameters })),
    ...Object.values(open.connections).map((each) => ({
      name: connectionName(open, each),
      parameters: each.parameters,
    })),
  ];
  return owners.flatMap(({ name, parameters }) =>
    Object.entries(parameters).flatMap(([symbol, value]) => {
      const found = matrixOf(open, value);
      if (found === undefined) return [];
      return [{ id: found.id, name: `${name} · ${symbol} (${found.matrix.shape.join(' × ')})`, matrix: found.matrix }];
    }),
  );
}

function matrixOf({ arrays }: SpikeloomDocument, value: ParameterValue) {
  if (typeof value !== 'object' || value === null || !('array' in value)) return undefined;
  const record = arrays[value.array];
  if (record?.shape.length !== 2) return undefined;
  const decoded = decodeArray(record);
  return decoded.ok ? { id: record.id, matrix: decoded.value } : undefined;
}
