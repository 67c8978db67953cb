/** How old what a thread reads from a ring of past steps is: so many steps it may be ahead of who writes the ring. */
import type { SignalId } from '../../build/ir/types.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { bodiesOf } from '../ir/access.ts';
import type { Item, Loop, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import type { KnownSignals } from './thread-plan.ts';

/** Age in steps of the youngest that an item reads from a signal; undefined where that is not known. */
export function lagOf(item: Item, signal: SignalId, known: KnownSignals): number | undefined {
  const rows = known.ringRows(signal);
  if (rows === undefined) return undefined;
  if (item.kind === 'kernel') return lagOfKernel(item.statement, signal, rows);
  return item.kind === 'loop' && readsRowOfStep(item, signal, rows, known.lengthOf(signal) / rows) ? rows : undefined;
}

/** A scatter takes the list of `delay` steps ago; that of a full turn is the row of this step, not yet written anew. */
function lagOfKernel(
  { kernel, signals, numbers }: KernelStatement,
  signal: SignalId,
  rows: number,
): number | undefined {
  const rings = kernel === 'scatter-rows' ? [signals['list'], signals['count']] : [];
  const others = Object.values(signals).filter((id) => id === signal).length;
  if (others !== 1 || !rings.includes(signal) || (numbers['listRows'] ?? 1) !== rows) return undefined;
  const { delay = 0 } = numbers;
  return delay === 0 ? rows : delay;
}

/** Whether all that a loop loads from a signal stands in the row of the step. */
function readsRowOfStep(loop: Loop, signal: SignalId, rows: number, length: number): boolean {
  const last = constantOf(loop.to);
  if (last === undefined || last > length) return false;
  return loadsOf(loop, signal).every(({ inputs: [index] }) => {
    if (index?.operation.kind !== 'binary' || index.operation.operator !== 'add') return false;
    const [start, position] = index.inputs[1] === loop.index ? index.inputs : [...index.inputs].reverse();
    return position === loop.index && start !== undefined && isRowOfStep(start, rows, length);
  });
}

function loadsOf(item: Item, signal: SignalId): readonly Value[] {
  if (item.kind !== 'value') return bodiesOf(item).flatMap((body) => body.flatMap((each) => loadsOf(each, signal)));
  const { operation } = item.value;
  return operation.kind === 'load' && operation.signal === signal ? [item.value] : [];
}

/** (step mod rows) · length. */
function isRowOfStep(value: Value, rows: number, length: number): boolean {
  const row = leftOf(value, 'multiply', length);
  const step = row === undefined ? undefined : leftOf(row, 'remainder', rows);
  return step?.operation.kind === 'step';
}

/** The left side of an operation with this number. */
function leftOf({ operation, inputs: [left, right] }: Value, operator: string, number: number): Value | undefined {
  if (operation.kind !== 'binary' || operation.operator !== operator || right === undefined) return undefined;
  return constantOf(right) === number ? left : undefined;
}
