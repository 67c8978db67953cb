/** Loops over cells that touch each cell by itself: the cells of all members are done by one longer loop. */
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { Program } from '../../build/program.ts';
import { operandsOf } from '../adjoint/node.ts';
import type { MemberSignals } from './which-signals.ts';

export type Loop = Extract<Statement, { kind: 'loop' }>;

/** Turns of a loop that begins at 0 and whose number is known; undefined for others. */
export function turnsOf({ from, to }: Loop): number | undefined {
  return from.kind === 'i32' && from.value === 0 && to.kind === 'i32' ? to.value : undefined;
}

/** Constants that such loops read at their cells. */
export function constantsOfCells(
  { operators, settling = [] }: Pick<Program, 'operators' | 'settling'>,
  signals: MemberSignals,
  isConstant: (signal: SignalId) => boolean,
): ReadonlySet<SignalId> {
  const found = new Set<SignalId>();
  for (const { body } of [...operators, ...settling]) {
    for (const statement of body) {
      if (statement.kind !== 'loop') continue;
      const besides = cellLoop(statement, signals, isConstant);
      for (const id of besides ?? []) found.add(id);
    }
  }
  return found;
}

/** Whether a loop goes over cells that have nothing to do with each other, in signals that each member has for itself. */
export function isCellLoop(loop: Loop, signals: MemberSignals): boolean {
  return cellLoop(loop, signals, () => false) !== undefined;
}

interface Looking {
  readonly index: string;
  readonly cells: number;
  readonly signals: MemberSignals;
  readonly isConstant: (signal: SignalId) => boolean;
  /** Locals of the turn. */
  readonly turn: Set<string>;
  /** Constants read at the index. */
  readonly besides: Set<SignalId>;
}

/** The constants that a loop over cells reads at its cells; undefined for a loop that is no such loop. */
function cellLoop(
  loop: Loop,
  signals: MemberSignals,
  isConstant: (signal: SignalId) => boolean,
): ReadonlySet<SignalId> | undefined {
  const cells = turnsOf(loop);
  if (cells === undefined) return undefined;
  const turn = new Set([loop.index]);
  const looking: Looking = { index: loop.index, cells, signals, isConstant, turn, besides: new Set() };
  return loop.body.every((statement) => isOfCell(statement, looking)) ? looking.besides : undefined;
}

function isOfCell(statement: Statement, looking: Looking): boolean {
  switch (statement.kind) {
    case 'let':
      looking.turn.add(statement.name);
      return staysWithin(statement.value, looking);
    case 'assign':
      return looking.turn.has(statement.name) && staysWithin(statement.value, looking);
    case 'store':
      return isOwnCell(statement.signal, statement.index, looking) && staysWithin(statement.value, looking);
    case 'if':
      return (
        staysWithin(statement.condition, looking) &&
        [...statement.then, ...statement.else].every((inner) => isOfCell(inner, looking))
      );
    default:
      return false;
  }
}

function isIndex(expression: Expression, { index }: Looking): boolean {
  return expression.kind === 'local' && expression.name === index;
}

function isOwnCell(signal: SignalId, index: Expression, looking: Looking): boolean {
  const { signals, cells } = looking;
  return isIndex(index, looking) && signals.isOwn(signal) && signals.lengthOf(signal) === cells;
}

/** Whether an expression takes from memory what is the cell's own or the same for all cells and members. */
function staysWithin(expression: Expression, looking: Looking): boolean {
  const { signals, cells, isConstant, besides } = looking;
  switch (expression.kind) {
    case 'local':
      return !isIndex(expression, looking);
    case 'load': {
      const { signal, index } = expression;
      if (isOwnCell(signal, index, looking)) return true;
      if (signals.isOwn(signal)) return false;
      if (isIndex(index, looking) && isConstant(signal) && signals.lengthOf(signal) === cells) {
        besides.add(signal);
        return true;
      }
      return !dependsOnTurn(index, looking) && staysWithin(index, looking);
    }
    case 'uniform':
    case 'normal':
      return isIndex(expression.index, looking);
    case 'poisson':
      return isIndex(expression.index, looking) && staysWithin(expression.mean, looking);
    default:
      return operandsOf(expression).every((operand) => staysWithin(operand, looking));
  }
}

function dependsOnTurn(expression: Expression, looking: Looking): boolean {
  if (expression.kind === 'local') return looking.turn.has(expression.name);
  return operandsOf(expression).some((operand) => dependsOnTurn(operand, looking));
}
