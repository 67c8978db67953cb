/** Partial derivatives of the functions and operators of the IR: what the adjoint of a result adds to those of its operands. */
import * as ir from '../../build/ir/expressions.ts';
import type { BinaryOperator, Expression, FunctionName } from '../../build/ir/types.ts';

/** What a rule may use; every expression is a local or a constant, so that it may be repeated. */
export interface Local {
  /** Adjoint of the result. */
  readonly adjoint: Expression;
  readonly result: Expression;
  readonly operands: readonly Expression[];
}

/** What is added to the adjoint of each operand; undefined for one to which nothing ever is. */
type Rule = (local: Local) => readonly (Expression | undefined)[];

const zero = ir.f64(0);
const one = ir.f64(1);
const half = ir.f64(0.5);

/** A rule for one operand: the adjoint times a factor that depends on operand and result. */
function factor(of: (operand: Expression, result: Expression) => Expression): Rule {
  return ({ adjoint, result, operands: [x = zero] }) => [ir.multiply(adjoint, of(x, result))];
}

/** A rule for one operand: the adjoint divided by what depends on operand and result. */
function divisor(of: (operand: Expression, result: Expression) => Expression): Rule {
  return ({ adjoint, result, operands: [x = zero] }) => [ir.divide(adjoint, of(x, result))];
}

const square = (x: Expression): Expression => ir.multiply(x, x);
const flat: Rule = ({ operands }) => operands.map(() => undefined);

/** d/dx of (eˣ − 1)/x: (eˣ − (eˣ − 1)/x)/x, near 0 its series. */
function exprelSlope(x: Expression, result: Expression): Expression {
  const coefficients = [1 / 5760, 1 / 840, 1 / 144, 1 / 30, 1 / 8, 1 / 3, 1 / 2];
  const series = coefficients.map(ir.f64).reduce((sum, next) => ir.add(ir.multiply(sum, x), next));
  const near = ir.less(ir.call('abs', x), ir.f64(0.01));
  const safe = ir.select(near, one, x);
  return ir.select(near, series, ir.divide(ir.subtract(ir.call('exp', x), result), safe));
}

/** d/dx = y·x^(y−1), d/dy = x^y·log x, which counts as 0 where x is 0. */
const power: Rule = ({ adjoint, result, operands: [x = zero, y = zero] }) => {
  const slope = ir.multiply(y, ir.call('pow', x, ir.subtract(y, one)));
  const none = ir.equal(x, zero);
  const logarithm = ir.select(none, zero, ir.call('log', ir.select(none, one, x)));
  return [ir.multiply(adjoint, slope), ir.multiply(adjoint, result, logarithm)];
};

const functions: Readonly<Record<FunctionName, Rule>> = {
  exp: factor((_, result) => result),
  expm1: factor((_, result) => ir.add(result, one)),
  log: divisor((x) => x),
  log1p: divisor((x) => ir.add(one, x)),
  log10: divisor((x) => ir.multiply(x, ir.f64(Math.LN10))),
  sqrt: divisor((_, result) => ir.multiply(ir.f64(2), result)),
  sin: factor((x) => ir.call('cos', x)),
  cos: factor((x) => ir.negate(ir.call('sin', x))),
  tan: factor((_, result) => ir.add(one, square(result))),
  sinh: factor((x) => ir.call('cosh', x)),
  cosh: factor((x) => ir.call('sinh', x)),
  tanh: factor((_, result) => ir.subtract(one, square(result))),
  arcsin: divisor((x) => ir.call('sqrt', ir.subtract(one, square(x)))),
  arccos: divisor((x) => ir.negate(ir.call('sqrt', ir.subtract(one, square(x))))),
  arctan: divisor((x) => ir.add(one, square(x))),
  pow: power,
  abs: factor((x) => ir.call('sign', x)),
  exprel: factor(exprelSlope),
  floor: flat,
  ceil: flat,
  trunc: flat,
  roundHalfEven: flat,
  sign: flat,
  floorDivide: flat,
  // x − y·⌊x/y⌋: the quotient is a whole number, so it counts as constant.
  mod: ({ adjoint, operands: [x = zero, y = zero] }) => [
    adjoint,
    ir.negate(ir.multiply(adjoint, ir.call('floorDivide', x, y))),
  ],
};

/** Where both sides are equal, each gets half. */
function extreme(wins: 'less' | 'greater'): Rule {
  return ({ adjoint, operands: [left = zero, right = zero] }) => {
    const tie = ir.equal(left, right);
    const shared = ir.multiply(half, adjoint);
    const won = ir.binary(wins, left, right);
    return [
      ir.select(tie, shared, ir.select(won, adjoint, zero)),
      ir.select(tie, shared, ir.select(won, zero, adjoint)),
    ];
  };
}

const operators: Readonly<Partial<Record<BinaryOperator, Rule>>> = {
  add: ({ adjoint }) => [adjoint, adjoint],
  subtract: ({ adjoint }) => [adjoint, ir.negate(adjoint)],
  multiply: ({ adjoint, operands: [left = zero, right = zero] }) => [
    ir.multiply(adjoint, right),
    ir.multiply(left, adjoint),
  ],
  divide: ({ adjoint, result, operands: [, right = zero] }) => {
    const share = ir.divide(adjoint, right);
    return [share, ir.negate(ir.multiply(share, result))];
  },
  remainder: ({ adjoint, operands: [x = zero, y = zero] }) => [
    adjoint,
    ir.negate(ir.multiply(adjoint, ir.call('trunc', ir.divide(x, y)))),
  ],
  minimum: extreme('less'),
  maximum: extreme('greater'),
};

/** The rule of a function. */
export function ruleOfFunction(name: FunctionName): Rule {
  return functions[name];
}

/** The rule of arithmetic on f64; undefined for comparisons and conditions. */
export function ruleOfOperator(operator: BinaryOperator): Rule | undefined {
  return operators[operator];
}
