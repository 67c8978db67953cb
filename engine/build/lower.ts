/** Lowers trees of the equation language to IR expressions. Numbers are f64, conditions bool. */
import { assert, defined } from '../base/assert.ts';
import type { BinaryTree, CallTree, Tree, UnaryTree } from '../equations/tree.ts';
import { functionTable } from '../math/function-table.ts';
import * as ir from './ir/expressions.ts';
import { typeOf } from './ir/type-of.ts';
import type { BinaryOperator, Expression, FunctionName } from './ir/types.ts';
import { toInt32, wholeBinary, wholeCall } from './lower-whole.ts';

/** What names of the equations stand for; functions without arguments (`rand`, `randn`) by call name. */
export interface LoweringScope {
  readonly names: ReadonlyMap<string, Expression>;
  /** A fresh random number per occurrence. */
  random(name: 'rand' | 'randn'): Expression;
  /** A fresh Poisson count per occurrence; absent where there are none. */
  poisson?(mean: Expression): Expression;
  /** Calls of functions from outside the model (tables over time); undefined for any other name. */
  call?(name: string, parameters: readonly Expression[]): Expression | undefined;
  /** Whole numbers stay i32, whose sums, differences and products wrap and whose quotient by 0 is 0, as in NumPy's int32. */
  readonly integers?: boolean;
  /** Whether a name whose value is a constant f64 stands for a whole number. */
  isWhole?(name: string): boolean;
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
  const value = lower(tree.operand, scope);
  const operand = scope.integers === true && typeOf(value) === 'i32' ? value : asNumber(value);
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
  const sides = [lower(tree.left, scope), lower(tree.right, scope)] as const;
  const whole = scope.integers === true ? wholeBinary(tree, sides, scope) : undefined;
  if (whole !== undefined) return whole;
  if (operator === '**') return power(asNumber(sides[0]), tree.right, asNumber(sides[1]));
  const [left, right] = [asNumber(sides[0]), asNumber(sides[1])];
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
function power(base: Expression, exponent: Tree, value: Expression): Expression {
  const whole = exponent.kind === 'number' ? exponent.value : undefined;
  const simple = base.kind === 'local' || base.kind === 'load' || base.kind === 'f64';
  if (whole === 2 && simple) return ir.multiply(base, base);
  if (whole === 3 && simple) return ir.multiply(base, base, base);
  if (whole === 1) return base;
  return ir.call('pow', base, value);
}

function lowerCall(tree: CallTree, scope: LoweringScope): Expression {
  const name = tree.function;
  if (name === 'rand' || name === 'randn') return scope.random(name);
  const values = tree.arguments.map((argument) => lower(argument, scope));
  const external = scope.call?.(name, values.map(asNumber));
  if (external !== undefined) return external;
  if (name === 'where') return choice(values as [Expression, Expression, Expression]);
  if (name === 'int') return wholePart(values[0] as Expression, scope);
  const whole = scope.integers === true ? wholeCall(tree, values, scope) : undefined;
  if (whole !== undefined) return whole;
  return fractionCall(name, values.map(asNumber), scope);
}

/** A function of numbers that may have fractions. */
function fractionCall(name: string, parameters: readonly Expression[], scope: LoweringScope): Expression {
  const [first] = parameters as readonly [Expression];
  if (name === 'poisson') return defined(scope.poisson, 'Poisson counts in this scope')(first);
  const composed = compositions[name];
  if (composed !== undefined) return composed(parameters as readonly [Expression, Expression, Expression]);
  assert(plainFunctions.has(name), `function ${name} cannot be lowered yet`);
  return callKnown(name as FunctionName, parameters) ?? ir.call(name as FunctionName, ...parameters);
}

type Composition = (parameters: readonly [Expression, Expression, Expression]) => Expression;

/** Functions made of other operations. */
const compositions: Readonly<Record<string, Composition | undefined>> = {
  // In this order what is no number stays none.
  clip: ([value, low, high]) => ir.minimum(high, ir.maximum(low, value)),
  min: ([left, right]) => ir.minimum(left, right),
  max: ([left, right]) => ir.maximum(left, right),
  timestep: ([time, interval]) =>
    ir.call('trunc', ir.divide(ir.add(time, ir.multiply(ir.f64(1e-3), interval)), interval)),
};

/** `where(c, a, b)`; of two conditions it makes a condition. */
function choice([condition, yes, no]: readonly [Expression, Expression, Expression]): Expression {
  if (typeOf(yes) === 'bool' && typeOf(no) === 'bool')
    return ir.or(ir.and(condition, yes), ir.and(ir.not(condition), no));
  return ir.select(condition, asNumber(yes), asNumber(no));
}

/** `int(x)`: towards zero, kept within 32 bits; 0 or 1 for a condition. */
export function truncated(value: Expression): Expression {
  if (typeOf(value) === 'bool') return asNumber(value);
  return value.kind === 'f64' ? ir.f64(toInt32(value.value)) : ir.toF64(ir.toI32(asNumber(value)));
}

/** `int(x)`, an i32 where whole numbers stay so; a constant stays a number. */
function wholePart(value: Expression, { integers = false }: LoweringScope): Expression {
  if (integers && typeOf(value) === 'bool' && value.kind !== 'bool') return ir.toI32(value);
  if (!integers || value.kind === 'f64' || value.kind === 'bool') return truncated(value);
  return typeOf(value) === 'i32' ? value : ir.toI32(value);
}

/** A function of constants is evaluated here, by the table that the targets use. */
function callKnown(name: FunctionName, parameters: readonly Expression[]): Expression | undefined {
  const values = parameters.flatMap((parameter) => (parameter.kind === 'f64' ? [parameter.value] : []));
  if (values.length < parameters.length) return undefined;
  const [first = Number.NaN, second = Number.NaN] = values;
  return ir.f64(functionTable[name](first, second));
}
