/** Lowers trees of the equation language to IR expressions. Numbers are f64, conditions bool. */
import { assert, defined } from '../base/assert.ts';
import type { BinaryTree, CallTree, Tree, UnaryTree } from '../equations/tree.ts';
import { functionTable } from '../math/function-table.ts';
import * as ir from './ir/expressions.ts';
import { typeOf } from './ir/type-of.ts';
import type { BinaryOperator, Expression, FunctionName } from './ir/types.ts';

/** What names of the equations stand for; functions without arguments (`rand`, `randn`) by call name. */
export interface LoweringScope {
  readonly names: ReadonlyMap<string, Expression>;
  /** A fresh random number per occurrence. */
  random(name: 'rand' | 'randn'): Expression;
}

const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
  '==': 'equal',
  '!=': 'notEqual',
  and: 'and',
  or: 'or',
};

const plainFunctions: ReadonlySet<string> = new Set<FunctionName>([
  'exp',
  'expm1',
  'log',
  'log1p',
  'log10',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'arcsin',
  'arccos',
  'arctan',
  'floor',
  'ceil',
  'abs',
  'sign',
  'exprel',
]);

/** The IR of a checked tree; a name that is not in scope is a bug (the unit check has been there before). */
export function lower(tree: Tree, scope: LoweringScope): Expression {
  switch (tree.kind) {
    case 'number':
      return ir.f64(tree.value);
    case 'boolean':
      return ir.bool(tree.value);
    case 'name':
      return defined(scope.names.get(tree.name), `name ${tree.name} is not in scope`);
    case 'unary':
      return lowerUnary(tree, scope);
    case 'binary':
      return lowerBinary(tree, scope);
    case 'call':
      return lowerCall(tree, scope);
    case 'select':
      return ir.select(lower(tree.condition, scope), number(tree.whenTrue, scope), number(tree.whenFalse, scope));
  }
}

/** The tree as a number: a boolean variable counts 0 or 1. */
function number(tree: Tree, scope: LoweringScope): Expression {
  return asNumber(lower(tree, scope));
}

/** A bool or i32 expression as f64, an f64 one unchanged. */
export function asNumber(expression: Expression): Expression {
  const type = typeOf(expression);
  return type === 'f64' ? expression : ir.toF64(expression);
}

function lowerUnary(tree: UnaryTree, scope: LoweringScope): Expression {
  if (tree.operator === 'not') return negation(lower(tree.operand, scope));
  const operand = number(tree.operand, scope);
  return tree.operator === '-' ? ir.negate(operand) : operand;
}

/** `not` of a number asks whether it is zero. */
function negation(operand: Expression): Expression {
  return typeOf(operand) === 'bool' ? ir.not(operand) : ir.equal(asNumber(operand), ir.f64(0));
}

function lowerBinary(tree: BinaryTree, scope: LoweringScope): Expression {
  const { operator } = tree;
  if (operator === 'and' || operator === 'or') {
    return ir.binary(operator, lower(tree.left, scope), lower(tree.right, scope));
  }
  const left = number(tree.left, scope);
  if (operator === '**') return power(left, tree.right, scope);
  const right = number(tree.right, scope);
  if (operator === '//') return ir.call('floorDivide', left, right);
  if (operator === '%') return ir.call('mod', left, right);
  return (
    compareKnown(operator, left, right) ??
    ir.binary(defined(binaryOperators[operator], `operator ${operator}`), left, right)
  );
}

/** A comparison of two constants. */
function compareKnown(operator: BinaryTree['operator'], left: Expression, right: Expression): Expression | undefined {
  if (left.kind !== 'f64' || right.kind !== 'f64') return undefined;
  const compare = comparisons[operator];
  return compare === undefined ? undefined : ir.bool(compare(left.value, right.value));
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};

/** Small whole powers become products of a local-free operand, others the function `pow`. */
function power(base: Expression, exponent: Tree, scope: LoweringScope): Expression {
  const whole = exponent.kind === 'number' ? exponent.value : undefined;
  const simple = base.kind === 'local' || base.kind === 'load' || base.kind === 'f64';
  if (whole === 2 && simple) return ir.multiply(base, base);
  if (whole === 3 && simple) return ir.multiply(base, base, base);
  if (whole === 1) return base;
  return ir.call('pow', base, number(exponent, scope));
}

function lowerCall(tree: CallTree, scope: LoweringScope): Expression {
  const name = tree.function;
  if (name === 'rand' || name === 'randn') return scope.random(name);
  const parameters = tree.arguments.map((argument) => number(argument, scope));
  const [first, second, third] = parameters as [Expression, Expression, Expression];
  if (name === 'int') return ir.call('trunc', first);
  if (name === 'clip') return ir.minimum(ir.maximum(first, second), third);
  if (name === 'timestep') return ir.call('trunc', ir.divide(ir.add(first, ir.multiply(ir.f64(1e-3), second)), second));
  assert(plainFunctions.has(name), `function ${name} cannot be lowered yet`);
  return callKnown(name as FunctionName, parameters) ?? ir.call(name as FunctionName, ...parameters);
}

/** A function of constants is evaluated here, by the table that the targets use. */
function callKnown(name: FunctionName, parameters: readonly Expression[]): Expression | undefined {
  const values = parameters.flatMap((parameter) => (parameter.kind === 'f64' ? [parameter.value] : []));
  if (values.length < parameters.length) return undefined;
  const [first = Number.NaN, second = Number.NaN] = values;
  return ir.f64(functionTable[name](first, second));
}
