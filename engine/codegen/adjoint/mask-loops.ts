/** Loops over the cells in a list of spikes as loops over all cells that ask the mask: a cell that does not spike has a slope, too. */
import * as ir from '../../build/ir/expressions.ts';
import { loop, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { operandsOf } from './node.ts';

interface Masks {
  /** The mask of a list, or of its length, that is gathered in the same step. */
  maskOf(list: SignalId): SignalId | undefined;
  lengthOf(signal: SignalId): number;
}

/** The body with such loops; lists are ascending, so the order of the cells stays. */
export function overMasks(body: readonly Statement[], masks: Masks): Statement[] {
  return body.map((statement) => overMask(statement, masks));
}

function overMask(statement: Statement, masks: Masks): Statement {
  if (statement.kind !== 'loop') return statement;
  const [first, ...others] = statement.body;
  const mask = listedMask(statement, masks);
  if (mask === undefined || first?.kind !== 'let' || others.some((other) => mentions(other, statement.index)))
    return statement;
  const spikes = ir.notEqual(ir.loadI32(mask, ir.i32Local(first.name)), ir.i32(0));
  return loop(first.name, 0, masks.lengthOf(mask), [when(spikes, others)]);
}

/** The mask of a loop over all places of a list that begins by reading the cell there. */
function listedMask(
  { index, from, to, body }: Extract<Statement, { kind: 'loop' }>,
  masks: Masks,
): SignalId | undefined {
  const mask = to.kind === 'load' ? masks.maskOf(to.signal) : undefined;
  const [first] = body;
  if (from.kind !== 'i32' || from.value !== 0 || first?.kind !== 'let' || first.value.kind !== 'load') return undefined;
  const { signal, index: place } = first.value;
  return isLocal(place, index) && masks.maskOf(signal) === mask ? mask : undefined;
}

function isLocal(expression: Expression, name: string): boolean {
  return expression.kind === 'local' && expression.name === name;
}

function mentions(statement: Statement, name: string): boolean {
  const inside = (expression: Expression): boolean =>
    isLocal(expression, name) || operandsOf(expression).some((operand) => inside(operand));
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return inside(statement.value);
    case 'store':
      return inside(statement.index) || inside(statement.value);
    case 'loop':
      return [statement.from, statement.to].some(inside) || statement.body.some((inner) => mentions(inner, name));
    case 'if':
      return (
        inside(statement.condition) || [...statement.then, ...statement.else].some((inner) => mentions(inner, name))
      );
    case 'kernel':
      return false;
  }
}
