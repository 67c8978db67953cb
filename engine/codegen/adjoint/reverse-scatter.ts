/** The adjoint of the delivery of spikes along rows of synapses. */
import * as ir from '../../build/ir/expressions.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { accumulate, letI32, loop } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { Surroundings } from './reverse-piece.ts';

interface Delivery extends KernelStatement {
  readonly around: Surroundings;
}

/**
 * Every source gets what its synapses weigh at their targets (`source`: its adjoint, or that of the queue, whose row of
 * the step in which the spikes left gets it), and every synapse of a source that spiked the adjoint of its target. Targets
 * that `mask` leaves out count in neither.
 */
export function reverseScatter(
  statement: KernelStatement,
  source: SignalId | undefined,
  around: Surroundings,
): Statement[] {
  const { target = '', weights = '', list = '', count = '' } = statement.signals;
  if (around.adjointOf(target) === undefined) return [];
  const delivery = { ...statement, around };
  const adjoint = around.adjointOf(weights);
  const { listLength, row, inRow } = lateRow(statement);
  const [cell, from] = [ir.i32Local('i'), ir.i32Local('from')];
  const toSources = (id: SignalId): Statement =>
    loop('i', 0, listLength, [
      eachSynapse(delivery, cell, 'k', (synapse, first) => [
        accumulate(id, inRow(cell), ir.multiply(weightAt(delivery, synapse), arriving(delivery, synapse, first))),
      ]),
    ]);
  const toWeights = (id: SignalId): Statement =>
    loop('p', 0, ir.loadI32(around.valueOf(count), row), [
      letI32('from', ir.loadI32(around.valueOf(list), inRow(ir.i32Local('p')))),
      eachSynapse(delivery, from, 's', (synapse, first) => [
        accumulate(id, synapse, arriving(delivery, synapse, first)),
      ]),
    ]);
  return [...(source === undefined ? [] : [toSources(source)]), ...(adjoint === undefined ? [] : [toWeights(adjoint)])];
}

/** The row of the lists that are due, and where a place in it lies; without rows the list of this step. */
function lateRow({ numbers: { listRows = 1, listLength = 0, delay = 0 } }: KernelStatement) {
  if (listRows === 1) return { listLength, row: undefined, inRow: (place: Expression) => place };
  const row = ir.remainder(ir.add(ir.step, ir.i32(listRows - delay)), ir.i32(listRows));
  const inRow = (place: Expression): Expression => ir.add(ir.multiply(row, ir.i32(listLength)), place);
  return { listLength, row, inRow };
}

/** Over the synapses of a source, block by block; `body` gets the synapse and the first cell of its block. */
function eachSynapse(
  { signals, numbers, around }: Delivery,
  source: Expression,
  index: string,
  body: (synapse: Expression, first: Expression) => Statement[],
): Statement {
  const { width = 1, offset = 0, blocks = 1, blockCells = 0 } = numbers;
  const starts = around.valueOf(signals['starts'] ?? '');
  const block = ir.i32Local(`${index}Block`);
  const row = ir.add(ir.multiply(ir.add(ir.multiply(source, ir.i32(width)), ir.i32(offset)), ir.i32(blocks)), block);
  const end = ir.loadI32(starts, ir.add(row, ir.i32(1)));
  const first = ir.multiply(block, ir.i32(blockCells));
  const inner = loop(index, ir.loadI32(starts, row), end, body(ir.i32Local(index), first));
  return loop(`${index}Block`, 0, blocks, [inner]);
}

/** The adjoint of the target of a synapse. */
function arriving({ signals, around }: Delivery, synapse: Expression, first: Expression): Expression {
  const post = ir.add(first, ir.loadI32(around.valueOf(signals['targets'] ?? ''), synapse));
  const adjoint = ir.load(around.adjointOf(signals['target'] ?? '') ?? '', post);
  const { mask } = signals;
  if (mask === undefined) return adjoint;
  return ir.select(ir.notEqual(ir.loadI32(around.valueOf(mask), post), ir.i32(0)), adjoint, ir.f64(0));
}

function weightAt({ signals, numbers, around }: Delivery, synapse: Expression): Expression {
  const { weights } = signals;
  const { weight = 0, scale = 1 } = numbers;
  if (weights === undefined) return ir.f64(weight);
  const stored = around.valueOf(weights);
  if (around.typeOf(weights) === 'i8') return ir.multiply(ir.toF64(ir.loadI32(stored, synapse)), ir.f64(scale));
  return ir.load(stored, synapse);
}
