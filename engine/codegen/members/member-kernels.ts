/** Kernels over the members of a batch. */
import { assert, defined } from '../../base/assert.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import type { MemberSignals } from './which-signals.ts';

/**
 * The statements that do a kernel for all members: one that reads a shared matrix once, or draws for all cells, where the
 * kernel can do that; else one per member.
 */
export function overMembers(statement: KernelStatement, signals: MemberSignals): KernelStatement[] {
  const { members, isOwn } = signals;
  if (!Object.values(statement.signals).some(isOwn)) return [statement];
  if (sharesMatrix(statement, signals)) return [{ ...statement, numbers: { ...statement.numbers, members } }];
  if (statement.kernel === 'poisson-counts') return [countsOfAll(statement, signals)];
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
