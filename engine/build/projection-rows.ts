/** The synapses of a projection as signals: rows by source or a whole matrix, weights in the precision asked for. */
import type { Result } from '../base/result.ts';
import { mapResult, ok } from '../base/result.ts';
import type { Assembly } from './assembly.ts';
import { addSignal, noteDraft } from './assembly.ts';
import type { ConnectorKind, ConnectRequest } from './library-kind.ts';
import { unmade } from './library-kind.ts';
import type { SourceRows } from './operators/source-rows.ts';
import { compressBySource, targetBytes } from './operators/source-rows.ts';
import { storedWeights, weightBytes, type StoredWeights, type WeightPrecision } from './operators/weight-precision.ts';
import type { Signal, SignalId } from './program.ts';

/** The synapses of a connection; in an outline only how many there may be. */
export interface MadeRows {
  readonly synapses: number;
  readonly rows: SourceRows | undefined;
  /** One number where all synapses have the same weight; undefined where each has its own, or may have. */
  readonly weight: number | undefined;
  readonly sourceSize: number;
  readonly targetSize: number;
}

/** What lists of pairs take per synapse until they are sorted: two pairs of indices and a weight. */
const listBytes = 24;

/** Asks the connector for its rows. */
export function makeRows(assembly: Assembly, kind: ConnectorKind, request: ConnectRequest): Result<MadeRows> {
  const { sourceSize, targetSize, connection } = request;
  const sizes = { sourceSize, targetSize };
  const draft = kind.rows === undefined ? listBytes : (kind.draftBytesPerSynapse ?? 0);
  if (assembly.outline) {
    const synapses = kind.mostSynapses(request);
    noteDraft(assembly, connection.id, synapses * draft);
    const weighs = kind.parameters.some(({ name }) => name === 'weight');
    return ok({
      ...sizes,
      synapses,
      rows: undefined,
      weight: weighs ? request.parameters.constant('weight') : undefined,
    });
  }
  const made =
    kind.rows?.(request) ??
    mapResult(kind.connect(request), (lists) => compressBySource(lists, sourceSize, targetSize));
  return mapResult(made, (rows) => ({
    ...sizes,
    synapses: rows.targets.length,
    rows,
    weight: typeof rows.weights === 'number' ? rows.weights : undefined,
  }));
}

/** Signals of rows, or of a matrix. */
export interface StoredSynapses {
  /** Absent for a matrix. */
  readonly starts: SignalId | undefined;
  readonly targets: SignalId | undefined;
  /** Weights of the rows, or the matrix; absent where all have one weight. */
  readonly weights: SignalId | undefined;
  /** The one weight. */
  readonly weight: number;
  /** Of int8 weights; undefined for others. */
  readonly scale: number | undefined;
  /** Of all these signals. */
  readonly bytes: number;
}

export interface StoreRequest {
  readonly id: string;
  readonly made: MadeRows;
  readonly precision: WeightPrecision;
  readonly unit: string;
  /** Delays in which the rows are split; 1 = not at all. */
  readonly width: number;
}

/** Adds rows to the assembly. */
export function storeRows(assembly: Assembly, request: StoreRequest): StoredSynapses {
  const { id, made, precision, unit, width } = request;
  const { synapses, rows, sourceSize, targetSize } = made;
  const add = adder(assembly, id);
  const starts = add('starts', 'i32', sourceSize * width + 1, rows?.starts ?? unmade, '1');
  const narrow = targetBytes(targetSize) === 2;
  const targets = add('targets', narrow ? 'u16' : 'i32', synapses, rows?.targets ?? unmade, '1');
  const base = { starts, targets, bytes: 4 * (sourceSize * width + 1) + synapses * targetBytes(targetSize) };
  if (made.weight !== undefined) {
    return { ...base, weights: undefined, weight: roundWeight(made.weight, precision), scale: undefined };
  }
  const stored = storeWeights(rows?.weights, precision);
  const weights = add('weights', stored.type, synapses, stored.values, unit);
  return { ...base, weights, weight: 0, scale: stored.scale, bytes: base.bytes + synapses * weightBytes[precision] };
}

/** Adds the whole matrix [sources, targets] to the assembly; pairs without a synapse have weight 0. */
export function storeMatrix(assembly: Assembly, { id, made, precision, unit }: StoreRequest): StoredSynapses {
  const { rows, sourceSize, targetSize } = made;
  const entries = sourceSize * targetSize;
  const stored = storeWeights(rows === undefined ? undefined : matrixOf(rows, targetSize), precision);
  const weights = adder(assembly, id)('weights', stored.type, entries, stored.values, unit, [sourceSize, targetSize]);
  noteDraft(assembly, id, entries * 8);
  const bytes = entries * weightBytes[precision];
  return { starts: undefined, targets: undefined, weights, weight: 0, scale: stored.scale, bytes };
}

function matrixOf({ starts, targets, weights }: SourceRows, targetSize: number): Float64Array {
  const matrix = new Float64Array((starts.length - 1) * targetSize);
  for (let source = 0; source + 1 < starts.length; source += 1) {
    const end = starts[source + 1] as number;
    for (let synapse = starts[source] as number; synapse < end; synapse += 1) {
      const place = source * targetSize + (targets[synapse] as number);
      matrix[place] =
        (matrix[place] as number) + (typeof weights === 'number' ? weights : (weights[synapse] as number));
    }
  }
  return matrix;
}

function storeWeights(weights: number | Float64Array | undefined, precision: WeightPrecision): StoredWeights {
  return storedWeights(typeof weights === 'object' ? weights : unmade, precision);
}

function roundWeight(weight: number, precision: WeightPrecision): number {
  return precision === 'f32' ? Math.fround(weight) : weight;
}

function adder(assembly: Assembly, id: string) {
  return (
    name: string,
    type: Signal['type'],
    length: number,
    values: Exclude<Signal['initial'], number>,
    unit: string,
    shape: readonly number[] = [Math.max(1, length)],
  ): SignalId =>
    addSignal(assembly, {
      ...{ id: `${id}/${name}`, element: id, name, type, shape, unit },
      initial: length === 0 ? 0 : values,
      role: 'constant',
    });
}
