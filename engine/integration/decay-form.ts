/** A linear right-hand side as a decay, (N − D·x)/T: what divides everything is taken out, signs are worked in. */
import { add, divide, number, subtract } from '../equations/make-tree.ts';
import { printTree } from '../equations/print.ts';
import { negative, product } from '../equations/simplify.ts';
import type { BinaryTree, Tree } from '../equations/tree.ts';

export interface DecayForm {
  /** N; the number 0 where there is nothing. */
  readonly rest: Tree;
  /** D; the number 0 where x is not a factor anywhere. */
  readonly decay: Tree;
  /** T; absent for 1. */
  readonly divisor?: Tree;
}

/** The decay form of `constant + slope·x`. */
export function decayForm(constant: Tree, slope: Tree): DecayForm {
  if (!isQuotient(slope)) return { rest: constant, decay: opposite(slope) };
  const decay = opposite(slope.left);
  const divisor = slope.right;
  if (constant.kind === 'number' && constant.value === 0) return { rest: constant, decay, divisor };
  if (isQuotient(constant) && printTree(constant.right) === printTree(divisor))
    return { rest: constant.left, decay, divisor };
  return { rest: constant, decay: opposite(slope) };
}

function isQuotient(tree: Tree): tree is BinaryTree {
  return tree.kind === 'binary' && tree.operator === '/';
}

/** −tree, with the sign in its numbers and differences where they take it. */
function opposite(tree: Tree): Tree {
  return signTaken(tree) ?? negative(tree);
}

/** −tree without an operation more than the tree has; undefined where there is nothing that takes the sign. */
function signTaken(tree: Tree): Tree | undefined {
  if (tree.kind === 'number') return number(tree.value === 0 ? 0 : -tree.value);
  if (tree.kind === 'unary') return tree.operator === '-' ? tree.operand : undefined;
  return tree.kind === 'binary' ? binaryTaken(tree) : undefined;
}

function binaryTaken({ operator, left, right }: BinaryTree): Tree | undefined {
  const [one, other] = [signTaken(left), signTaken(right)];
  switch (operator) {
    case '+':
      if (one === undefined) return other && subtract(other, left);
      return other === undefined ? subtract(one, right) : add(one, other);
    case '-':
      return one === undefined ? subtract(right, left) : add(one, right);
    case '*':
      return one === undefined ? other && product(left, other) : product(one, right);
    case '/':
      return one === undefined ? other && divide(left, other) : divide(one, right);
    default:
      return undefined;
  }
}
