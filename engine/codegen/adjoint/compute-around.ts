/** Puts statements that name values of a trace into the levels of their piece, with what they need computed before them. */
import { letLocal, loop, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { localOf, operandsOf, rebuild, refer, type Node } from './node.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import type { Level, NestedPiece } from './pieces.ts';

type NameOf = (signal: SignalId) => SignalId;

/** The statements within the levels of the piece. `nameOf`: the signal that holds now what was loaded from a signal then. */
export function computeAround(
  piece: NestedPiece,
  nodes: readonly Node[],
  statements: readonly Statement[],
  nameOf: NameOf,
): Statement[] {
  const needed = new Set(statements.flatMap(localsOf));
  const computed = [...nodes].reverse().flatMap((node) => {
    if (!needed.has(localOf(node))) return [];
    const value = rebuild(node, node.operands.map(refer), nameOf);
    for (const name of localsIn(value)) needed.add(name);
    return [letLocal(localOf(node), node.type, value)];
  });
  const inner: readonly Statement[] = [...computed.reverse(), ...statements];
  return [
    ...piece.levels.reduceRight<readonly Statement[]>(
      (body, level, depth) => wrap(level, body, { nameOf, depth }),
      inner,
    ),
  ];
}

interface Place {
  readonly nameOf: NameOf;
  /** Levels further out; makes the names of declarations differ. */
  readonly depth: number;
}

/** A level around statements, after the declarations that its bounds or condition need. */
function wrap(level: Level, body: readonly Statement[], place: Place): Statement[] {
  const bounds = level.kind === 'loop' ? [level.from, level.to] : [level.condition];
  const needed = new Set(bounds.flatMap(localsIn));
  const declared = new Set<string>();
  const before = [...level.before].reverse().filter((statement) => {
    if (statement.kind === 'assign' && needed.has(statement.name))
      throw new NotDifferentiable(`${statement.name}, which bounds a loop, is computed in several steps`);
    if (statement.kind !== 'let' || !needed.has(statement.name)) return false;
    for (const name of localsIn(statement.value)) needed.add(name);
    declared.add(statement.name);
    return true;
  });
  const localName = (name: string): string => (declared.has(name) ? `${name}@${place.depth}` : name);
  const rename = (expression: Expression): Expression => renamed(expression, place.nameOf, localName);
  const lets = before
    .reverse()
    .flatMap((statement) =>
      statement.kind === 'let' ? [letLocal(localName(statement.name), statement.type, rename(statement.value))] : [],
    );
  const [first = noBound, second = noBound] = bounds.map(rename);
  return [...lets, level.kind === 'loop' ? loop(level.index, first, second, body) : when(first, body)];
}

const noBound: Expression = { kind: 'i32', value: 0 };

function renamed(expression: Expression, nameOf: NameOf, localName: (name: string) => string): Expression {
  if (expression.kind === 'local') return { ...expression, name: localName(expression.name) };
  const operands = operandsOf(expression).map((operand) => renamed(operand, nameOf, localName));
  return rebuild({ operation: expression }, operands, nameOf);
}

function localsOf(statement: Statement): string[] {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return localsIn(statement.value);
    case 'store':
      return [...localsIn(statement.index), ...localsIn(statement.value)];
    default:
      return [];
  }
}

function localsIn(expression: Expression): string[] {
  if (expression.kind === 'local') return [expression.name];
  return operandsOf(expression).flatMap(localsIn);
}
