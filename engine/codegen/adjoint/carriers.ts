/** Which values of a trace carry a derivative: numbers that depend on what is asked for, and decisions with a surrogate. */
import type { BinaryOperator, Expression, SignalId } from '../../build/ir/types.ts';
import type { SurrogateDeclaration } from '../../build/surrogates.ts';
import type { Node } from './node.ts';
import type { Cell, Trace } from './trace.ts';

/** Where a cell decides: the adjoint of `node` goes through the surrogate to the distance `left` − `right`. */
export interface Decision {
  readonly declaration: SurrogateDeclaration;
  readonly left: Node;
  /** undefined: the first threshold of a count, 1. */
  readonly right: Node | undefined;
}

export interface Carriers {
  carries(node: Node): boolean;
  decisionOf(node: Node): Decision | undefined;
  /** Whether the adjoint of what is chosen between goes on to the condition. */
  opens(condition: Node): boolean;
}

interface Questions {
  /** Signals that have an adjoint. */
  isActive(signal: SignalId): boolean;
  surrogateOf(signal: SignalId): SurrogateDeclaration | undefined;
}

/** What carries a derivative in a trace. */
export function carriersOf({ cells }: Trace, questions: Questions): Carriers {
  const decisions = new Map<Node, Decision>();
  for (const cell of cells) markDecisions(cell, questions, decisions);
  const known = new Map<Node, boolean>();
  const carries = (node: Node): boolean => {
    const found = known.get(node) ?? (decisions.has(node) || carriesOn(node, questions, carries));
    known.set(node, found);
    return found;
  };
  const opens = (condition: Node): boolean => carries(condition) && !isDetached(condition, decisions);
  return { carries, decisionOf: (node) => decisions.get(node), opens };
}

function markDecisions({ signal, final }: Cell, questions: Questions, decisions: Map<Node, Decision>): void {
  const declaration = questions.surrogateOf(signal);
  if (declaration === undefined || final === undefined) return;
  for (const comparison of comparisonsIn(final)) {
    const [left, right] = comparison.operands as [Node, Node];
    const { operator } = comparison.operation as Extract<Expression, { kind: 'binary' }>;
    const rising = operator === 'greater' || operator === 'greaterEqual';
    decisions.set(comparison, { declaration, left: rising ? left : right, right: rising ? right : left });
  }
  const counted = final.type === 'f64' ? countedIn(final) : undefined;
  if (counted !== undefined) decisions.set(final, { declaration, left: counted, right: undefined });
}

const orders: ReadonlySet<BinaryOperator> = new Set(['less', 'lessEqual', 'greater', 'greaterEqual']);

/** The comparisons of numbers on which a 0 or 1 depends; not those of times (refractoriness). */
function comparisonsIn(node: Node): Node[] {
  const { operation, operands } = node;
  if (operation.kind === 'binary' && orders.has(operation.operator)) {
    const [left, right] = operands as [Node, Node];
    return left.type === 'f64' && !isTime(left) && !isTime(right) ? [node] : [];
  }
  const passesOn = node.type !== 'f64' || operation.kind === 'convert';
  return passesOn && operation.kind !== 'load' ? operands.flatMap(comparisonsIn) : [];
}

/** The time or the number of the step, shifted or subtracted from. */
function isTime({ operation, operands }: Node): boolean {
  if (operation.kind === 'step' || operation.kind === 'time') return true;
  const shifts = operation.kind === 'binary' && (operation.operator === 'add' || operation.operator === 'subtract');
  return (shifts || operation.kind === 'convert') && operands.some(isTime);
}

/** What the whole part is taken of, in a count kept within limits. */
function countedIn({ operation, operands }: Node): Node | undefined {
  if (operation.kind === 'call' && operation.function === 'floor') return operands[0];
  const limits = operation.kind === 'binary' && (operation.operator === 'maximum' || operation.operator === 'minimum');
  if (!limits) return undefined;
  return operands.map(countedIn).find((found) => found !== undefined);
}

function carriesOn(node: Node, questions: Questions, carries: (node: Node) => boolean): boolean {
  const { operation, operands } = node;
  switch (operation.kind) {
    case 'load':
      return questions.isActive(operation.signal);
    case 'convert':
      return operation.to !== 'i32' || operands[0]?.type === 'bool' ? operands.some(carries) : false;
    case 'binary':
      if (isMaskTest(node)) return operands.some(carries);
      return (
        (node.type === 'f64' || operation.operator === 'and' || operation.operator === 'or') && operands.some(carries)
      );
    case 'unary':
      return node.type !== 'i32' && operands.some(carries);
    case 'poisson':
      return false;
    default:
      return operands.some(carries);
  }
}

/** `spikes[i] ≠ 0` or `> 0`: the byte itself as a condition. */
export function isMaskTest({ operation, operands }: Node): boolean {
  if (operation.kind !== 'binary' || (operation.operator !== 'notEqual' && operation.operator !== 'greater'))
    return false;
  const [mask, zero] = operands;
  return mask?.operation.kind === 'load' && zero?.operation.kind === 'i32' && zero.operation.value === 0;
}

function isDetached(node: Node, decisions: ReadonlyMap<Node, Decision>): boolean {
  const decision = decisions.get(node);
  if (decision !== undefined) return !decision.declaration.throughReset;
  return node.operands.some((operand) => isDetached(operand, decisions));
}
