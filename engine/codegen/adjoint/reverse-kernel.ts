/** The adjoints of kernels. */
import { defined } from '../../base/assert.ts';
import * as ir from '../../build/ir/expressions.ts';
import { kernel, type KernelStatement } from '../../build/ir/kernels.ts';
import { accumulate, letF64, letI32, loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import { reverseConvolve } from './reverse-convolve.ts';
import type { Surroundings } from './reverse-piece.ts';
import { reverseScatter } from './reverse-scatter.ts';

/** What the adjoint of a kernel asks besides. */
export interface KernelSurroundings extends Surroundings {
  /** The mask of which a list of spikes was gathered in the same step; undefined for lists of other steps. */
  maskOf(list: SignalId): SignalId | undefined;
  /** A matrix [inputs, outputs] that nothing writes, with rows and columns exchanged; undefined where something does. */
  turnedOf(matrix: SignalId, inputs: number, outputs: number): SignalId | undefined;
  /** Whether a signal is a queue of lists of earlier steps. */
  isQueue(list: SignalId): boolean;
}

type Numbers = Readonly<Record<string, number>>;

/** Statements of the reverse step that undo a kernel. */
export function reverseKernel(statement: KernelStatement, around: KernelSurroundings): Statement[] {
  switch (statement.kernel) {
    case 'dense-product':
      return reverseProduct(statement, around);
    case 'scatter-rows':
      return reverseScatter(statement, adjointOfLists(statement.signals, around), around);
    case 'copy':
      return reverseCopy(statement, around);
    case 'gather-spikes':
      return [];
    case 'poisson-counts':
      return clear(statement.signals['counts'], around);
    case 'convolve':
      return [...reverseConvolve(statement, around), ...clear(statement.signals['result'], around)];
  }
}

/** The adjoint of what is set anew becomes 0. */
function clear(signal: SignalId | undefined, around: Surroundings): Statement[] {
  const adjoint = signal === undefined ? undefined : around.adjointOf(signal);
  if (signal === undefined || adjoint === undefined) return [];
  return [loop('clear', 0, around.lengthOf(signal), [store(adjoint, ir.i32Local('clear'), ir.f64(0))])];
}

/** The adjoint that a source of spikes or numbers has, in the reverse step. */
function adjointOfSource(signals: KernelStatement['signals'], around: KernelSurroundings): SignalId | undefined {
  const { vector, list } = signals;
  if (vector !== undefined) return around.adjointOf(vector);
  const mask = list === undefined ? undefined : around.maskOf(list);
  return mask === undefined ? undefined : around.adjointOf(mask);
}

/** The same where the list may be one of a queue: then the adjoint is that of the queue, row by row. */
function adjointOfLists(signals: KernelStatement['signals'], around: KernelSurroundings): SignalId | undefined {
  const { list = '' } = signals;
  return around.isQueue(list) ? around.adjointOf(list) : adjointOfSource(signals, around);
}

/** vector += W·result', W += vector ⊗ result'; what is not accumulated is then forgotten. */
function reverseProduct(statement: KernelStatement, around: KernelSurroundings): Statement[] {
  const { signals, numbers } = statement;
  const { matrix = '', result = '' } = signals;
  const outer = around.adjointOf(result);
  if (outer === undefined) return [];
  if (numbers['from'] !== undefined || numbers['to'] !== undefined)
    throw new NotDifferentiable('products of a part of the cells have no adjoint yet');
  const source = adjointOfSource(signals, around);
  const weights = around.adjointOf(matrix);
  const toSource = source === undefined ? [] : [productBack(statement, source, outer, around)];
  const toWeights = weights === undefined ? [] : outerProduct(signals, numbers, { weights, outer }, around);
  return [...toSource, ...toWeights, ...(numbers['accumulate'] === 1 ? [] : clear(result, around))];
}

/** source += W·outer. Rows are read as they lie: where the product went down the columns, those of the turned matrix. */
function productBack(
  { signals, numbers }: KernelStatement,
  source: SignalId,
  outer: SignalId,
  around: KernelSurroundings,
): KernelStatement {
  const { inputs = 0, outputs = 0, transposed = 0, scale = 1 } = numbers;
  const product = { inputs: outputs, outputs: inputs, accumulate: 1, scale };
  const { matrix = '' } = signals;
  const turned = transposed === 0 ? around.turnedOf(matrix, inputs, outputs) : undefined;
  const places = { vector: outer, matrix: turned ?? around.valueOf(matrix), result: source };
  return kernel('dense-product', places, { ...product, transposed: turned === undefined ? 1 - transposed : 0 });
}

/** weights[i, j] += vector[i]·outer[j]; for lists only the rows of the cells that spike. */
function outerProduct(
  { vector, list, count }: KernelStatement['signals'],
  { inputs = 0, outputs = 0, transposed = 0 }: Numbers,
  { weights, outer }: { readonly weights: SignalId; readonly outer: SignalId },
  around: Surroundings,
): Statement[] {
  const [i, j] = [ir.i32Local('i'), ir.i32Local('j')];
  const place =
    transposed === 0 ? ir.add(ir.multiply(i, ir.i32(outputs)), j) : ir.add(ir.multiply(j, ir.i32(inputs)), i);
  const adjoint = ir.load(outer, j);
  if (vector === undefined) {
    const [cells, length] = [defined(list, 'a list'), defined(count, 'a count')].map((id) => around.valueOf(id));
    return [
      loop('p', 0, ir.loadI32(length as SignalId), [
        letI32('i', ir.loadI32(cells as SignalId, ir.i32Local('p'))),
        loop('j', 0, outputs, [accumulate(weights, place, adjoint)]),
      ]),
    ];
  }
  const value = ir.load(around.valueOf(vector), i);
  if (transposed === 0) {
    const row = [accumulate(weights, place, ir.multiply(ir.local('x'), adjoint))];
    return [loop('i', 0, inputs, [letF64('x', value), loop('j', 0, outputs, row)])];
  }
  const row = [accumulate(weights, place, ir.multiply(ir.local('y'), value))];
  return [loop('j', 0, outputs, [letF64('y', adjoint), loop('i', 0, inputs, row)])];
}

/** Row to[step mod toRows] back to row from[step mod fromRows]. */
function reverseCopy({ signals, numbers }: KernelStatement, around: Surroundings): Statement[] {
  const { from = '', to = '' } = signals;
  const [source, target] = [around.adjointOf(from), around.adjointOf(to)];
  if (target === undefined) return [];
  const { length = 0, fromRows = 1, toRows = 1 } = numbers;
  const place = (rows: number): Expression =>
    ir.add(ir.multiply(ir.remainder(ir.step, ir.i32(rows)), ir.i32(length)), ir.i32Local('k'));
  const given = source === undefined ? [] : [accumulate(source, place(fromRows), ir.load(target, place(toRows)))];
  return [loop('k', 0, length, [...given, store(target, place(toRows), ir.f64(0))])];
}
