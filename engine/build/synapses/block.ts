/** Statement blocks for one synapse: each statement sees what those above wrote; all is stored at the end. */
import { writtenValue } from '../../equations/check-statements.ts';
import { namesIn, type StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import type { Expression, Statement } from '../ir/types.ts';
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
  const mentioned = new Set(statements.map(({ target }) => target));
  for (const { expression } of statements) namesIn(expression, mentioned);
  for (const statement of statements) {
    const cell = scope.cellOf(statement.target);
    const value = scope.lower(writtenValue(statement));
    if (cell === undefined) scope.define(statement.target, scope.hold(statement.target, value, body));
    else keep({ target: statement.target, cell, value, mentioned }, scope, body, written);
  }
}

interface Write {
  readonly target: string;
  readonly cell: Cell;
  readonly value: Expression;
  /** All names of the block. */
  readonly mentioned: ReadonlySet<string>;
}

/** The new value of a variable; while its cell is refractory the old one stays. */
function keep(
  { target, cell, value, mentioned }: Write,
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
  scope.define(target, local);
  const twin = scope.twin(target);
  if (twin === undefined || !mentioned.has(twin)) return void written.set(target, cell);
  // A synapse from a cell to itself: the other name has to see this value at once.
  body.push(storeCell(cell, local));
  scope.reload(twin, body);
}

/** Stores every written name, in the order of first writing. */
export function storeWritten(written: Written, scope: SynapseScope): Statement[] {
  return [...written].map(([name, cell]) => storeCell(cell, asKept(required(scope, name), cell.type)));
}
