/** Bodies moved to a member: the same statements with other places in memory, random draws and names. */
import * as ir from '../../build/ir/expressions.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { operandsOf, rebuild } from '../adjoint/node.ts';
import { turnsOf } from './cell-loops.ts';

/** Where a member finds what. */
export interface Move {
  /** The number of the member. */
  readonly member: Expression;
  /** Index of an element of a signal. */
  place(signal: SignalId, index: Expression): Expression;
  /** Kernels stay as they are unless this says otherwise. */
  kernel?(statement: Extract<Statement, { kind: 'kernel' }>): Statement;
  /** Other names of locals. */
  name?(local: string): string;
  /** Random numbers that a member may take of a stream, unless they are those of the turns of a loop; 0 = all take the same. */
  readonly draws: number;
}

interface Turns {
  readonly index: string;
  readonly count: number;
}

/**
 * The statements of an operator for a member. Of a stream of random numbers, member m takes those from m·n on, where n is
 * the number of turns for draws of the cells of a loop, else `draws`. Where `draws` is 0 all members take the same.
 */
export function moved(statements: readonly Statement[], move: Move): Statement[] {
  return statements.map((statement) => {
    const count = statement.kind === 'loop' ? turnsOf(statement) : undefined;
    const turns = statement.kind === 'loop' && count !== undefined ? { index: statement.index, count } : undefined;
    return movedStatement(statement, move, turns);
  });
}

function movedStatement(statement: Statement, move: Move, turns: Turns | undefined): Statement {
  const within = (body: readonly Statement[]): Statement[] => body.map((inner) => movedStatement(inner, move, turns));
  const expression = (given: Expression): Expression => movedExpression(given, move, turns);
  const named = (name: string): string => move.name?.(name) ?? name;
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return { ...statement, name: named(statement.name), value: expression(statement.value) };
    case 'store': {
      const { signal, index, value } = statement;
      return { ...statement, index: move.place(signal, expression(index)), value: expression(value) };
    }
    case 'loop': {
      const { index, from, to, body } = statement;
      return { ...statement, index: named(index), from: expression(from), to: expression(to), body: within(body) };
    }
    case 'if': {
      const { condition, then, else: otherwise } = statement;
      return { ...statement, condition: expression(condition), then: within(then), else: within(otherwise) };
    }
    case 'kernel':
      return move.kernel?.(statement) ?? statement;
  }
}

function movedExpression(expression: Expression, move: Move, turns: Turns | undefined): Expression {
  const operands = operandsOf(expression).map((operand) => movedExpression(operand, move, turns));
  const [first = ir.i32(0), ...others] = operands;
  switch (expression.kind) {
    case 'local':
      return { ...expression, name: move.name?.(expression.name) ?? expression.name };
    case 'load':
      return { ...expression, index: move.place(expression.signal, first) };
    case 'uniform':
    case 'normal':
    case 'poisson': {
      const { index } = expression;
      const ofCell = turns !== undefined && index.kind === 'local' && index.name === turns.index;
      if (move.draws === 0) return rebuild({ operation: expression }, operands, (id) => id);
      const start = ir.multiply(move.member, ir.i32(ofCell ? turns.count : move.draws));
      return rebuild({ operation: expression }, [ir.add(start, first), ...others], (id) => id);
    }
    default:
      return rebuild({ operation: expression }, operands, (id) => id);
  }
}
