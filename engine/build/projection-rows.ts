/** The synapses of a projection as signals: rows by source or a whole matrix, weights in the precision asked for. */
import type { Result } from '../base/result.ts';
import { mapResult, ok } from '../base/result.ts';
import { blockCount } from '../base/target-blocks.ts';
import { mostKept } from '../base/written.ts';
import type { Assembly } from './assembly.ts';
import { addSignal, noteDraft } from './assembly.ts';
import type { ConnectorKind, ConnectRequest } from './library-kind.ts';
import { unmade, unwritten } from './library-kind.ts';
import type { SourceRows } from './operators/source-rows.ts';
import { blockCellsOf, compressBySource, eachSynapse, keepRows, targetBytes } from './operators/source-rows.ts';
import { storedWeights, weightBytes, type WeightPrecision } from './operators/weight-precision.ts';
import type { Signal, SignalId } from './program.ts';

/** The synapses of a connection; in an outline only how many there may be. */
export interface MadeRows {
  readonly synapses: number;
  readonly rows: SourceRows | undefined;
  /** One number where all synapses have the same weight; undefined where each has its own, or may have. */
  readonly weight: number | undefined;
  /** Weights are drawn, so that many of them are written where they are wanted. */
  readonly drawnWeights: boolean;
  readonly sourceSize: number;
  readonly targetSize: number;
}

/** What lists of pairs take per synapse until they are sorted: two pairs of indices and a weight. */
const listBytes = 24;

/** Asks the connector for its rows. */
export function makeRows(assembly: Assembly, kind: ConnectorKind, request: ConnectRequest): Result<MadeRows> {
  const { sourceSize, targetSize, connection } = request;
  const weighs = kind.parameters.some(({ name }) => name === 'weight');
  const listed = weighs && request.parameters.array('weight') !== null;
  const base = { sourceSize, targetSize, drawnWeights: weighs && !listed };
  const draft = kind.rows === undefined ? listBytes : 0;
  if (assembly.outline) {
    const synapses = kind.mostSynapses(request);
    noteDraft(assembly, connection.id, synapses * draft);
    return ok({
      ...base,
      synapses,
      rows: undefined,
      weight: weighs ? request.parameters.constant('weight') : undefined,
    });
  }
  const made =
    kind.rows?.(request) ??
    mapResult(kind.connect(request), (lists) => compressBySource(lists, sourceSize, targetSize));
  return mapResult(made, (rows) => ({
    ...base,
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
  readonly blocks: number;
  /** Target cells of a block; rows have one row for each block of each source. */
  readonly blockCells: number;
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
  const { synapses, sourceSize, targetSize } = made;
  const add = adder(assembly, id);
  const blockCells = made.rows?.blockCells ?? blockCellsOf(targetSize);
  const blocks = blockCount(targetSize, blockCells);
  const rowCount = sourceSize * width * blocks;
  const contents = made.rows ?? outlinedRows(request);
  const starts = add('starts', 'i32', rowCount + 1, contents.starts, '1');
  const targets = add('targets', 'u16', synapses, contents.targets, '1');
  const base = { starts, targets, blocks, blockCells, bytes: 4 * (rowCount + 1) + synapses * targetBytes };
  if (made.weight !== undefined) {
    return { ...base, weights: undefined, weight: roundWeight(made.weight, precision), scale: undefined };
  }
  const stored = storedWeights(typeof contents.weights === 'number' ? unmade : contents.weights, precision);
  const weights = add('weights', stored.type, synapses, stored.values, unit);
  return { ...base, weights, weight: 0, scale: stored.scale, bytes: base.bytes + synapses * weightBytes[precision] };
}

/** What stands for rows in an outline: long ones will be written where they go. */
function outlinedRows({ made, precision, width }: StoreRequest) {
  // Delays of single synapses sort them anew, and a scale wants to see all weights.
  const long = made.synapses > mostKept && width === 1;
  return {
    starts: unmade,
    targets: long ? unwritten : unmade,
    weights: long && made.drawnWeights && precision !== 'int8' ? unwritten : unmade,
  };
}

/** Adds the whole matrix [sources, targets] to the assembly; pairs without a synapse have weight 0. */
export function storeMatrix(assembly: Assembly, { id, made, precision, unit }: StoreRequest): StoredSynapses {
  const { rows, sourceSize, targetSize } = made;
  const entries = sourceSize * targetSize;
  const stored = storedWeights(rows === undefined ? unmade : matrixOf(rows, sourceSize, targetSize), precision);
  const weights = adder(assembly, id)('weights', stored.type, entries, stored.values, unit, [sourceSize, targetSize]);
  noteDraft(assembly, id, entries * 8);
  const bytes = entries * weightBytes[precision];
  return {
    starts: undefined,
    targets: undefined,
    blocks: 1,
    blockCells: targetSize,
    weights,
    weight: 0,
    scale: stored.scale,
    bytes,
  };
}

function matrixOf(given: SourceRows, sourceSize: number, targetSize: number): Float64Array {
  const rows = keepRows(given);
  const { weights } = rows;
  const matrix = new Float64Array(sourceSize * targetSize);
  eachSynapse(rows, targetSize, (source, target, synapse) => {
    const place = source * targetSize + target;
    matrix[place] = (matrix[place] as number) + (typeof weights === 'number' ? weights : (weights[synapse] as number));
  });
  return matrix;
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
