/** Statement blocks for one cell: each statement sees what those above wrote; all is stored at the end. */
import { writtenValue } from '../../equations/check-statements.ts';
import type { StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import { typeOf } from '../ir/type-of.ts';
import type { Expression, Statement } from '../ir/types.ts';
import { asNumber } from '../lower.ts';
import type { Storage } from './equation-population.ts';
import { asHeld, required, storeHeld, type EquationScope } from './equation-scope.ts';
import type { EquationExpansion } from './equation-expansion.ts';

/** Variables written so far, to be stored. */
export type Written = Map<string, Storage>;

/**
 * Computes the statements into locals. With `guarded`, writes to variables that are held while the cell is refractory
 * are dropped then; only the population's own reactions write them anyway.
 */
export function computeBlock(
  expansion: Pick<EquationExpansion, 'context' | 'expand' | 'refractory' | 'variables'>,
  statements: readonly StatementTree[],
  scope: EquationScope,
  body: Statement[],
  written: Written,
  guarded = false,
): void {
  const { context, expand } = expansion;
  for (const statement of statements) {
    const { target } = statement;
    const value = scope.lower(expand(writtenValue(statement)), body);
    const storage = context.storages.get(target);
    if (storage === undefined) {
      scope.define(target, scope.hold(`let_${target}`, value, body));
      continue;
    }
    const kept = asHeld(value, storage.type);
    const next = guarded ? keptWhileRefractory(expansion, target, kept, scope) : kept;
    const local = scope.hold(`new_${target}`, next, body);
    scope.define(target, storage.type === 'boolean' && typeOf(local) !== 'bool' ? asHeld(local, 'boolean') : local);
    scope.touch(storage.signal);
    written.set(target, storage);
  }
}

/** The new value, or the old one while the cell is refractory and the variable held. */
function keptWhileRefractory(
  { refractory, variables }: Pick<EquationExpansion, 'refractory' | 'variables'>,
  target: string,
  kept: Expression,
  scope: EquationScope,
): Expression {
  const held = variables.get(target)?.definition.flags.includes('unless refractory') === true;
  const free = held ? refractory?.free(scope) : undefined;
  return free === undefined ? kept : ir.select(free, asNumber(kept), asNumber(required(scope, target)));
}

/** Stores every written variable, in the order of first writing. */
export function storeWritten(written: Written, scope: EquationScope): Statement[] {
  return [...written].map(([name, storage]) => storeHeld(storage, required(scope, name)));
}
