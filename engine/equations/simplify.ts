/** Simplifying trees without changing a bit of what they give for finite operands, but for the sign of a zero (rule E24 of SPEC.md). */
import { add, divide, multiply, negate, number, subtract } from './make-tree.ts';
import { mapChildren, type BinaryTree, type Tree } from './tree.ts';

/** The tree with constant parts computed and neutral operations (x + 0, 1·x, x/1, −−x) dropped, from the leaves up. */
export function simplify(tree: Tree): Tree {
  const inner = mapChildren(tree, simplify);
  if (inner.kind === 'unary') return simplifyUnary(inner.operator, inner.operand, inner);
  return inner.kind === 'binary' ? simplifyBinary(inner) : inner;
}

/** Whether a tree is this very number. */
export function isNumber(tree: Tree, value: number): boolean {
  return tree.kind === 'number' && tree.value === value;
}

/** a + b, where a zero on either side drops out. */
export function sum(left: Tree, right: Tree): Tree {
  if (isNumber(left, 0)) return right;
  return isNumber(right, 0) ? left : add(left, right);
}

/** a − b, where zeros drop out. */
export function difference(left: Tree, right: Tree): Tree {
  if (isNumber(right, 0)) return left;
  return isNumber(left, 0) ? negate(right) : subtract(left, right);
}

/** a·b, where a factor one drops out and a zero makes all zero. */
export function product(left: Tree, right: Tree): Tree {
  if (isNumber(left, 0) || isNumber(right, 0)) return number(0);
  if (isNumber(left, 1)) return right;
  return isNumber(right, 1) ? left : multiply(left, right);
}

/** a/b, where a zero above makes all zero and a one below drops out. */
export function quotient(left: Tree, right: Tree): Tree {
  if (isNumber(left, 0)) return number(0);
  return isNumber(right, 1) ? left : divide(left, right);
}

/** −a, where a zero stays zero. */
export function negative(operand: Tree): Tree {
  if (isNumber(operand, 0)) return operand;
  return operand.kind === 'unary' && operand.operator === '-' ? operand.operand : negate(operand);
}

function simplifyUnary(operator: string, operand: Tree, tree: Tree): Tree {
  if (operator === '+') return operand;
  if (operator === '-') return operand.kind === 'unary' && operand.operator === '-' ? operand.operand : tree;
  return operand.kind === 'boolean' ? { ...operand, value: !operand.value } : tree;
}

function simplifyBinary(tree: BinaryTree): Tree {
  const { operator, left, right } = tree;
  if (left.kind === 'number' && right.kind === 'number') return folded(tree, left.value, right.value);
  const neutral = neutralOperands[operator];
  if (neutral?.right !== undefined && isNumber(right, neutral.right)) return left;
  return neutral?.left !== undefined && isNumber(left, neutral.left) ? right : tree;
}

/** Operands that change nothing on their side. */
const neutralOperands: Partial<Record<BinaryTree['operator'], { readonly left?: number; readonly right: number }>> = {
  '+': { left: 0, right: 0 },
  '-': { right: 0 },
  '*': { left: 1, right: 1 },
  '/': { right: 1 },
  '**': { right: 1 },
};

/** Arithmetic whose result every target rounds alike; powers and remainders are left to the target. */
function folded(tree: BinaryTree, left: number, right: number): Tree {
  const results: Partial<Record<BinaryTree['operator'], number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
  };
  const value = results[tree.operator];
  if (value === undefined || !Number.isFinite(value)) return tree;
  const integer = tree.operator !== '/' && Number.isSafeInteger(value) && isInteger(tree.left) && isInteger(tree.right);
  return { kind: 'number', value, integer, span: tree.span };
}

function isInteger(tree: Tree): boolean {
  return tree.kind === 'number' && tree.integer;
}
