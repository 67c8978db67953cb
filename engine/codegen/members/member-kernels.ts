/** Kernels over the members of a batch. */
import { assert, defined } from '../../base/assert.ts';
import * as ir from '../../build/ir/expressions.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { Statement } from '../../build/ir/types.ts';
import type { MemberSignals } from './which-signals.ts';

/**
 * The statements that do a kernel for all members: one that reads a shared matrix once, or draws for all cells, where the
 * kernel can do that; else one per member. With `alike` all members have the counts of the first one.
 */
export function overMembers(statement: KernelStatement, signals: MemberSignals, alike: boolean): Statement[] {
  const { members, isOwn } = signals;
  if (!Object.values(statement.signals).some(isOwn)) return [statement];
  if (sharesMatrix(statement, signals)) return [{ ...statement, numbers: { ...statement.numbers, members } }];
  if (statement.kernel === 'poisson-counts')
    return alike ? sameCounts(statement, signals) : [countsOfAll(statement, signals)];
  return Array.from({ length: members }, (_, member) => kernelOf(statement, member, signals));
}

/** The statement of one member. */
export function kernelOf(statement: KernelStatement, member: number, signals: MemberSignals): KernelStatement {
  const own = Object.entries(statement.signals).filter(([, id]) => signals.isOwn(id));
  return { ...statement, begin: Object.fromEntries(own.map(([name, id]) => [name, member * signals.lengthOf(id)])) };
}

function sharesMatrix({ kernel, signals, numbers }: KernelStatement, { isOwn, lengthOf }: MemberSignals): boolean {
  const { vector = '', matrix = '', result = '' } = signals;
  if (kernel !== 'dense-product' || isOwn(matrix) || !isOwn(vector) || !isOwn(result)) return false;
  return lengthOf(vector) === numbers['inputs'] && lengthOf(result) === numbers['outputs'];
}

/** The cells of member m are those from m·cells on. */
function countsOfAll(statement: KernelStatement, { members, isOwn, lengthOf }: MemberSignals): KernelStatement {
  const { cells = 0 } = statement.numbers;
  const { counts, table } = statement.signals;
  assert(!isOwn(defined(table, 'a table')), 'members share the table of counts');
  assert(lengthOf(defined(counts, 'counts')) === cells, 'counts are those of all cells');
  return { ...statement, numbers: { ...statement.numbers, cells: members * cells } };
}

/** Drawn once; what is drawn beyond the last cell is overwritten by the next member. */
function sameCounts(statement: KernelStatement, { members, lengthOf }: MemberSignals): Statement[] {
  const counts = defined(statement.signals['counts'], 'counts');
  const [cells, cell] = [lengthOf(counts), ir.i32Local('same#')];
  const place = ir.add(ir.multiply(ir.i32Local('of#'), ir.i32(cells)), cell);
  const copy = loop('same#', 0, cells, [store(counts, place, ir.loadI32(counts, cell))]);
  return [statement, loop('of#', 1, members, [copy])];
}
