/** Weights inside a layer: as a matrix or as rows of those that are not zero, in the precision asked for, with the operator that applies them. */
import type { ParameterSpec } from '../../model/kind.ts';
import { blockCount } from '../../base/target-blocks.ts';
import { unmade, type ElementBuilder, type OperatorRequest } from '../../build/library-kind.ts';
import { f64, i32Local } from '../../build/ir/expressions.ts';
import { kernel } from '../../build/ir/kernels.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId, Statement } from '../../build/ir/types.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import type { RowSignals } from '../../build/operators/event-product.ts';
import { deliverContinuous, deliverSpikes, scatterSpikes } from '../../build/operators/event-product.ts';
import type { KeptRows } from '../../build/operators/source-rows.ts';
import { accumulateStarts, blockCellsOf, targetBytes } from '../../build/operators/source-rows.ts';
import { precisionOf, storedWeights, weightBytes } from '../../build/operators/weight-precision.ts';
import type { KernelChoice, Slot } from '../../build/program.ts';
import { chooseKernel } from '../../build/projection-kernel.ts';
import { calculation } from '../connectors/synapse-parameters.ts';

/** Parameters `kernel` and `weight_precision` of layers in which spikes act. */
export const spikingCalculation: readonly ParameterSpec[] = calculation;

/** The same of layers of rates: all sources act in every step. */
export const rateCalculation: readonly ParameterSpec[] = calculation.map((spec) =>
  spec.name === 'kernel'
    ? { ...spec, choices: (spec.choices ?? []).filter(({ value }) => value !== 'event-driven') }
    : spec,
);

/** A matrix of weights before it is known how it will be stored. */
export interface LayerMatrix {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** `values` are [outputs, inputs] instead of [inputs, outputs]. */
  readonly byTarget: boolean;
  /** Undefined in an outline, where they are not made. */
  readonly values: ArrayLike<number> | undefined;
  /** Weights that are not zero; drawn ones as many as are drawn. */
  readonly synapses: number;
  readonly unit: string;
  /** Bytes that drawing them takes besides them, freed afterwards; undefined for those given, which stay where they are. */
  readonly draftBytes: number | undefined;
}

/** Number of weights that are not zero; NaN is one. */
export function countWeights(values: ArrayLike<number>): number {
  let count = 0;
  for (let place = 0; place < values.length; place += 1) if (values[place] !== 0) count += 1;
  return count;
}

/** Where a product of weights comes from and goes to. */
export interface ProductRequest {
  /** Name of the operator. */
  readonly name: string;
  readonly slot?: Slot;
  readonly matrix: LayerMatrix;
  /** f64 vector of the inputs. */
  readonly vector: SignalId;
  /** f64 vector of the outputs. */
  readonly result: SignalId;
  /** `sets`: result = Σ w·x; `adds` and `updates`: result += Σ w·x. */
  readonly access: 'sets' | 'adds' | 'updates';
}

/**
 * Adds the operator of weights · vector. Each output sums its inputs in ascending order, in a matrix as in rows, and a sum
 * that starts at 0 never becomes −0: zeros left out change no bit, but infinite and NaN inputs reach only where a weight is.
 */
export function layProduct(builder: ElementBuilder, request: ProductRequest): void {
  const { name, slot, matrix, vector, result, access } = request;
  const stored = storeWeights(builder, matrix, { spikes: false, bySource: false });
  const { inputs, outputs, byTarget } = matrix;
  const { rows, scale, choice, tables } = stored;
  const accumulate = access !== 'sets';
  const cleared = accumulate ? [] : [loop('n', 0, outputs, [store(result, i32Local('n'), f64(0))])];
  const dense = { vector, matrix: stored.weights, result, inputs, outputs, transposed: byTarget, accumulate, scale };
  builder.operator({
    ...{ name, choice, reads: [vector, ...tables], [access]: [result] },
    ...(slot === undefined ? {} : { slot }),
    body: rows === undefined ? denseProduct(dense) : [...cleared, ...deliverContinuous(vector, rows, result, inputs)],
  });
}

/** Adds the operator of weights · what arrives at port `in`; none where nothing is connected, whatever matrix is given. */
export function layInput(builder: ElementBuilder, request: Omit<ProductRequest, 'name' | 'vector'>): void {
  if (builder.inputSize('in') === 0) return;
  layProduct(builder, { ...request, name: 'in/product', vector: builder.input('in') });
}

export interface SpikeRequest {
  readonly name: string;
  /** As many inputs as cells. */
  readonly matrix: LayerMatrix;
  /** u8 vector of the inputs. */
  readonly spikes: SignalId;
  /** f64 state that receives the weights. */
  readonly result: SignalId;
}

/** Adds the operator of result[j] += W[i, j] for every spiking input i, in ascending order of i (slot `synapses`). */
export function laySpikeProduct(builder: ElementBuilder, { name, matrix, spikes, result }: SpikeRequest): void {
  const { weights, rows, scale, choice, tables } = storeWeights(builder, matrix, { spikes: true, bySource: true });
  const { inputs, outputs } = matrix;
  const add = (reads: readonly SignalId[], body: readonly Statement[]): void => {
    const request: OperatorRequest = { name, slot: 'synapses', reads: [...reads, ...tables], updates: [result], body };
    builder.operator({ ...request, choice });
  };
  if (rows !== undefined && choice.kernel === 'sparse') {
    return add([spikes], deliverSpikes(spikes, rows, result, inputs));
  }
  const due = builder.spikeList(spikes, inputs);
  const { list, count } = due;
  if (rows === undefined) {
    const numbers = { inputs, outputs, transposed: 0, accumulate: 1, scale };
    return add([list, count], [kernel('dense-product', { list, count, matrix: weights, result }, numbers)]);
  }
  const now = { spikes: due, listRows: 1, cells: inputs, delay: 0, width: 1, offset: 0 };
  add([list, count], [scatterSpikes(rows, now, { signal: result })]);
}

interface StoredMatrix {
  readonly weights: SignalId;
  /** Undefined for a matrix. */
  readonly rows: RowSignals | undefined;
  /** Of int8 weights, else 1. */
  readonly scale: number;
  readonly choice: KernelChoice;
  /** All signals of connectivity and weights. */
  readonly tables: readonly SignalId[];
}

interface Storing {
  readonly spikes: boolean;
  /** A matrix has to be [inputs, outputs]. */
  readonly bySource: boolean;
}

function storeWeights(builder: ElementBuilder, matrix: LayerMatrix, { spikes, bySource }: Storing): StoredMatrix {
  const { inputs, outputs, synapses } = matrix;
  const chosen = chooseKernel({
    ...{ spikes, sourceSize: inputs, targetSize: outputs, synapses },
    ...{ oneWeight: false, identity: false, rowsOnly: false, wanted: builder.text('kernel') },
  });
  return chosen.kernel === 'dense'
    ? storeMatrix(builder, matrix, bySource, chosen)
    : storeRows(builder, matrix, chosen);
}

type Chosen = Pick<KernelChoice, 'kernel' | 'reason'>;

function storeMatrix(builder: ElementBuilder, matrix: LayerMatrix, bySource: boolean, chosen: Chosen): StoredMatrix {
  const { inputs, outputs, byTarget, synapses } = matrix;
  const turned = byTarget && bySource;
  const values = matrix.values === undefined ? unmade : turned ? bySourceOf(matrix, matrix.values) : matrix.values;
  const shape = byTarget && !bySource ? [outputs, inputs] : [inputs, outputs];
  const { weights, scale, bytes } = addWeights(builder, matrix, { values, shape, rearranged: turned });
  return { weights, rows: undefined, scale: scale ?? 1, choice: { ...chosen, bytes, synapses }, tables: [weights] };
}

function storeRows(builder: ElementBuilder, matrix: LayerMatrix, chosen: Chosen): StoredMatrix {
  const { name, inputs, outputs, values, synapses: planned } = matrix;
  const made = values === undefined ? undefined : rowsOf(matrix, values);
  const synapses = made?.targets.length ?? planned;
  const blockCells = blockCellsOf(outputs);
  const blocks = blockCount(outputs, blockCells);
  const startCount = inputs * blocks + 1;
  const table = (part: string, type: 'i32' | 'u16', length: number, initial: Int32Array | Uint16Array | undefined) =>
    builder.signal({
      ...{ name: `${name}/${part}`, type, shape: [Math.max(1, length)], role: 'constant' as const },
      initial: length === 0 ? 0 : (initial ?? unmade),
    });
  const starts = table('starts', 'i32', startCount, made?.starts);
  const targets = table('targets', 'u16', synapses, made?.targets);
  const { weights, scale, bytes } = addWeights(builder, matrix, {
    ...{ values: made?.weights ?? unmade, shape: [synapses], rearranged: true },
  });
  const rows = { starts, targets, weights, weight: 0, scale, blocks, blockCells };
  const all = bytes + 4 * startCount + targetBytes * synapses;
  return {
    ...{ weights, rows, scale: scale ?? 1, tables: [starts, targets, weights] },
    choice: { ...chosen, bytes: all, synapses },
  };
}

/** Weights in the order in which they are stored. */
interface OrderedWeights {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  /** Whether they are not the matrix itself. */
  readonly rearranged: boolean;
}

function addWeights(builder: ElementBuilder, matrix: LayerMatrix, { values, shape, rearranged }: OrderedWeights) {
  const precision = precisionOf(builder.text('weight_precision'));
  const length = shape.reduce((product, extent) => product * extent, 1);
  const { type, values: initial, scale } = storedWeights(inDouble(values), precision);
  const copyBytes = rearranged && precision !== 'f64' ? 8 * length : 0;
  const weights = builder.signal({
    ...{ name: matrix.name, type, unit: matrix.unit, role: 'constant' },
    draftBytes: passingBytes(matrix, copyBytes, !rearranged && precision === 'f64'),
    shape: shape.map((extent) => Math.max(1, extent)),
    initial: length === 0 ? 0 : initial,
  });
  return { weights, scale, bytes: length * weightBytes[precision] };
}

/** Bytes held for a while: what drawing takes or a copy in double precision, and drawn numbers that are not stored themselves. */
function passingBytes({ inputs, outputs, draftBytes }: LayerMatrix, copyBytes: number, asDrawn: boolean): number {
  if (draftBytes === undefined) return copyBytes;
  return Math.max(draftBytes, copyBytes) + (asDrawn ? 0 : 8 * inputs * outputs);
}

function inDouble(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** [outputs, inputs] as [inputs, outputs]. */
function bySourceOf({ inputs, outputs }: LayerMatrix, values: ArrayLike<number>): Float64Array {
  const turned = new Float64Array(inputs * outputs);
  for (let input = 0; input < inputs; input += 1) {
    for (let output = 0; output < outputs; output += 1) {
      turned[input * outputs + output] = values[output * inputs + input] as number;
    }
  }
  return turned;
}

/** The weights that are not zero, by input, then by output. */
function rowsOf(matrix: LayerMatrix, values: ArrayLike<number>): KeptRows & { readonly weights: Float64Array } {
  const { inputs, outputs, byTarget } = matrix;
  const blockCells = blockCellsOf(outputs);
  const blocks = blockCount(outputs, blockCells);
  const synapses = countWeights(values);
  const starts = new Int32Array(inputs * blocks + 1);
  const targets = new Uint16Array(synapses);
  const weights = new Float64Array(synapses);
  let next = 0;
  for (let input = 0; input < inputs; input += 1) {
    for (let output = 0; output < outputs; output += 1) {
      const weight = values[byTarget ? output * inputs + input : input * outputs + output] as number;
      if (weight === 0) continue;
      const row = input * blocks + Math.floor(output / blockCells);
      starts[row + 1] = (starts[row + 1] as number) + 1;
      targets[next] = output % blockCells;
      weights[next] = weight;
      next += 1;
    }
  }
  accumulateStarts(starts);
  return { starts, targets, blockCells, weights };
}
