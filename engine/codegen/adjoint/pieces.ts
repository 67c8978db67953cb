/** Cuts the body of an operator into pieces: nests of independent loops around statements without loops, and kernels. */
import type { KernelStatement } from '../../build/ir/kernels.ts';
import type { Expression, Statement } from '../../build/ir/types.ts';
import { NotDifferentiable } from './not-differentiable.ts';

/** A loop around a piece, or a condition that decides about all of it. `before`: what is declared on the way to it. */
export type Level =
  | {
      readonly kind: 'loop';
      readonly index: string;
      readonly from: Expression;
      readonly to: Expression;
      readonly before: readonly Statement[];
    }
  | { readonly kind: 'when'; readonly condition: Expression; readonly before: readonly Statement[] };

/** Statements without loops inside nested levels. */
export interface NestedPiece {
  readonly kind: 'nest';
  readonly levels: readonly Level[];
  /** What has been declared before on the way inwards; writes nothing to memory. Not all of it may be needed. */
  readonly setting: readonly Statement[];
  readonly body: readonly Statement[];
}

export type Piece = NestedPiece | { readonly kind: 'kernel'; readonly statement: KernelStatement };

interface Place {
  readonly levels: readonly Level[];
  readonly setting: readonly Statement[];
}

/** The pieces in the order of execution. */
export function piecesOf(body: readonly Statement[]): Piece[] {
  return cut(body, { levels: [], setting: [] });
}

function cut(statements: readonly Statement[], place: Place): Piece[] {
  const pieces: Piece[] = [];
  let setting = place.setting;
  let straight: Statement[] = [];
  const flush = (): void => {
    if (straight.some(storesSomething)) pieces.push({ kind: 'nest', levels: place.levels, setting, body: straight });
    setting = [...setting, ...straight.flatMap(withoutStores)];
    straight = [];
  };
  for (const statement of statements) {
    if (isStraight(statement)) straight.push(statement);
    else {
      flush();
      pieces.push(...cutNested(statement, { levels: place.levels, setting }));
    }
  }
  flush();
  return pieces;
}

function cutNested(statement: Statement, { levels, setting }: Place): Piece[] {
  if (statement.kind === 'kernel') {
    if (levels.length > 0) throw new NotDifferentiable('it has a kernel inside a loop or condition');
    return [{ kind: 'kernel', statement }];
  }
  if (statement.kind === 'loop') {
    const { index, from, to, body } = statement;
    const declared = new Set(setting.flatMap(declaredBy));
    const carried = body.flatMap(assignedBy).find((name) => declared.has(name));
    if (carried !== undefined) throw new NotDifferentiable(`a loop hands ${carried} from turn to turn`);
    return cut(body, { levels: [...levels, { kind: 'loop', index, from, to, before: setting }], setting });
  }
  if (statement.kind !== 'if') return [];
  const { condition, then, else: otherwise } = statement;
  const within = (test: Expression): Place => ({
    levels: [...levels, { kind: 'when', condition: test, before: setting }],
    setting,
  });
  const opposite: Expression = { kind: 'unary', operator: 'not', operand: condition };
  return [...cut(then, within(condition)), ...cut(otherwise, within(opposite))];
}

/** Without loops and kernels. */
function isStraight(statement: Statement): boolean {
  if (statement.kind === 'loop' || statement.kind === 'kernel') return false;
  return statement.kind !== 'if' || [...statement.then, ...statement.else].every(isStraight);
}

function storesSomething(statement: Statement): boolean {
  if (statement.kind === 'if') return [...statement.then, ...statement.else].some(storesSomething);
  return statement.kind === 'store';
}

function withoutStores(statement: Statement): Statement[] {
  if (statement.kind === 'store') return [];
  if (statement.kind !== 'if') return [statement];
  const inner = { then: statement.then.flatMap(withoutStores), else: statement.else.flatMap(withoutStores) };
  return inner.then.length + inner.else.length === 0 ? [] : [{ ...statement, ...inner }];
}

function declaredBy(statement: Statement): string[] {
  return statement.kind === 'let' ? [statement.name] : [];
}

function assignedBy(statement: Statement): string[] {
  switch (statement.kind) {
    case 'assign':
      return [statement.name];
    case 'if':
      return [...statement.then, ...statement.else].flatMap(assignedBy);
    case 'loop':
      return statement.body.flatMap(assignedBy);
    default:
      return [];
  }
}
