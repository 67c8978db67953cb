/** Printing trees as text that parses back to the same tree. */
import { isComparison, isLogic, type BinaryOperator, type StatementTree, type Tree } from './tree.ts';

/** How tightly a tree holds together; operands that hold less get parentheses. */
const levels = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, term: 6, sign: 7, power: 8, primary: 9 } as const;

/** The text of an expression with as few parentheses as it needs. */
export function printTree(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return printNumber(tree.value, tree.integer);
    case 'boolean':
      return tree.value ? 'True' : 'False';
    case 'name':
      return tree.name;
    case 'call':
      return `${tree.function}(${tree.arguments.map(printTree).join(', ')})`;
    case 'select':
      return `select(${[tree.condition, tree.whenTrue, tree.whenFalse].map(printTree).join(', ')})`;
    case 'unary':
      return tree.operator === 'not'
        ? `not ${operand(tree.operand, levels.not)}`
        : tree.operator + operand(tree.operand, levels.sign);
    case 'binary': {
      const spaced = tree.operator === '**' ? '**' : ` ${tree.operator} `;
      const [left, right] = operandLevels(level(tree));
      return operand(tree.left, left) + spaced + operand(tree.right, right);
    }
  }
}

/** The text of a statement: `v += w`. */
export function printStatement(statement: StatementTree): string {
  return `${statement.target} ${statement.operator} ${printTree(statement.expression)}`;
}

function operand(tree: Tree, least: number): string {
  const text = printTree(tree);
  return level(tree) < least ? `(${text})` : text;
}

/** The least levels of the left and right operand: chains group to the left, powers to the right, comparisons not at all. */
function operandLevels(own: number): readonly [number, number] {
  if (own === levels.power) return [levels.primary, levels.sign];
  return own === levels.comparison ? [own + 1, own + 1] : [own, own + 1];
}

function level(tree: Tree): number {
  if (tree.kind === 'binary') return binaryLevel(tree.operator);
  if (tree.kind === 'unary') return tree.operator === 'not' ? levels.not : levels.sign;
  const negative = tree.kind === 'number' && (tree.value < 0 || Object.is(tree.value, -0));
  return negative ? levels.sign : levels.primary;
}

function binaryLevel(operator: BinaryOperator): number {
  if (isComparison(operator)) return levels.comparison;
  if (isLogic(operator)) return levels[operator];
  if (operator === '**') return levels.power;
  return operator === '+' || operator === '-' ? levels.sum : levels.term;
}

function printNumber(value: number, integer: boolean): string {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return integer || /[.e]/u.test(text) ? text : `${text}.0`;
}
