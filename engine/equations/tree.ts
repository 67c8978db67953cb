/** The syntax tree of expressions and statements, with the place of every part in the text. */
import type { Span } from '../base/problem.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type LogicOperator = 'and' | 'or';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | LogicOperator;

export interface NumberTree {
  readonly kind: 'number';
  readonly value: number;
  /** Written without point and exponent. Division of integers is still true division. */
  readonly integer: boolean;
  readonly span: Span;
}

export interface BooleanTree {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span: Span;
}

export interface NameTree {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

export interface UnaryTree {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: Tree;
  readonly span: Span;
}

export interface BinaryTree {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Tree;
  readonly right: Tree;
  readonly span: Span;
}

export interface CallTree {
  readonly kind: 'call';
  readonly function: string;
  readonly arguments: readonly Tree[];
  readonly span: Span;
  /** Where the name of the function stands. */
  readonly nameSpan: Span;
}

/** A choice between two values. Nobody can write it; integration methods make it. Both sides may be evaluated. */
export interface SelectTree {
  readonly kind: 'select';
  readonly condition: Tree;
  readonly whenTrue: Tree;
  readonly whenFalse: Tree;
  readonly span: Span;
}

export type Tree = NumberTree | BooleanTree | NameTree | UnaryTree | BinaryTree | CallTree | SelectTree;

export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=';

/** One assignment of a statement block. */
export interface StatementTree {
  readonly target: string;
  readonly targetSpan: Span;
  readonly operator: AssignmentOperator;
  readonly expression: Tree;
  readonly span: Span;
}

/** The place of trees that no one wrote. */
export const noSpan: Span = { start: 0, end: 0 };

const comparisons: readonly string[] = ['<', '<=', '>', '>=', '==', '!='];

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return comparisons.includes(operator);
}

export function isLogic(operator: BinaryOperator): operator is LogicOperator {
  return operator === 'and' || operator === 'or';
}

/** The parts directly below a tree, from left to right. */
export function children(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'unary':
      return [tree.operand];
    case 'binary':
      return [tree.left, tree.right];
    case 'call':
      return tree.arguments;
    case 'select':
      return [tree.condition, tree.whenTrue, tree.whenFalse];
    default:
      return [];
  }
}

/** The tree with every direct part replaced; the tree itself when nothing changed. */
export function mapChildren(tree: Tree, change: (child: Tree) => Tree): Tree {
  const before = children(tree);
  const after = before.map(change);
  if (after.every((child, index) => child === before[index])) return tree;
  const [first, second, third] = after as [Tree, Tree, Tree];
  switch (tree.kind) {
    case 'unary':
      return { ...tree, operand: first };
    case 'binary':
      return { ...tree, left: first, right: second };
    case 'call':
      return { ...tree, arguments: after };
    case 'select':
      return { ...tree, condition: first, whenTrue: second, whenFalse: third };
    default:
      return tree;
  }
}

/** All names read by a tree, in order of first occurrence; names of called functions are not among them. */
export function namesIn(tree: Tree, found: Set<string> = new Set()): Set<string> {
  if (tree.kind === 'name') found.add(tree.name);
  for (const child of children(tree)) namesIn(child, found);
  return found;
}
