/** Nodes: the values of a piece, each computed once; what a trace is made of. */
import type { Expression, ScalarType, SignalId } from '../../build/ir/types.ts';

export interface Node {
  /** Ascending in the order of computation. */
  readonly id: number;
  readonly type: ScalarType;
  /** The operation; its operands are those of the node, not those written in it. */
  readonly operation: Expression;
  readonly operands: readonly Node[];
  /** Equal for values that are certainly equal: whole numbers and conditions only. */
  readonly key: string;
  /** Condition under which the value counts at all. */
  readonly path: Node | undefined;
}

/** The expression of a node with other expressions as operands, and other names of signals. */
export function rebuild(
  { operation }: Pick<Node, 'operation'>,
  operands: readonly Expression[],
  nameOf: (signal: SignalId) => SignalId,
): Expression {
  const [first = operation, second = operation, third = operation] = operands;
  switch (operation.kind) {
    case 'load':
      return { ...operation, signal: nameOf(operation.signal), index: first };
    case 'unary':
    case 'convert':
      return { ...operation, operand: first };
    case 'binary':
      return { ...operation, left: first, right: second };
    case 'call':
      return { ...operation, arguments: operands };
    case 'select':
      return { ...operation, condition: first, whenTrue: second, whenFalse: third };
    case 'uniform':
    case 'normal':
      return { ...operation, index: first };
    case 'poisson':
      return { ...operation, index: first, mean: second };
    default:
      return operation;
  }
}

/** The expression that stands for a node: itself where nothing is computed, else the local it is kept in. */
export function refer(node: Node): Expression {
  return isLeaf(node) ? node.operation : { kind: 'local', name: localOf(node), type: node.type };
}

/** Name of the local that keeps a node. */
export function localOf({ id }: Node): string {
  return `value#${id}`;
}

/** The signals that an expression loads. */
export function loadsOf(expression: Expression): SignalId[] {
  const inner = operandsOf(expression).flatMap(loadsOf);
  return expression.kind === 'load' ? [...inner, expression.signal] : inner;
}

/** The operands written in an expression. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'load':
    case 'uniform':
    case 'normal':
      return [expression.index];
    case 'poisson':
      return [expression.index, expression.mean];
    case 'unary':
    case 'convert':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'select':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    default:
      return [];
  }
}

/** Nothing is computed: a constant, the index of a loop, the number of the step or the time. */
function isLeaf({ operation: { kind } }: Node): boolean {
  return kind === 'f64' || kind === 'i32' || kind === 'bool' || kind === 'local' || kind === 'step' || kind === 'time';
}

/** What the node does, apart from its operands; with their keys it makes the key of the node. */
export function labelOf(operation: Expression): string {
  switch (operation.kind) {
    case 'f64':
    case 'i32':
    case 'bool':
      return `${operation.kind} ${Object.is(operation.value, -0) ? '-0' : operation.value}`;
    case 'local':
      return `local ${operation.name}`;
    case 'load':
      return `load ${operation.signal}`;
    case 'unary':
    case 'binary':
      return operation.operator;
    case 'call':
      return operation.function;
    case 'convert':
      return `to ${operation.to}`;
    default:
      return operation.kind;
  }
}
