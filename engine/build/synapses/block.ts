/** Statement blocks for one synapse: each statement sees what those above wrote; all is stored at the end. */
import { writtenValue } from '../../equations/check-statements.ts';
import type { StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import type { Expression, Statement } from '../ir/types.ts';
import { typeOf } from '../ir/type-of.ts';
import { asKept, required, storeCell, type Cell, type SynapseScope } from './synapse-scope.ts';

/** Names written so far, to be stored. */
export type Written = Map<string, Cell>;

/** Computes the statements into locals; what they wrote is known to the scope and noted in `written`. */
export function computeBlock(
  statements: readonly StatementTree[],
  scope: SynapseScope,
  body: Statement[],
  written: Written,
): void {
  for (const statement of statements) {
    const cell = scope.cellOf(statement.target);
    const value = scope.lower(writtenValue(statement), body);
    if (cell === undefined) scope.define(statement.target, scope.hold(statement.target, value, body));
    else keep(statement.target, cell, value, scope, body, written);
  }
}

/** The new value of a variable; while its cell is refractory the old one stays. */
function keep(
  target: string,
  cell: Cell,
  value: Expression,
  scope: SynapseScope,
  body: Statement[],
  written: Written,
): void {
  const old = cell.free === undefined ? undefined : required(scope, target);
  const kept = asKept(value, cell.type);
  const next =
    old === undefined || cell.free === undefined
      ? kept
      : ir.select(ir.notEqual(cell.free, ir.i32(0)), kept, asKept(old, cell.type));
  const local = scope.hold(target, next, body);
  scope.define(target, typeOf(local) === 'i32' ? ir.toF64(local) : local);
  written.set(target, cell);
}

/** Stores every written name, in the order of first writing. */
export function storeWritten(written: Written, scope: SynapseScope): Statement[] {
  return [...written].map(([name, cell]) => storeCell(cell, asKept(required(scope, name), cell.type)));
}
